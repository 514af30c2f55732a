import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EngineClient } from '../../src/main/engine/engine-client';
import { parquetColumns, queryRows } from '../helpers/parquet-rows';
import { temporaryFolder } from '../helpers/temporary-folder';
import { builtEngine } from './built-engine';

const CSV = { format: 'csv', compression: null, spreadsheet: null, timeLimitMs: 20_000 } as const;
let folder: string;
let results: string;
let engine: EngineClient;

beforeAll(async () => {
  folder = await temporaryFolder(afterAll);
  results = join(folder, 'results ö');
  await mkdir(results);
  engine = builtEngine();
  afterAll(() => engine.close());
  const from = `(SELECT i AS a, 'n' || i AS b FROM range(30000) t(i))`;
  await engine.open({ for: 'sql', tables: [{ name: 't', from, files: [] }], results });
});

test('all rows are written, also beyond those that are ever shown', async () => {
  const to = join(results, 'all.csv');
  expect(await engine.save('FROM t ORDER BY a DESC', { ...CSV, to })).toBe(30_000);
  const lines = (await readFile(to, 'utf8')).trimEnd().split('\n');
  expect([lines.length, lines[1], lines.at(-1)]).toEqual([30_001, '29999,n29999', '0,n0']);
});

test.each([
  ['SELECT 1 AS x;', 'x\n1\n'],
  ['-- first\nSELECT 1 AS x -- last', 'x\n1\n'],
  [`SELECT '; --' AS x`, 'x\n; --\n'],
  ['SELECT 1 AS x; -- end; ', 'x\n1\n'],
  ['WITH w AS (SELECT 2 AS x) FROM w', 'x\n2\n'],
  ['VALUES (3)', 'col0\n3\n'],
  [`SELECT 'a,"b' AS x, NULL AS y, '' AS z`, 'x,y,z\n"a,""b",,""\n'],
  [`SELECT 'NaN'::DOUBLE AS x, 1e300 AS y`, 'x,y\nNaN,1e+300\n'],
  ['SELECT column_name FROM (DESCRIBE t)', 'column_name\na\nb\n'],
  ['SHOW TABLES;', 'name\nt\n'],
  ['SELECT column_name FROM duckdb_columns() WHERE NOT internal', 'column_name\na\nb\n'],
])('%s', async (sql, text) => {
  const to = join(results, 'one.csv');
  await engine.save(sql, { ...CSV, to });
  expect(await readFile(to, 'utf8')).toBe(text);
});

test('Parquet keeps integers of 128 bits exactly, as decimals or else as text', async () => {
  const to = join(results, 'long.parquet');
  const sql = 'SELECT sum(a) AS s, 170141183460469231731687303715884105727 AS h FROM t';
  await engine.save(sql, { ...CSV, format: 'parquet', to });
  expect(await parquetColumns(to)).toEqual([
    ['s', 'DECIMAL(38,0)'],
    ['h', 'VARCHAR'],
  ]);
  expect(await queryRows(`SELECT s::VARCHAR AS s, h FROM '${to}'`)).toEqual([
    { s: '449985000', h: '170141183460469231731687303715884105727' },
  ]);
});

test('Parquet keeps intervals as their text: its own have no sign, no microseconds and 49 days', async () => {
  const to = join(results, 'intervals.parquet');
  const sql =
    'SELECT to_microseconds(x) AS i, [to_days(3)] AS l FROM (VALUES (1), (-1), (7200000000001)) v(x)';
  await engine.save(sql, { ...CSV, format: 'parquet', to });
  expect(await parquetColumns(to)).toEqual([
    ['i', 'VARCHAR'],
    ['l', 'VARCHAR[]'],
  ]);
  expect(await queryRows(`SELECT i, l[1] AS l FROM '${to}'`)).toEqual(
    ['00:00:00.000001', '-00:00:00.000001', '2000:00:00.000001'].map((i) => ({ i, l: '3 days' })),
  );
});

test.each([
  `COPY t TO 'x.csv'`,
  'SELECT 1; SELECT 2',
  `SELECT 1) TO 'x.csv' (FORMAT csv); --`,
  'DROP TABLE t',
  `FROM read_csv('x')`,
  'SELECT 1 /*',
])('%s is refused as it is in the console, and nothing is written', async (sql) => {
  const before = await readdir(results);
  await expect(engine.save(sql, { ...CSV, to: join(results, 'no.csv') })).rejects.toMatchObject({
    code: expect.stringMatching(/^(query-refused|bad-query)$/) as string,
  });
  expect(await readdir(results)).toEqual(before);
});

test('nothing is written anywhere else', async () => {
  for (const to of [join(folder, 'x.csv'), `${results}x.csv`, join(results, '..', 'x.csv')]) {
    await expect(engine.save('SELECT 1', { ...CSV, to })).rejects.toMatchObject({
      code: 'query-refused',
    });
  }
  expect(await readdir(folder)).toEqual(['results ö']);
});

test('a person’s SQL reads no result of another query', async () => {
  const to = join(results, 'mine.csv');
  await engine.save('SELECT 1 AS x', { ...CSV, to });
  for (const sql of [
    `FROM '${to}'`,
    `FROM "${to.replace('.csv', '')}".csv`,
    `SUMMARIZE '${to}'`,
    `DESCRIBE SELECT * FROM '${to}'`,
    `SELECT (SELECT x FROM '${to}')`,
    `WITH w AS (FROM '${to}') FROM w`,
    `FROM read_csv('${to}')`,
    `FROM glob('${results}/*')`,
  ]) {
    const limits = { maxRows: 5, timeLimitMs: 5_000 };
    await expect(engine.query(sql, limits)).rejects.toMatchObject({
      code: expect.stringMatching(/^(query-refused|bad-query)$/) as string,
    });
  }
});
