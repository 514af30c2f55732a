import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/soak/**'],
    globalSetup: ['tests/helpers/make-snapshot-data.ts'],
    // A worker keeps its modules and its Chromium from file to file.
    isolate: false,
    // So long only on a machine that is busy with other work.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000, interval: 50 } },
    // One more than cores: many tests wait, for timers and for the disk.
    maxWorkers: 3,
    reporters: ['default'],
  },
});
