import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { EngineClient } from '../../src/main/engine/engine-client';
import { whenBusy } from '../helpers/busy-machine';
import { temporaryFolder } from '../helpers/temporary-folder';
import { builtEngine } from './built-engine';
import { childProcesses, isRunning, waitUntil } from './processes';
import { asPokemon, pokemonRow, writeDataset } from './pokemon-rows';

const LIMITS = { maxRows: 1000, timeLimitMs: 30_000 };
const ENDLESS = 'SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b';
/** Deaf to interrupts: one call of one function that takes minutes. */
const DEAF = `SELECT levenshtein(repeat('a', 300000), repeat('b', 300000))`;

async function openEngine(names: readonly string[] = ['Bulbasaur']): Promise<EngineClient> {
  const engine = builtEngine();
  onTestFinished(() => engine.close());
  await engine.open(asPokemon(await dataset(names)));
  return engine;
}

async function dataset(names: readonly string[]): Promise<string> {
  const rows = names.map((name, index) => pokemonRow({ id: index + 1, name }));
  return writeDataset(await temporaryFolder(), rows);
}

async function names(engine: EngineClient): Promise<unknown[]> {
  return (await engine.query('SELECT name FROM pokemon ORDER BY id', LIMITS)).rows.flat();
}

/** The process that was started between two looks. */
async function startedBy(work: () => Promise<unknown>): Promise<number> {
  const before = new Set(await childProcesses());
  await work();
  const started = (await childProcesses()).filter((pid) => !before.has(pid));
  expect(started).toHaveLength(1);
  return started[0] ?? -1;
}

async function engineWithPid(): Promise<{ engine: EngineClient; pid: number }> {
  const engine = builtEngine();
  onTestFinished(() => engine.close());
  const parquet = await dataset(['Bulbasaur']);
  const pid = await startedBy(() => engine.open(asPokemon(parquet)));
  return { engine, pid };
}

test('an engine killed in the middle of a query fails that query only, and soon answers again', async () => {
  const { engine, pid } = await engineWithPid();
  const running = engine.query(ENDLESS, LIMITS);
  running.catch(() => {});
  await sleep(200);
  process.kill(pid, 'SIGKILL');
  await expect(running).rejects.toMatchObject({
    code: 'engine-died',
    hint: expect.stringMatching(/try again/) as string,
  });
  const started = performance.now();
  expect(await names(engine)).toEqual(['Bulbasaur']);
  expect(performance.now() - started).toBeLessThan(whenBusy(5_000));
});

test('an engine killed between queries is not noticed', async () => {
  const { engine, pid } = await engineWithPid();
  process.kill(pid, 'SIGKILL');
  await waitUntil(() => !isRunning(pid), whenBusy(5_000));
  expect(await names(engine)).toEqual(['Bulbasaur']);
});

test('an engine that dies again and again costs one query each time, never the app', async () => {
  const { engine, pid } = await engineWithPid();
  let current = pid;
  for (let round = 0; round < 3; round += 1) {
    const running = engine.query(ENDLESS, LIMITS);
    running.catch(() => {});
    await sleep(50);
    process.kill(current, 'SIGKILL');
    await expect(running).rejects.toMatchObject({ code: 'engine-died' });
    current = await startedBy(async () => expect(await names(engine)).toEqual(['Bulbasaur']));
  }
});

test('queries waiting behind the one an engine died of are answered by the next', async () => {
  const { engine, pid } = await engineWithPid();
  const dying = engine.query(ENDLESS, LIMITS);
  dying.catch(() => {});
  const behind = [1, 2, 3].map((n) => engine.query(`SELECT ${n}, name FROM pokemon`, LIMITS));
  await sleep(100);
  process.kill(pid, 'SIGKILL');
  await expect(dying).rejects.toMatchObject({ code: 'engine-died' });
  expect((await Promise.all(behind)).map(({ rows }) => rows[0])).toEqual([
    [1, 'Bulbasaur'],
    [2, 'Bulbasaur'],
    [3, 'Bulbasaur'],
  ]);
});

