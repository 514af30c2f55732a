import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineClient } from '../../src/main/engine/engine-client';
import { builtEngine } from './built-engine';
import { asPokemon, pokemonRow, writeDataset } from './pokemon-rows';
import { whenBusy } from '../helpers/busy-machine';
import { cases } from '../helpers/rounds';

/** Half a second to heed its end, a new process where it did not; the rest is noise. */
const ENDED_WITHIN_MS = 15_000;
let engine: EngineClient;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pokedex-limits-'));
  engine = builtEngine({ memoryMb: 200 });
  const rows = [pokemonRow({ id: 1, name: 'Bulbasaur' })];
  await engine.open(asPokemon(await writeDataset(folder, rows)));
});

afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true, force: true });
});

const ENDLESS = cases(
  [
    'SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b',
    'WITH RECURSIVE t AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM t) SELECT max(x) FROM t',
    // One call of one function: DuckDB sees no interrupt inside it.
    `SELECT levenshtein(repeat('a', 200000), repeat('b', 200000))`,
  ],
  [
    'SELECT count(*) FROM range(1000000000000)',
    'SELECT count(*) FROM pokemon a, range(1000000) b, range(1000000) c WHERE a.id = b.range + c.range',
    'WITH RECURSIVE t AS (SELECT 1 AS x UNION ALL SELECT x FROM t) SELECT x FROM t WHERE x = 2',
    `SELECT lpad('x', 2000000000, 'y')`,
  ],
);

const GREEDY = cases(
  [
    'SELECT * FROM range(1000000000) ORDER BY random()',
    'SELECT list(range) FROM range(1000000000)',
    // Memory that DuckDB does not count against its limit.
    `SELECT repeat('x', 1000000) FROM range(100000)`,
    'SELECT list_sort(range(100000000))[1]',
    // Few enough rows, too large for any screen.
    `SELECT repeat('x', 3000) FROM range(90000)`,
    // The rows of a stream end early, and the binding says nothing.
    'SELECT list(i) OVER (ORDER BY i) FROM range(100000) t(i)',
    // Keys are written with every object, also inside maps, unions and lists.
    `SELECT MAP {i: {'${'k'.repeat(60_000)}': i}} FROM range(10000) t(i)`,
    // Names are written with every row where rows are objects.
    `SELECT i AS "${'k'.repeat(60_000)}" FROM range(10000) t(i)`,
    // A name that doubles at each step.
    `FROM ${'(SELECT COLUMNS(*) AS "\\0\\0" FROM '.repeat(34)}(SELECT 1 AS abcdefgh)${')'.repeat(34)}`,
  ],
  [
    'SELECT count(*) FROM (SELECT DISTINCT range FROM range(1000000000))',
    `SELECT string_agg(range::VARCHAR, ',') FROM range(1000000000)`,
    'WITH RECURSIVE t AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM t, range(20)) SELECT count(*) FROM t',
    `SELECT length(repeat('x', 4000000000))`,
    `SELECT repeat('x', 100000000) FROM range(100)`,
    'SELECT range(10000000) FROM range(100)',
    `SELECT {'${'k'.repeat(60_000)}': i} FROM range(10000) t(i)`,
    `SELECT [{'${'k'.repeat(60_000)}': i}] FROM range(10000) t(i)`,
    `SELECT union_value(a := {'${'k'.repeat(60_000)}': i}) FROM range(10000) t(i)`,
  ],
);

async function expectLimited(sql: string, timeLimitMs: number, message: RegExp): Promise<void> {
  const started = performance.now();
  await expect(engine.query(sql, { maxRows: 100_000, timeLimitMs })).rejects.toMatchObject({
    code: 'query-limit',
    message: expect.stringMatching(message) as string,
  });
  expect(performance.now() - started).toBeLessThan(whenBusy(ENDED_WITHIN_MS));
  // In a budget of its own: the engine may have to be started again.
  const after = await engine.query('SELECT name FROM pokemon', { maxRows: 1, timeLimitMs: 5_000 });
  expect(after.rows).toEqual([['Bulbasaur']]);
}

describe('a query that would never end is ended at its time limit, and the next is answered', () => {
  test.each(ENDLESS)('%s', (sql) => expectLimited(sql, 500, /longer than 0\.5 s/));
});

describe('a query that would eat the memory is ended before it does, and the next is answered', () => {
  test.each(GREEDY)('%.60s', (sql) => expectLimited(sql, 60_000, /more memory|larger than 80 MB/));
});

test('a result that breaks off half-way is an error with DuckDB’s own words, not the rows before', async () => {
  const broken = engine.query(
    `SELECT i, (CASE WHEN i > 90000 THEN 'x' ELSE '1' END)::INT FROM range(100000) t(i)`,
    { maxRows: 100_000, timeLimitMs: 60_000 },
  );
  await expect(broken).rejects.toMatchObject({
    code: 'bad-query',
    message: `Conversion Error: Could not convert string 'x' to INT32`,
  });
});

test('no query finds what another one left in its session', async () => {
  const draw = async (sql: string) =>
    (await engine.query(sql, { maxRows: 1, timeLimitMs: 5_000 })).rows;
  const seeded = `SELECT (SELECT setseed(0.42)) IS NULL, random()`;
  await draw(seeded);
  const after = [await draw('SELECT random()'), await draw('SELECT random()')];
  await draw(seeded);
  const again = [await draw('SELECT random()'), await draw('SELECT random()')];
  expect(again).not.toEqual(after);
});

test('a query as deep as the parser allows harms nobody', async () => {
  for (const sql of [
    `SELECT ${'('.repeat(40_000)}1${')'.repeat(40_000)}`,
    `SELECT ${'-'.repeat(1)}${' -'.repeat(40_000)} 1`,
    `SELECT ${'NOT '.repeat(20_000)} true`,
    `${'SELECT * FROM ('.repeat(5_000)}SELECT 1${')'.repeat(5_000)}`,
    `SELECT ${'['.repeat(40_000)}${']'.repeat(40_000)}`,
    `SELECT [${'1,'.repeat(45_000)}1]`,
    `SELECT 1${' UNION ALL SELECT 1'.repeat(5_000)}`,
    `SELECT ${'CASE WHEN true THEN '.repeat(4_000)}1${' END'.repeat(4_000)}`,
  ]) {
    // Answered or refused, in whatever way: only the engine's next answer matters.
    await engine.query(sql, { maxRows: 10, timeLimitMs: 5_000 }).catch(() => null);
    const after = await engine.query('SELECT name FROM pokemon', {
      maxRows: 1,
      timeLimitMs: 5_000,
    });
    expect.soft(after.rows, sql.slice(0, 40)).toEqual([['Bulbasaur']]);
  }
});
