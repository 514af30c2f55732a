import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** The test files whose text says so. */
function testsOf(said: RegExp): string[] {
  return readdirSync(join(import.meta.dirname, 'tests'), { recursive: true, encoding: 'utf8' })
    .map((path) => join('tests', path).replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.test.ts'))
    .filter((path) => said.test(readFileSync(join(import.meta.dirname, path), 'utf8')));
}

/**
 * `npm run soak`: what takes too long for `npm test`, its random tests many times over, every case
 * where it has a few (`tests/helpers/rounds.ts`), and the end-to-end specs in every host.
 */
export default defineConfig({
  test: {
    include: ['tests/soak/**/*.test.ts', 'tests/e2e/**/*.test.ts', ...testsOf(/helpers\/rounds'/)],
    env: { POKEDEX_SOAK: '1' },
    globalSetup: ['tests/helpers/make-snapshot-data.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
