import { mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineClient } from '../../src/main/engine/engine-client';
import { AppError } from '../../src/preload/contract/errors';
import { builtEngine } from './built-engine';
import { folderSnapshot } from './folder-snapshot';
import { hostileGroups } from './hostile-statements';
import { asPokemon, pokemonRow, writeDataset } from './pokemon-rows';

const LIMITS = { maxRows: 1000, timeLimitMs: 10_000 };
const ROWS = [
  pokemonRow({ id: 1, name: 'Bulbasaur' }),
  pokemonRow({ id: 4, name: 'Charmander', type_1: 'fire', type_2: null, weight: 85 }),
  pokemonRow({ id: 7, name: 'Squirtle', type_1: 'water', type_2: null, weight: 90 }),
];

// Fixed, as the table of statements is made before the first hook runs.
const root = await realpath(await mkdtemp(join(tmpdir(), 'pokedex-sandbox-')));
const outside = join(root, 'outside');
const cwd = join(root, 'cwd');
const data = join(root, 'data');
const parquet = join(data, 'pokemon.parquet');
const groups = hostileGroups({ outside, inside: 'inside.csv', parquet });
const startedIn = process.cwd();
let engine: EngineClient;
let before: unknown;

/** Everything a query might have written to. */
async function everything(): Promise<unknown> {
  const home = await readdir(join(homedir(), '.duckdb'), { recursive: true }).catch(() => null);
  return { outside: await folderSnapshot(outside), cwd: await folderSnapshot(cwd), home };
}

async function makeOutside(): Promise<void> {
  await writeFile(join(outside, 'secret.csv'), 'word,number\nCANARY,1\n');
  await writeFile(join(outside, 'secret.json'), '[{"word":"CANARY","number":1}]');
  await writeFile(join(outside, 'secret.ndjson'), '{"word":"CANARY"}\n');
  await writeFile(join(outside, 'secret.txt'), 'CANARY\n');
  await writeFile(join(outside, 'schema.sql'), 'CREATE TABLE stolen (i INTEGER);');
  await writeFile(join(outside, 'load.sql'), `COPY stolen TO '${outside}/loaded.csv';`);
  await writeFile(join(cwd, 'inside.csv'), 'word,number\nCANARY,1\n');
  await symlink(join(outside, 'secret.csv'), join(outside, 'link.csv'));
  const maker = await DuckDBInstance.create(join(outside, 'secret.db'));
  const connection = await maker.connect();
  await connection.run(`CREATE TABLE secret AS SELECT 'CANARY' AS word, 'CANARY' AS "CANARY"`);
  await connection.run(
    `COPY secret TO '${outside}/secret.parquet' (FORMAT parquet, KV_METADATA {canary: 'CANARY'})`,
  );
  connection.closeSync();
  maker.closeSync();
}

async function codeOf(sql: string): Promise<string> {
  try {
    const { rows } = await engine.query(sql, LIMITS);
    return `answered ${JSON.stringify(rows, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))}`;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.message).not.toContain('CANARY');
    return error.code;
  }
}

beforeAll(async () => {
  await Promise.all([outside, cwd, data].map((folder) => mkdir(folder, { recursive: true })));
  await makeOutside();
  await writeDataset(data, ROWS);
  process.chdir(cwd);
  engine = builtEngine();
  await engine.open(asPokemon(parquet));
  before = await everything();
});

afterAll(async () => {
  engine.close();
  process.chdir(startedIn);
  await rm(root, { recursive: true, force: true });
});

test('there are at least 200 hostile statements, each once', () => {
  const statements = groups.flatMap((group) => group.statements);
  expect(new Set(statements).size).toBe(statements.length);
  expect(statements.length).toBeGreaterThanOrEqual(200);
});

for (const { danger, statements, code = 'query-refused' } of groups) {
  describe(`a query cannot ${danger}`, () => {
    for (const sql of statements) {
      test(JSON.stringify(sql.slice(0, 120)), async () => {
        expect(await codeOf(sql)).toBe(code);
      });
    }
  });
}

test('after all of them no file was written, changed or removed, and no canary was sold', async () => {
  expect(await everything()).toEqual(before);
});

test('after all of them the dataset is complete and the engine was never restarted', async () => {
  const { rows } = await engine.query('SELECT id, name FROM pokemon ORDER BY id', LIMITS);
  expect(rows).toEqual([
    [1, 'Bulbasaur'],
    [4, 'Charmander'],
    [7, 'Squirtle'],
  ]);
});

/** All a statement answers, or its error, as text. */
async function printed(connection: DuckDBConnection, sql: string): Promise<string> {
  try {
    const reader = await connection.runAndReadAll(sql);
    return [reader.columnNames(), ...reader.getRows()].map(String).join('\n');
  } catch (error) {
    return String(error);
  }
}

/** Without it, a misspelt statement would count as refused. */
test('an unlocked DuckDB gives the canary away to each statement that asks for it', async () => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(`CREATE VIEW pokemon AS FROM '${parquet}'`);
  for (const sql of groups.filter((group) => group.readsCanary).flatMap((g) => g.statements)) {
    expect.soft(await printed(connection, sql), sql).toContain('CANARY');
  }
  connection.closeSync();
  instance.closeSync();
});

test('no setting tells where the app, its data or the person’s home is', async () => {
  const { rows } = await engine.query('SELECT name, setting FROM pg_catalog.pg_settings', LIMITS);
  expect(rows.length).toBeGreaterThan(50);
  const settings = rows.map((row) => row.join(' = ')).join('\n');
  for (const place of [root, homedir(), startedIn, '.duckdb', process.execPath]) {
    expect.soft(settings).not.toContain(place);
  }
});

test('a refusal does not tell whether the file is there', async () => {
  const refusal = async (file: string) => {
    const path = join(outside, file);
    const error: unknown = await engine.query(`FROM '${path}'`, LIMITS).catch((e: unknown) => e);
    return String(error).replace(path, 'FILE');
  };
  expect(await refusal('secret.csv')).toBe(await refusal('no-such-file.csv'));
});

/** A new DuckDB may bring functions with effects; whoever upgrades it decides about each. */
test('DuckDB has no function with effects that nobody has decided about', async () => {
  const { rows } = await engine.query(
    `SELECT DISTINCT function_name FROM duckdb_functions()
     WHERE stability = 'VOLATILE' AND function_type = 'scalar' ORDER BY 1`,
    LIMITS,
  );
  const refused = ['nextval', 'sleep_ms', 'write_log'];
  const harmless = [
    'current_connection_id',
    'current_query',
    'current_query_id',
    'current_transaction_id',
    'currval',
    'error',
    'gen_random_uuid',
    'random',
    'setseed',
    'stats',
    'uuid',
    'uuidv4',
    'uuidv7',
  ];
  expect(rows.flat()).toEqual([...refused, ...harmless].sort());
});
