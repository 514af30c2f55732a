import { watch } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { type DocumentParts, served } from './documents';
import type { PokeapiServer, ServedDocument } from './pokeapi-server';
import { publishedState, type PublishedState } from './published-state';
import { type RunningCli, startCli } from './run-cli';

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

/** How long a refresh takes as a whole, from its start of processing, and of committing; ms. */
interface Pace {
  whole: number;
  processing: number;
  committing: number;
}

const PROCESSING = 'Processing: reading';
const COMMITTING = 'Processing: comparing';

interface Watched {
  running: RunningCli;
  data: string;
  pace: Pace;
  /** Aborts when the process has ended. */
  ended: AbortSignal;
}

/** The moments of a refresh at which to kill it; each resolves when it has come. */
const MOMENTS: ((watched: Watched, random: number) => Promise<void>)[] = [
  ({ pace }, random) => sleep(pace.whole * random),
  ({ running, pace }, random) =>
    running.says(PROCESSING).then(() => sleep(pace.processing * random)),
  ({ running, pace }, random) =>
    running.says(COMMITTING).then(() => sleep(pace.committing * random)),
  // The commit is decided, or is in a log: what a kill at a random moment would seldom meet.
  ({ data, ended }) => appearance(dataPaths(data).tables, /^pending-commit\.json$/, ended),
  ({ data, ended }) =>
    appearance(join(dataPaths(data).pokemonTable, '_delta_log'), /^\d{20}\.json$/, ended),
];

/** Resolves when an entry of that name comes to a folder or goes, or at the signal. */
export async function appearance(folder: string, name: RegExp, signal: AbortSignal): Promise<void> {
  try {
    for await (const event of watch(folder, { signal })) {
      if (event.filename !== null && name.test(event.filename)) return;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/**
 * Kills `kills` refreshes with SIGKILL, at moments spread over a whole refresh and its commit,
 * and holds what is left against the two versions it may be. After each, a refresh has to
 * complete.
 */
export async function killRefreshes(
  { data, server, sources }: KillRun,
  kills: number,
  random: () => number,
): Promise<KillResult> {
  const refresh = ['refresh', '--source', server.url, '--data', data];
  const complete = async (source: 0 | 1): Promise<Pace> => {
    server.documents = sources[source];
    const started = performance.now();
    const running = startCli(refresh);
    const [processing, committing] = [PROCESSING, COMMITTING].map((text) =>
      running.says(text).then(() => performance.now()),
    );
    const { code, stderr } = await running.done;
    const ended = performance.now();
    expect(code, `a refresh after a kill completes: ${stderr}`).toBe(0);
    return {
      whole: ended - started,
      processing: ended - ((await processing) ?? started),
      committing: ended - ((await committing) ?? started),
    };
  };
  await complete(0);
  const contents: (string | undefined)[] = [];
  // Full refreshes: the paces of those that finish what a killed one began would be too short.
  let pace = await complete(1);
  contents[1] = (await wholeState(data)).tables?.content;
  pace = await complete(0);
  contents[0] = (await wholeState(data)).tables?.content;
  expect(contents[0]).not.toBe(contents[1]);

  const result: KillResult = { kills: 0, tablesNew: 0, parquetNew: 0 };
  let current: 0 | 1 = 0;
  for (let attempt = 0; result.kills < kills; attempt += 1) {
    expect(attempt, 'most refreshes are still running when they are killed').toBeLessThan(
      kills * 3 + 5,
    );
    const before = await wholeState(data);
    const next: 0 | 1 = current === 0 ? 1 : 0;
    server.documents = sources[next];
    const running = startCli(refresh);
    const ended = new AbortController();
    void running.done.then(() => ended.abort());
    const watched = { running, data, pace, ended: ended.signal };
    await Promise.race([MOMENTS[attempt % MOMENTS.length]?.(watched, random()), running.done]);
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

    await complete(next);
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
