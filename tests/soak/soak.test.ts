import { expect, it } from 'vitest';
import { serve } from '../helpers/gather-into';
import { killRefreshes, twoSources } from '../helpers/kill-refresh';
import { seededRandom } from '../helpers/seeded-random';
import { temporaryFolder } from '../helpers/temporary-folder';

/** `POKEDEX_SOAK_KILLS` and `POKEDEX_SOAK_SEED` repeat or lengthen a run. */
const KILLS = Number(process.env['POKEDEX_SOAK_KILLS'] ?? '60');
const SEED = Number(process.env['POKEDEX_SOAK_SEED'] ?? Math.trunc(Math.random() * 1e9));

it(`${KILLS} refreshes killed at random moments lose nothing (seed ${SEED})`, async () => {
  const sources = twoSources(200);
  const server = await serve(sources[0]);
  const data = await temporaryFolder();
  const result = await killRefreshes({ data, server, sources }, KILLS, seededRandom(SEED));
  process.stdout.write(
    `${result.kills} kills: ${result.kills - result.tablesNew} left the old version, ` +
      `${result.tablesNew} the new one, ${result.tablesNew - result.parquetNew} of them ` +
      `before pokemon.parquet was replaced\n`,
  );
  expect(result.kills).toBe(KILLS);
  // Without both endings the kills would have missed the commit.
  expect(result.tablesNew).toBeGreaterThan(0);
  expect(result.kills - result.tablesNew).toBeGreaterThan(0);
}, 3_600_000);
