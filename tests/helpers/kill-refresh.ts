import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { type DocumentParts, served } from './documents';
import type { PokeapiServer, ServedDocument } from './pokeapi-server';
import { publishedState, type PublishedState } from './published-state';
import { runCli, startCli } from './run-cli';

/**
 * Two states of a source that differ in every way a refresh can publish: numbers that come and
 * go, working data, identities.
 */
export function twoSources(count: number): [ServedDocument[], ServedDocument[]] {
  const make = (of: 0 | 1) =>
    Array.from({ length: count }, (_, index): DocumentParts => {
      const id = index + 1;
      const other = of === 1 && id % 3 !== 0;
      return {
        id: of === 1 && id % 10 === 0 ? id + count : id,
        name: other && id % 2 === 0 ? `other-${id}` : `mon-${id}`,
        weight: other ? 500 + id : 100 + id,
        // Documents of the real ones' kind in size, so that landing them takes a while.
        moves: [`${of}`.repeat(4000)],
      };
    }).map(served);
  return [make(0), make(1)];
}

export interface KillRun {
  data: string;
  server: PokeapiServer;
  sources: readonly [ServedDocument[], ServedDocument[]];
}

export interface KillResult {
  /** Refreshes that were killed while they ran. */
  kills: number;
  /** After how many of these the tables had the new version; for how many of those the file too. */
  tablesNew: number;
  parquetNew: number;
}

/**
 * Kills `kills` refreshes with SIGKILL, at moments spread over a whole refresh, and holds what
 * is left against the two versions it may be. After each, a refresh has to complete.
 */
export async function killRefreshes(
  { data, server, sources }: KillRun,
  kills: number,
  random: () => number,
): Promise<KillResult> {
  const refresh = ['refresh', '--source', server.url, '--data', data, '--json'];
  const complete = async (source: 0 | 1): Promise<number> => {
    server.documents = sources[source];
    const started = performance.now();
    const result = await runCli(refresh);
    expect(result.code, `a refresh after a kill completes: ${result.stdout}`).toBe(0);
    return performance.now() - started;
  };
  const contents: (string | undefined)[] = [];
  await complete(0);
  for (const source of [1, 0] as const) {
    await complete(source);
    contents[source] = (await wholeState(data)).tables?.content;
  }
  expect(contents[0]).not.toBe(contents[1]);

  const result: KillResult = { kills: 0, tablesNew: 0, parquetNew: 0 };
  let current: 0 | 1 = 0;
  let duration = await complete(current);
  for (let attempt = 0; result.kills < kills; attempt += 1) {
    expect(attempt, 'most refreshes are still running when they are killed').toBeLessThan(
      kills * 3,
    );
    const before = await wholeState(data);
    const next: 0 | 1 = current === 0 ? 1 : 0;
    server.documents = sources[next];
    const running = startCli(refresh);
    // Every other kill falls into the last part, where the version is made and committed.
    const [from, to] = attempt % 2 === 0 ? [0, 1] : [0.6, 1];
    await sleep(duration * (from + (to - from) * random()));
    running.kill('SIGKILL');
    const { signal, code } = await running.done;
    const after = await wholeState(data);

    expectOldOrNew(after.tables, before.tables, contents[next]);
    expectOldOrNew(after.parquet, before.parquet, contents[next]);
    const [tablesNew, parquetNew] = [after.tables, after.parquet].map(
      (snapshot) => snapshot?.content === contents[next],
    );
    // The tables are committed first: the file is never ahead of them.
    if (parquetNew === true) expect(tablesNew).toBe(true);
    if (signal === 'SIGKILL') {
      result.kills += 1;
      if (tablesNew === true) result.tablesNew += 1;
      if (parquetNew === true) result.parquetNew += 1;
    } else {
      expect(code).toBe(0);
    }

    duration = Math.min(await complete(next), duration * 1.5);
    const healed = await wholeState(data);
    expect(healed.tables?.content).toBe(contents[next]);
    expect(healed.parquet).toEqual(healed.tables);
    expect(healed.tables?.version).toBe((before.tables?.version ?? 0) + 1);
    current = next;
  }
  return result;
}

async function wholeState(data: string): Promise<PublishedState> {
  const state = await publishedState(data);
  expect(state.tables).not.toBeNull();
  expect(state.parquet).not.toBeNull();
  return state;
}

function expectOldOrNew(
  found: PublishedState['tables'],
  before: PublishedState['tables'],
  next: string | undefined,
): void {
  if (found?.content === next) expect(found?.version).toBe((before?.version ?? 0) + 1);
  else expect(found).toEqual(before);
}
