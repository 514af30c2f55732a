import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/soak/**'],
    globalSetup: ['tests/helpers/make-snapshot-data.ts'],
    // A worker keeps its modules and its Chromium from file to file.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two at once: several tests start processes of their own.
    maxWorkers: 2,
    reporters: ['default'],
  },
});
