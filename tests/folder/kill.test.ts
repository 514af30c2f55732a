import { watch } from 'node:fs/promises';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { folderFiles } from '../../src/main/folder/folder-files';
import { readHistory } from '../../src/main/warehouse/read-history';
import { documentLines, documentText, drop, fates } from '../helpers/dropped-files';
import { parquetRows } from '../helpers/parquet-rows';
import { cases, rounds, seedOf } from '../helpers/rounds';
import { runCli, startCli } from '../helpers/run-cli';
import { seededRandom } from '../helpers/seeded-random';
import { temporaryFolder } from '../helpers/temporary-folder';

/** What a pick-up is killed at: a share of its time, or the appearance of a file. */
const DECIDED = 'the batch is decided';
const COMMITTED = 'the commit is decided';
const LOGGED = 'the commit is in a log';
const SETTLED = 'the ledger is written';

type Moment = number | typeof DECIDED | typeof COMMITTED | typeof LOGGED | typeof SETTLED;
const MOMENTS: Moment[] = cases<Moment>(
  [DECIDED, COMMITTED, LOGGED, SETTLED],
  Array.from({ length: 60 }, (_, index): Moment[] => [
    DECIDED,
    COMMITTED,
    LOGGED,
    SETTLED,
    (index + 0.5) / 60,
  ]).flat(),
);

const SEED = seedOf(7);
const POKEMON = 12;

test(`killed at any moment, a pick-up loses no file and takes none up twice (seed ${SEED})`, async () => {
  const random = seededRandom(SEED);
  const data = await temporaryFolder();
  const folder = await temporaryFolder();
  const paths = dataPaths(data);
  const source = `folder:${folder}`;
  const refresh = ['refresh', '--source', source, '--data', data, '--games', 'all'];
  /** The weight that the newest file gives each Pokémon. */
  const weights = new Map<number, number>();
  let files = 0;
  const dropSome = async () => {
    for (let count = 0; count < 3; count += 1) {
      const parts = Array.from({ length: 3 }, () => {
        const id = 1 + Math.floor(random() * POKEMON);
        files += 1;
        weights.set(id, files);
        return { id, weight: files };
      });
      await drop(folder, `${files}.ndjson`, documentLines(...parts));
      // So that the times of files tell which came first.
      await sleep(5);
    }
  };
  await dropSome();
  const started = performance.now();
  expect((await runCli(refresh)).code).toBe(0);
  const whole = performance.now() - started;
  for (const moment of MOMENTS) {
    await dropSome();
    const running = startCli(refresh);
    const ended = new AbortController();
    void running.done.then(() => ended.abort());
    await Promise.race([come(moment, data, whole, ended.signal), running.done]);
    running.kill('SIGKILL');
    await running.done;
    // What was taken up already need not stay there.
    if (random() < 0.3) await removePublished(folder, data);
    if (random() < 0.5) await dropSome();
    const after = await runCli(refresh);
    expect(after.code, `after a kill at ${moment}: ${after.stderr}`).toBe(0);
    await expectExact(data, weights);
    expect(await readdir(paths.folderBatches)).toEqual([]);
  }
  expect(Object.keys(await fates(data)).length).toBe(files / 3);
}, 3_600_000);

test(`killed again and again while files come, a watch takes each up once (seed ${SEED})`, async () => {
  const random = seededRandom(SEED + 1);
  const data = await temporaryFolder();
  const folder = await temporaryFolder();
  const weights = new Map<number, number>();
  let files = 0;
  const watch = ['watch', '--source', `folder:${folder}`, '--data', data, '--games', 'all'];
  const flags = ['--every', '1s'];
  for (let kill = 0; kill < rounds(3, 60); kill += 1) {
    const running = startCli([...watch, ...flags]);
    const until = performance.now() + 500 + random() * 3_000;
    while (performance.now() < until) {
      files += 1;
      const id = 1 + Math.floor(random() * POKEMON);
      weights.set(id, files);
      await drop(folder, `${files}.json`, documentText({ id, weight: files }));
      await sleep(10 + random() * 400);
    }
    running.kill('SIGKILL');
    await running.done;
  }
  const last = startCli([...watch, ...flags]);
  try {
    const isOver = async () => {
      const told = await folderFiles(dataPaths(data));
      return told.length === files && told.every(({ outcome }) => outcome !== 'waiting');
    };
    await expect.poll(isOver, { timeout: 60_000, interval: 500 }).toBe(true);
  } finally {
    last.kill('SIGKILL');
    await last.done;
  }
  await expectExact(data, weights);
}, 3_600_000);

async function expectExact(data: string, weights: ReadonlyMap<number, number>): Promise<void> {
  const paths = dataPaths(data);
  const rows = await parquetRows(paths.parquet);
  expect(Object.fromEntries(rows.map(({ id, weight }) => [String(id), weight]))).toEqual(
    Object.fromEntries(weights),
  );
  const told = await folderFiles(paths);
  expect(new Set(told.map(({ path }) => path)).size).toBe(told.length);
  expect(told.filter(({ outcome }) => !['published', 'replaced'].includes(outcome))).toEqual([]);
  for (const { version, files } of await readHistory(paths)) {
    const taken = told.filter((file) => file.version === version);
    expect([version, taken.length]).toEqual([version, files]);
    // A version has the batches of its files, and no other has them.
    expect(taken.length).toBeGreaterThan(0);
  }
}

/** Takes away what a version has, as a tool does that cleans up behind itself. */
async function removePublished(folder: string, data: string): Promise<void> {
  for (const { path, outcome } of await folderFiles(dataPaths(data))) {
    if (outcome === 'published') await rm(join(folder, path), { force: true });
  }
}

async function come(moment: Moment, data: string, whole: number, signal: AbortSignal) {
  const paths = dataPaths(data);
  switch (moment) {
    case DECIDED:
      return appearance(paths.folderBatches, /batch\.json$/, signal);
    case COMMITTED:
      return appearance(paths.tables, /^pending-commit\.json$/, signal);
    case LOGGED:
      return appearance(join(paths.pokemonTable, '_delta_log'), /^\d{20}\.json$/, signal);
    case SETTLED:
      return appearance(dirname(paths.folderLedger), /^files\.ndjson$/, signal);
    default:
      return sleep(whole * moment);
  }
}

async function appearance(folder: string, name: RegExp, signal: AbortSignal): Promise<void> {
  await mkdir(folder, { recursive: true });
  try {
    for await (const { filename } of watch(folder, { signal, recursive: true })) {
      if (filename !== null && name.test(filename)) return;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
