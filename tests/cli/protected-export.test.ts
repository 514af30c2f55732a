import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { Database, quotedText } from '../../src/main/base/duckdb';
import { queryRows } from '../helpers/parquet-rows';
import { runCli } from '../helpers/run-cli';
import { snapshotData } from '../helpers/snapshot-data';
import { temporaryFolder } from '../helpers/temporary-folder';
import { censusRows, loadCensus } from '../engine/census-rows';
import { expectSentences, jsonOf } from './json-output';

/** Exports that single nobody out, held against what DuckDB counts in the files themselves. */

const IDENTITY = ['id', 'name', 'order', 'sprite_front_default', 'species'];
const atEnd: (() => unknown)[] = [];
let data: string;
let folder: string;

beforeAll(async () => {
  data = await snapshotData((work) => void atEnd.push(work));
  folder = await temporaryFolder((work) => void atEnd.push(work));
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

interface Report {
  rows: number;
  columns: string[];
  k: number | null;
  suppressed: number;
  left_out: string[];
  protection: { k: number | null; untreated: { column: string; unique_rows: number }[] } | null;
}

async function exported(out: string, ...flags: string[]): Promise<Report> {
  const args = ['export', '--data', data, '--out', join(folder, out), ...flags, '--json'];
  const result = await runCli(args);
  expect(result.code, result.stdout).toBe(0);
  return jsonOf(result) as Report;
}

/** The smallest class in a file, and how many rows it has. */
async function counted(
  reader: string,
  by: readonly string[],
): Promise<{ k: number; rows: number }> {
  const [found] = await queryRows<{ k: number; rows: number }>(
    `SELECT min(n)::INTEGER AS k, sum(n)::INTEGER AS rows
     FROM (SELECT count(*) AS n FROM ${reader} GROUP BY ${by.join(', ')})`,
  );
  if (found === undefined) throw new Error('no count');
  return found;
}

describe('--k', () => {
  const files: [name: string, reader: (path: string) => string, flags: string[]][] = [
    ['open.parquet', (path) => `read_parquet(${path})`, []],
    ['open.json', (path) => `read_json(${path})`, []],
    ['open.csv.gz', (path) => `read_csv(${path}, all_varchar = true)`, []],
    [
      'sheet.csv',
      (path) => `read_csv(${path}, all_varchar = true, delim = ';')`,
      ['--for-spreadsheets', '--decimal', 'comma'],
    ],
  ];

  test.each(files)(
    'each row of %s shares weight and height with four others, counted in DuckDB',
    async (name, reader, flags) => {
      const report = await exported(name, '--k', '5', '--quasi', 'weight,height', ...flags);
      const path = join(folder, name);
      const by = ['weight', 'height', 'weight_kg', 'height_m'];
      const found = await counted(reader(quotedText(path)), by);
      expect(found.k).toBeGreaterThanOrEqual(5);
      expect(report).toMatchObject({ k: found.k, rows: found.rows, left_out: IDENTITY });
      expect(found.rows + report.suppressed).toBe(649);
      expect(report.suppressed).toBeGreaterThan(0);
      expect(report.protection?.k).toBe(found.k);
      for (const gone of [...IDENTITY, 'bmi']) expect(report.columns).not.toContain(gone);
      const bytes = await readFile(path);
      const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
      expect(text).not.toMatch(/bulbasaur|squirtle|sprites\/pokemon/i);
    },
  );

  test('what tells the same as a column that the view leaves out is generalised too', async () => {
    const view = join(folder, 'sizes.json');
    await writeFile(
      view,
      JSON.stringify({
        pokeview: 2,
        dataset: { kind: 'published' },
        selections: [],
        columns: ['weight_kg', 'height_m', 'type_1'],
        sort: [],
      }),
    );
    const flags = ['--view', view, '--k', '5', '--quasi', 'weight,height'];
    const report = await exported('sizes.parquet', ...flags);
    const file = `read_parquet(${quotedText(join(folder, 'sizes.parquet'))})`;
    const found = await counted(file, ['weight_kg', 'height_m']);
    expect(found.k).toBeGreaterThanOrEqual(5);
    expect(report).toMatchObject({ k: found.k, rows: found.rows });
    expect(report.columns).toEqual(['weight_kg', 'height_m', 'type_1']);
  });

  test('a body-mass index that is made coarser is not told by height and either weight', async () => {
    const report = await exported('bmi.parquet', '--k', '5', '--quasi', 'bmi');
    expect(report.columns).toEqual(expect.arrayContaining(['bmi', 'height', 'height_m']));
    for (const gone of ['weight', 'weight_kg']) expect(report.columns).not.toContain(gone);
  });

  test('of a census: lists as sets, numbers, dates, codes and what tells the same', async () => {
    const database = await Database.open();
    await loadCensus(database, censusRows(1_500, 1890), 'census');
    const census = join(folder, 'census.parquet');
    await database.run(`COPY census TO ${quotedText(census)} (FORMAT parquet)`);
    database.close();
    const quasi = ['age', 'zip', 'income', 'languages'];
    const flags = ['--from', census, '--k', '4', '--quasi', quasi.join()];
    const report = await exported('census-4.parquet', ...flags);
    expect(report.columns).not.toContain('person');
    const by = [...quasi, 'born', 'income_monthly'].filter((name) => report.columns.includes(name));
    const file = `read_parquet(${quotedText(join(folder, 'census-4.parquet'))})`;
    const found = await counted(file, by.length === 0 ? ['()'] : by);
    expect(found).toEqual({ k: report.k, rows: 1_500 - report.suppressed });
    expect(found.k).toBeGreaterThanOrEqual(4);
    // The rows are not where they were: whoever knows the file cannot count down to one.
    const [married] = await queryRows<{ same: number }>(
      `SELECT count(*) FILTER (a.sex IS NOT DISTINCT FROM b.sex AND a.married = b.married)::INTEGER AS same
       FROM ${file} a POSITIONAL JOIN read_parquet(${quotedText(census)}) b`,
    );
    expect(married?.same).toBeLessThan(700);
  });

  test('that is out of reach writes nothing', async () => {
    const view = join(folder, 'heavy.pokeview.json');
    const heavy = { kind: 'range', column: 'weight', min: 9000 };
    await writeFile(
      view,
      JSON.stringify({ pokeview: 2, selections: [{ source: 'w', filter: heavy }] }),
    );
    const out = join(folder, 'none.csv');
    const flags = ['--k', '50', '--quasi', 'weight', '--view', view];
    const result = await runCli(['export', '--data', data, '--out', out, ...flags]);
    expect(result.code).toBe(1);
    expectSentences(result, /^The export does not reach k = 50\. The view has only \d rows\.\n/);
    const named = await runCli([
      'export',
      '--data',
      data,
      '--out',
      out,
      '--k',
      '5',
      '--quasi',
      'name',
    ]);
    expect(named.code).toBe(2);
    expectSentences(named, /^“name” identifies by itself/);
    expect(await readdir(folder)).not.toContain('none.csv');
  });
});

describe('--pseudonymised', () => {
  const customers = [
    'customer_id,name,email,age,note,profile',
    ...['Ada', 'Bo', 'Cy', 'Di', 'Ed', 'Fay'].map((name, at) => {
      const mail = `${name.toLowerCase()}@example.org`;
      const note = at === 1 ? `call ${mail}` : 'likes tea';
      return `${at + 1},${name} Smith,${mail},${30 + at},${note},https://x.test/u/${at + 1}.html`;
    }),
  ].join('\n');

  async function rowsOf(name: string): Promise<Record<string, unknown>[]> {
    return JSON.parse(await readFile(join(folder, name), 'utf8')) as Record<string, unknown>[];
  }

  test('of any table: no column that names, a key that stays, or a new one with --rekey', async () => {
    const from = join(folder, 'customers.csv');
    await writeFile(from, `${customers}\n`);
    const flags = ['--from', from, '--pseudonymised'];
    const report = await exported('first.json', ...flags);
    expect(report.columns).toEqual(['pseudonym', 'age']);
    // A note with the address of one of them, a link that ends in the number.
    expect(report.left_out).toEqual(['customer_id', 'name', 'email', 'note', 'profile']);
    const text = await readFile(join(folder, 'first.json'), 'utf8');
    expect(text).not.toMatch(/smith|example\.org|x\.test/i);
    await exported('second.json', ...flags);
    expect(await rowsOf('second.json')).toEqual(await rowsOf('first.json'));
    await exported('third.json', ...flags, '--rekey', '--mapping', join(folder, 'who.csv'));
    const [first, third] = [await rowsOf('first.json'), await rowsOf('third.json')];
    const keys = (rows: Record<string, unknown>[]) => rows.map((row) => String(row['pseudonym']));
    expect(keys(third)).toEqual([...keys(third)].sort());
    expect(keys(third).filter((key) => keys(first).includes(key))).toEqual([]);
    const who = join(folder, 'who.csv');
    const mapped = await queryRows(`FROM read_csv(${quotedText(who)})`);
    for (const row of mapped) {
      const shared = third.find(({ pseudonym }) => pseudonym === row['pseudonym']);
      expect(shared?.['age']).toBe(29 + Number(row['customer_id']));
      expect(row).toMatchObject({ name: expect.stringMatching(/ Smith$/) as string });
    }
    expect(mapped).toHaveLength(6);
    expect((await stat(who)).mode & 0o777).toBe(0o600);
  });

  test('--rekey of the Pokémon: two exports share neither keys nor the order of rows', async () => {
    const flags = ['--pseudonymised', '--rekey', '--version', '1'];
    await exported('a.json', ...flags);
    await exported('b.json', ...flags, '--mapping', join(folder, 'pokemon.csv'));
    const [a, b] = [await rowsOf('a.json'), await rowsOf('b.json')];
    const own = await queryRows<{ pokemon_key: string }>(
      `FROM read_parquet(${quotedText(join(data, 'tables/pokemon/*.parquet'))})`,
    );
    const keysA = new Set(a.map((row) => row['pokemon_key']));
    for (const { pokemon_key } of [...own, ...b]) expect(keysA.has(pokemon_key)).toBe(false);
    expect(keysA.size).toBe(649);
    const samePlace = a.filter((row, at) => row['weight'] === b[at]?.['weight']);
    expect(samePlace.length).toBeLessThan(60);
    const mapped = await queryRows<{ pokemon_key: string; id: number }>(
      `FROM read_csv(${quotedText(join(folder, 'pokemon.csv'))})`,
    );
    const weights = new Map(b.map((row) => [row['pokemon_key'], row['weight']]));
    const pikachu = mapped.find(({ id }) => Number(id) === 25);
    expect(weights.get(pikachu?.pokemon_key)).toBe(60);
    const log = jsonOf(await runCli(['access-log', '--data', data, '--json']));
    expect(log).toMatchObject({
      entries: [{ what: 'export', how: 'pokedex export, mapping', columns: IDENTITY }],
    });
  });

  test('by a view, and never by one that chooses by a name', async () => {
    const view = join(folder, 'fire.pokeview.json');
    const select = (filter: object) =>
      writeFile(view, JSON.stringify({ pokeview: 2, selections: [{ source: 'x', filter }] }));
    await select({ kind: 'one-of', columns: ['type_1'], values: ['fire'] });
    const report = await exported('fire.json', '--pseudonymised', '--view', view, '--rekey');
    expect((await rowsOf('fire.json')).every((row) => row['type_1'] === 'fire')).toBe(true);
    expect(report.rows).toBe((await rowsOf('fire.json')).length);
    await select({ kind: 'search', columns: ['name'], text: 'pika' });
    const flags = ['--pseudonymised', '--rekey', '--view', view];
    const out = join(folder, 'pika.json');
    const refused = await runCli(['export', '--data', data, '--out', out, ...flags]);
    expect(refused.code).toBe(1);
    expectSentences(refused, /^The view filters or sorts by name, which is an identity column\.\n/);
  });
});

test('of protected data that are locked there is no mapping', async () => {
  const own = await snapshotData();
  const on = await runCli(['protect', 'on', '--data', own], {
    POKEDEX_PASSPHRASE: 'a long passphrase',
  });
  expect(on.code, on.stderr).toBe(0);
  const flags = ['--out', join(folder, 'locked.json'), '--pseudonymised'];
  const who = ['--mapping', join(folder, 'locked.csv')];
  const result = await runCli(['export', '--data', own, ...flags, ...who]);
  expect(result.code).toBe(1);
  expect(result.stderr).toContain('The data are protected, and locked.\n');
  expect((await readdir(folder)).filter((name) => name.startsWith('locked'))).toEqual([]);
});

test.each<[string[], RegExp]>([
  [['--rekey'], /^--rekey is of pseudonyms\.\n/],
  [['--mapping', 'x.csv'], /^--mapping is of pseudonyms\.\n/],
  [['--quasi', 'weight'], /^--quasi says what k is counted by\.\n/],
  [['--k', '1'], /Give a whole number from 2 to/],
  [['--k', '5', '--quasi', 'nosuch'], /^No column is named “nosuch”\.\n/],
])('export %j is refused in one sentence', async (flags, sentence) => {
  const result = await runCli(['export', '--data', data, '--out', join(folder, 'x.csv'), ...flags]);
  expect(result.code).toBe(2);
  expectSentences(result, sentence);
});
