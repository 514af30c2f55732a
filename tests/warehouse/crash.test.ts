import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { serve } from '../helpers/gather-into';
import { killRefreshes, twoSources } from '../helpers/kill-refresh';
import { publishedState } from '../helpers/published-state';
import { cases, rounds } from '../helpers/rounds';
import { runCli, startCli } from '../helpers/run-cli';
import { seededRandom } from '../helpers/seeded-random';
import { temporaryFolder } from '../helpers/temporary-folder';

const KILLS = rounds(2, 5);

describe('a refresh killed at any moment', () => {
  it('leaves a whole old or new version, and the next refresh completes', async () => {
    const sources = twoSources(40);
    const server = await serve(sources[0]);
    const data = await temporaryFolder();
    const seed = Math.trunc(Math.random() * 1e9);
    const random = seededRandom(seed);
    const { kills } = await killRefreshes({ data, server, sources }, KILLS, random).catch(
      (cause: unknown) => {
        throw new Error(`with seed ${seed}`, { cause });
      },
    );
    expect(kills).toBe(KILLS);
  }, 300_000);

  it('leaves nothing or a whole version where it was the first, and the next completes', async () => {
    const [documents] = twoSources(40);
    const server = await serve(documents);
    const refreshIn = (data: string) => [
      'refresh',
      '--source',
      server.url,
      '--data',
      data,
      '--json',
    ];
    const started = performance.now();
    expect((await runCli(refreshIn(await temporaryFolder()))).code).toBe(0);
    const duration = performance.now() - started;
    for (const part of cases([0.7 + 0.3 * Math.random()], [Math.random()])) {
      const data = await temporaryFolder();
      const running = startCli(refreshIn(data));
      await sleep(part * duration);
      running.kill('SIGKILL');
      await running.done;
      const { parquet, tables } = await publishedState(data);
      const complete = { version: 1, rows: 40 };
      if (parquet !== null) expect(parquet).toMatchObject(complete);
      if (tables !== null && tables.version > 0) expect(tables).toMatchObject(complete);
      const next = await runCli(refreshIn(data));
      expect(next.code, `killed after ${part} of a refresh: ${next.stdout}`).toBe(0);
      const healed = await publishedState(data);
      expect(healed.tables).toMatchObject(complete);
      expect(healed.parquet).toEqual(healed.tables);
    }
  }, 300_000);
});
