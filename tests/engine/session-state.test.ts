import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../../src/preload/contract/errors';
import type { EngineClient } from '../../src/main/engine/engine-client';
import { builtEngine } from './built-engine';
import { asPokemon, pokemonRow, writeDataset } from './pokemon-rows';

let engine: EngineClient;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pokedex-session-'));
  engine = builtEngine();
  const rows = [pokemonRow({ id: 1, name: 'Bulbasaur' })];
  await engine.open(asPokemon(await writeDataset(folder, rows)));
});

afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true, force: true });
});

async function rows(sql: string): Promise<unknown> {
  try {
    return (await engine.query(sql, { maxRows: 20_000, timeLimitMs: 10_000 })).rows;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [error.code, error.message];
  }
}

/** What a session can hold, each as the next query would see it. */
const SEEN_BY = [
  ...['TimeZone', 'Calendar', 'threads', 'memory_limit', 'default_order', 'default_null_order'],
  ...['default_collation', 'search_path', 'schema', 'enable_profiling', 'profiling_mode'],
  ...['enable_progress_bar', 'enable_logging', 'lock_configuration', 'temp_directory'],
  ...['preserve_insertion_order', 'ieee_floating_point_ops', 'integer_division', 'explain_output'],
  ...['scalar_subquery_error_on_multiple_rows', 'max_expression_depth', 'disabled_optimizers'],
]
  .map((name) => `SELECT current_setting('${name}')::VARCHAR`)
  .concat([
    'SELECT current_database(), current_schema(), current_schemas(true)',
    `SELECT getvariable('v')`,
    'SELECT database_name, schema_name, table_name, column_name, data_type FROM duckdb_columns() ORDER BY ALL',
    `SELECT database_name, function_name, parameters::VARCHAR, macro_definition FROM duckdb_functions() WHERE NOT internal ORDER BY ALL`,
    `SELECT database_name, type_name FROM duckdb_types() WHERE NOT internal ORDER BY ALL`,
    'SELECT * FROM t',
    'SELECT m(1)',
    'SELECT * FROM mt(1)',
    `SELECT 'x'::mood`,
    'SELECT * FROM other.main.t',
    'EXECUTE p(1)',
    `SELECT currval('s')`,
    'SELECT name FROM pokemon',
    'SELECT count(*) FROM dataset',
    'SELECT 7 / 2, [NULL, 1, 2], 1 = 2',
    'FROM (VALUES (2), (NULL), (1)) v(x) ORDER BY x',
    'EXPLAIN SELECT 1',
  ]);

/** What would change one of them, by any statement that has a session for its place. */
const CHANGES = [
  ...["TimeZone = 'Asia/Tokyo'", "default_order = 'DESC'", "default_null_order = 'NULLS FIRST'"],
  ...["default_collation = 'nocase'", "search_path = 'temp'", "schema = 'temp.main'"],
  ...['integer_division = true', 'ieee_floating_point_ops = false', 'threads = 1'],
  ...["enable_profiling = 'json'", "profiling_mode = 'detailed'", "explain_output = 'all'"],
  ...["disabled_optimizers = 'filter_pushdown'", 'max_expression_depth = 10'],
  ...['scalar_subquery_error_on_multiple_rows = false', 'preserve_insertion_order = false'],
]
  .flatMap((setting) => [`SET ${setting}`, `SET SESSION ${setting}`, `SET GLOBAL ${setting}`])
  .concat([
    `RESET TimeZone`,
    `SET VARIABLE v = 1`,
    `SET LOCAL TimeZone = 'Asia/Tokyo'`,
    `PRAGMA threads = 1`,
    `PRAGMA enable_profiling`,
    `PRAGMA enable_progress_bar`,
    `PRAGMA default_order = 'DESC'`,
    `PRAGMA disable_optimizer`,
    `PRAGMA enable_verification`,
    `CALL enable_logging()`,
    `CALL enable_profiling()`,
    `FROM enable_logging()`,
    `USE temp`,
    `USE memory.main`,
    `CREATE TEMP TABLE t AS SELECT 1 AS x`,
    `CREATE OR REPLACE TEMP VIEW pokemon AS SELECT 'no' AS name`,
    `CREATE TEMP VIEW t AS SELECT 1`,
    `CREATE TABLE t (x INTEGER)`,
    `SELECT 1 AS x INTO t`,
    `CREATE MACRO m(x) AS x + 1`,
    `CREATE TEMP MACRO m(x) AS x + 1`,
    `CREATE MACRO mt(x) AS TABLE SELECT x`,
    `CREATE TYPE mood AS ENUM ('x')`,
    `CREATE SEQUENCE s`,
    `SELECT nextval('s')`,
    `CREATE SCHEMA other`,
    `ATTACH ':memory:' AS other`,
    `CREATE SECRET k (TYPE http, BEARER_TOKEN 'x')`,
    `CREATE PERSISTENT SECRET k (TYPE http)`,
    `PREPARE p AS SELECT $1`,
    `BEGIN`,
    `BEGIN; CREATE TEMP TABLE t (x INTEGER)`,
    `COMMIT`,
    `LOAD json`,
    `INSERT INTO dataset SELECT * FROM dataset`,
    `DELETE FROM dataset`,
    `WITH gone AS (DELETE FROM dataset RETURNING *) SELECT * FROM gone`,
    `EXPLAIN ANALYZE CREATE TEMP TABLE t AS SELECT 1 AS x`,
    `EXPLAIN ANALYZE SET VARIABLE v = 1`,
    `SELECT * FROM query('SET VARIABLE v = 1')`,
    `SELECT setseed(0.5)`,
    `SELECT set_config('TimeZone', 'Asia/Tokyo', false)`,
    `EXPORT DATABASE 'x'`,
    `IMPORT DATABASE 'x'`,
    `CHECKPOINT`,
    `COMMENT ON TABLE dataset IS 'x'`,
    `DROP VIEW pokemon`,
    `DEALLOCATE p`,
  ]);

test(
  'nothing that one query sets, makes or prepares is there for the next',
  { timeout: 120_000 },
  async () => {
    const seen = async () => {
      const answers: Record<string, unknown> = {};
      for (const sql of SEEN_BY) answers[sql] = await rows(sql);
      return answers;
    };
    const before = await seen();
    // What it is that is compared.
    expect(before[`SELECT current_setting('lock_configuration')::VARCHAR`]).toEqual([['true']]);
    expect(before['SELECT name FROM pokemon']).toEqual([['Bulbasaur']]);
    for (const sql of CHANGES) {
      await rows(sql);
      expect(await seen(), sql).toEqual(before);
    }
  },
);

test('a seed is one query’s own, and none draws the numbers of another', async () => {
  const draw = 'SELECT random(), uuid()::VARCHAR';
  const drawn = new Set<string>();
  for (let turn = 0; turn < 10; turn += 1) {
    await rows('SELECT setseed(0.42)');
    drawn.add(JSON.stringify(await rows(draw)));
  }
  expect(drawn.size).toBe(10);
});

test('only setseed of all these is answered at all', async () => {
  const answered: string[] = [];
  for (const sql of CHANGES) {
    const found = await rows(sql);
    if (Array.isArray(found) && Array.isArray(found[0])) answered.push(sql);
  }
  expect(answered).toEqual(['SELECT setseed(0.5)']);
});
