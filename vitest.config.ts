import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/soak/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two at once: several tests start processes of their own.
    maxWorkers: 2,
    reporters: ['default'],
  },
});