test('a query is cancelled by its signal within a second', async () => {
  const engine = await openEngine();
  for (const sql of [
    ENDLESS,
    'SELECT sleep FROM (SELECT count(*) AS sleep FROM range(10000000000))',
    DEAF,
  ]) {
    const abort = new AbortController();
    const running = engine.query(sql, LIMITS, abort.signal);
    running.catch(() => {});
    await sleep(150);
    const started = performance.now();
    abort.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - started).toBeLessThan(whenBusy(3_000));
    expect(await names(engine)).toEqual(['Bulbasaur']);
  }
});

test('a signal that was aborted before, at once, or while the engine starts still cancels', async () => {
  const engine = builtEngine();
  onTestFinished(() => engine.close());
  const parquet = await dataset(['Bulbasaur']);
  await expect(engine.query(ENDLESS, LIMITS, AbortSignal.abort())).rejects.toMatchObject({
    code: 'cancelled',
  });
  void engine.open(asPokemon(parquet));
  for (let tries = 0; tries < 20; tries += 1) {
    const abort = new AbortController();
    const running = engine.query(ENDLESS, LIMITS, abort.signal);
    running.catch(() => {});
    // From the same tick on to some milliseconds later: whatever the engine is at.
    if (tries > 0) await sleep(tries / 2);
    abort.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  }
  expect(await names(engine)).toEqual(['Bulbasaur']);
});

test('cancelling a query that waits, or has ended, leaves the running one alone', async () => {
  const engine = await openEngine();
  const slow = engine.query('SELECT count(*) FROM range(1000000000)', LIMITS);
  const waits = new AbortController();
  const waiting = engine.query(ENDLESS, LIMITS, waits.signal);
  waiting.catch(() => {});
  await sleep(100);
  waits.abort();
  expect((await slow).rows).toEqual([[1_000_000_000]]);
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });

  const ended = new AbortController();
  await engine.query('SELECT 1', LIMITS, ended.signal);
  const next = engine.query('SELECT count(*) FROM range(1000000000)', LIMITS);
  await sleep(20);
  ended.abort();
  expect((await next).rows).toEqual([[1_000_000_000]]);
});

test('a cancelled query does not come back in a fresh engine', async () => {
  const engine = await openEngine();
  const abort = new AbortController();
  const deaf = engine.query(DEAF, LIMITS, abort.signal);
  deaf.catch(() => {});
  const waiting = engine.query(DEAF, LIMITS, abort.signal);
  waiting.catch(() => {});
  await sleep(150);
  abort.abort();
  await expect(deaf).rejects.toMatchObject({ code: 'cancelled' });
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  const started = performance.now();
  expect(await names(engine)).toEqual(['Bulbasaur']);
  expect(performance.now() - started).toBeLessThan(whenBusy(5_000));
});

test('many queries at once each get their own answer', async () => {
  const engine = await openEngine();
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, n) => engine.query(`SELECT ${n} AS n`, LIMITS)),
  );
  expect(answers.map(({ rows }) => rows[0]?.[0])).toEqual([...Array(100).keys()]);
});

test('one bad query among many fails alone', async () => {
  const engine = await openEngine();
  const [good, bad, refused, last] = await Promise.allSettled([
    engine.query('SELECT 1', LIMITS),
    engine.query('SELECT no_such_column FROM pokemon', LIMITS),
    engine.query('DROP TABLE dataset', LIMITS),
    engine.query('SELECT 2', LIMITS),
  ]);
  expect(good).toMatchObject({ value: { rows: [[1]] } });
  expect(bad).toMatchObject({ reason: { code: 'bad-query' } });
  expect(refused).toMatchObject({ reason: { code: 'query-refused' } });
  expect(last).toMatchObject({ value: { rows: [[2]] } });
});

test('after a refresh the engine shows the new dataset', async () => {
  const engine = await openEngine(['Bulbasaur']);
  expect(await names(engine)).toEqual(['Bulbasaur']);
  const parquet = await dataset(['Ivysaur', 'Venusaur']);
  const opening = engine.open(asPokemon(parquet));
  const queried = names(engine);
  await opening;
  expect(await queried).toEqual(['Ivysaur', 'Venusaur']);
});

