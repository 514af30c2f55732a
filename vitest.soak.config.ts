import { defineConfig } from 'vitest/config';

/** `npm run soak`: what takes too long for `npm test`, and its random tests many times over. */
export default defineConfig({
  test: {
    include: [
      'tests/soak/**/*.test.ts',
      'tests/app/dispatcher-fuzz.test.ts',
      'tests/app/explore-query.test.ts',
      'tests/app/linked-cards.test.ts',
      'tests/engine/where-sql.test.ts',
    ],
    env: { POKEDEX_SOAK: '1' },
    globalSetup: ['tests/helpers/make-snapshot-data.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
