import { defineConfig } from 'vitest/config';

/** `npm run soak`: what takes too long for `npm test`. */
export default defineConfig({
  test: {
    include: ['tests/soak/**/*.test.ts'],
    globalSetup: ['tests/helpers/make-snapshot-data.ts'],
  },
});