test('a query goes on in the old dataset while pokemon.parquet is replaced beneath it', async () => {
  const first = await dataset(['Bulbasaur']);
  const engine = builtEngine();
  onTestFinished(() => engine.close());
  await engine.open(asPokemon(first));
  await rename(await dataset(['Ivysaur']), first);
  expect(await names(engine)).toEqual(['Bulbasaur']);
  await engine.open(asPokemon(first));
  expect(await names(engine)).toEqual(['Ivysaur']);
});

test('a dataset that is missing or damaged is told as such, and a good one opens after it', async () => {
  const folder = await temporaryFolder();
  const engine = builtEngine();
  onTestFinished(() => engine.close());
  await writeFile(join(folder, 'bad.parquet'), 'PAR1 not really');
  for (const file of ['missing.parquet', 'bad.parquet']) {
    const path = join(folder, file);
    await expect(engine.open(asPokemon(path))).rejects.toMatchObject({
      code: 'not-readable',
      hint: expect.stringContaining('refresh') as string,
    });
    await expect(engine.query('SELECT 1', LIMITS)).rejects.toMatchObject({ code: 'not-readable' });
  }
  await engine.open(asPokemon(await dataset(['Bulbasaur'])));
  expect(await names(engine)).toEqual(['Bulbasaur']);
});

test.each(['[abc]', `it's 50% "ünï—cødé" 図鑑 st*r wh?t {a,b} #h [!a]`])(
  'a data folder may be called %s',
  async (name) => {
    const folder = join(await temporaryFolder(), name);
    await mkdir(folder);
    // What a glob of the first name would find instead.
    const decoy = join(folder, '..', 'a');
    await mkdir(decoy);
    await writeDataset(decoy, [pokemonRow({ id: 9, name: 'Decoy' })]);
    await rename(await dataset(['Bulbasaur']), join(folder, 'pokemon.parquet'));
    const engine = builtEngine();
    onTestFinished(() => engine.close());
    await engine.open(asPokemon(join(folder, 'pokemon.parquet')));
    expect(await names(engine)).toEqual(['Bulbasaur']);
  },
);

test('an engine sees nothing of the person’s environment', async () => {
  process.env['POKEDEX_TEST_SECRET'] = 'CANARY';
  onTestFinished(() => {
    delete process.env['POKEDEX_TEST_SECRET'];
  });
  const { pid } = await engineWithPid();
  if (process.platform !== 'linux') return;
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
  expect(environment).not.toContain('CANARY');
  expect(environment).not.toContain('HOME=');
});

test('closing ends the engine and what it was doing; nothing stays behind', async () => {
  const { engine, pid } = await engineWithPid();
  const running = engine.query(DEAF, LIMITS);
  running.catch(() => {});
  await sleep(100);
  engine.close();
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  await waitUntil(() => !isRunning(pid), whenBusy(5_000));
});

test('closing an engine does not fail the queries of one started after it', async () => {
  const engine = await openEngine();
  engine.close();
  expect(await names(engine)).toEqual(['Bulbasaur']);
});

test('an interrupt from the terminal does not kill the engine: whoever asked decides', async () => {
  const { engine, pid } = await engineWithPid();
  const running = engine.query('SELECT count(*) FROM range(500000000)', LIMITS);
  await sleep(100);
  process.kill(pid, 'SIGINT');
  expect((await running).rows).toEqual([[500_000_000]]);
});

test('an engine program that cannot start fails the query instead of hanging', async () => {
  const { EngineClient: Client } = await import('../../src/main/engine/engine-client');
  const engine = new Client({
    program: join(await temporaryFolder(), 'missing.js'),
    memoryMb: 100,
    threads: 1,
  });
  await expect(engine.open(asPokemon('/nowhere.parquet'))).rejects.toMatchObject({
    code: 'engine-died',
  });
  await expect(engine.query('SELECT 1', LIMITS)).rejects.toMatchObject({ code: 'engine-died' });
});
