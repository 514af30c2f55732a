import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { isErasing } from '../../src/main/privacy/erasing-plan';
import { documentText, drop } from '../helpers/dropped-files';
import { identityLeft } from '../helpers/identity-left';
import { appearance } from '../helpers/kill-refresh';
import { parquetRows } from '../helpers/parquet-rows';
import { rounds, seedOf } from '../helpers/rounds';
import { type RunningCli, runCli, startCli } from '../helpers/run-cli';
import { seededRandom } from '../helpers/seeded-random';
import { temporaryFolder } from '../helpers/temporary-folder';

const ROUNDS = rounds(3, 200);
const seed = seedOf(13);

/** Words that nothing else has, of letters alone. */
function nameOf(index: number): string {
  const letters = [...String(index).padStart(4, '0')].map((digit) => 'klmnopqrst'[Number(digit)]);
  return `zyx${letters.join('')}wvu`;
}

/** Moments of an erasure at which to kill it, the first ones in every run. */
function moments(data: string, running: RunningCli, ended: AbortSignal, whole: number) {
  const paths = dataPaths(data);
  const log = join(paths.identitiesTable, '_delta_log');
  return [
    () => appearance(join(data, 'privacy'), /^erasing\.json$/, ended),
    () => appearance(log, /\.json$|checkpoint/, ended),
    (random: number) => sleep(whole * random),
    () => appearance(paths.tables, /^pending-commit\.json$/, ended),
    () => appearance(paths.receipts, /\.json$/, ended),
    () => appearance(paths.landing, /^shaped\.parquet$/, ended),
    () => appearance(data, /^pokemon\.parquet$/, ended),
    () => running.done.then(() => {}),
  ];
}

test(`killed at any moment, an erasure is finished before anything is shown (seed ${seed})`, async () => {
  const folder = await temporaryFolder();
  const data = join(folder, 'data');
  const drops = join(folder, 'drops');
  const count = ROUNDS + 2;
  const lines = Array.from({ length: count }, (_, index) =>
    documentText({ id: index + 1, name: nameOf(index + 1), order: index + 1 }),
  );
  await drop(drops, 'all.ndjson', `${lines.join('\n')}\n`);
  expect((await runCli(['refresh', '--source', `folder:${drops}`, '--data', data])).code).toBe(0);
  const paths = dataPaths(data);
  const erase = (id: number) => ['erase', String(id), '--yes', '--data', data];
  const started = performance.now();
  expect((await runCli(erase(count))).code).toBe(0);
  const whole = performance.now() - started;
  await mkdir(paths.receipts, { recursive: true });

  const random = seededRandom(seed);
  let killed = 0;
  for (let id = 1; id <= ROUNDS; id += 1) {
    const running = startCli(erase(id));
    const ended = new AbortController();
    void running.done.then(() => ended.abort());
    const all = moments(data, running, ended.signal, whole);
    await Promise.race([all[(id - 1) % all.length]?.(random()), running.done]);
    running.kill('SIGKILL');
    if ((await running.done).signal === 'SIGKILL') killed += 1;

    const wasDecided = await isErasing(paths);
    const sql = `SELECT count(*)::INTEGER AS n FROM pokemon WHERE name ILIKE '${nameOf(id)}'`;
    const shown = await runCli(['query', sql, '--json', '--data', data]);
    expect(shown.code, shown.stderr).toBe(0);
    if (wasDecided) expect(shown.stdout).toContain('"n":0');
    else if (shown.stdout.includes('"n":1')) expect((await runCli(erase(id))).code).toBe(0);

    expect(await isErasing(paths)).toBe(false);
    const who = { names: [nameOf(id)], ids: [id], orders: [id] };
    expect(await identityLeft(data, who), `of ${nameOf(id)}`).toEqual([]);
    const receipts = await readdir(paths.receipts);
    expect(receipts).toHaveLength(id + 1);
    const rows = await parquetRows(paths.parquet);
    expect(rows).toHaveLength(count);
    expect(rows.filter((row) => Number(row['id']) < 0)).toHaveLength(id + 1);
  }
  expect(killed).toBeGreaterThan(0);
  for (const receipt of (await readdir(paths.receipts)).slice(0, 3)) {
    const verified = await runCli(['erase', '--verify', receipt, '--data', data]);
    expect(verified.code, verified.stderr).toBe(0);
  }
});
