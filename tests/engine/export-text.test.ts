import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { Database } from '../../src/main/base/duckdb';
import { exportFile } from '../../src/main/engine/export-file';
import { pokemonDataset } from '../../src/main/shaping/pokemon-dataset';
import { Sandbox } from '../../src/main/engine/sandbox';
import {
  csvText,
  jsonText,
  spreadsheetCsv,
  type Table,
} from '../../src/preload/contract/table-text';
import type { DecimalMark } from '../../src/preload/contract/spreadsheet-text';
import type { ExportFormat } from '../../src/preload/contract/export-formats';
import { queryRows } from '../helpers/parquet-rows';
import { temporaryFolder } from '../helpers/temporary-folder';
import { pokemonRow, scanAs, writeDataset } from './pokemon-rows';

/** An export and a query give the same value the same text: DuckDB writes one, the app the other. */

const NAMES = [
  '=1+1',
  '+1',
  '-1',
  '@A1',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1',
  "'=1",
  ' =1',
  '',
  '#a',
  'a#',
];
const NUMBERS = [
  'NaN',
  'Infinity',
  '-Infinity',
  '-0.0',
  0,
  1,
  -1.5,
  0.1,
  1e15,
  1e16,
  1e-4,
  1e-5,
  null,
];
const ODD = [...NAMES.keys()].map((index) =>
  pokemonRow({
    id: index + 1,
    name: NAMES[index] ?? '',
    species: 'a "b", c;d\ne',
    bmi: NUMBERS[index] ?? null,
    order: -1,
    weight: null,
    games: [['=1', 'a, b', "it's", 'null', ''], []][index % 2] ?? [],
  }),
);

let folder = '';
let data = '';
let database: Database;
let table: Table;

beforeAll(async () => {
  folder = await temporaryFolder(afterAll);
  data = join(folder, 'data');
  await mkdir(data);
  await writeDataset(data, ODD);
  database = await Database.open();
  const sandbox = await Sandbox.open([scanAs('pokemon', dataPaths(data).parquet)], '256MB', 1);
  table = await sandbox.query('SELECT * FROM pokemon ORDER BY id', {
    maxRows: 100,
    timeLimitMs: 10_000,
  });
  sandbox.close();
});
afterAll(() => database.close());

async function exported(
  out: string,
  format: ExportFormat,
  spreadsheet: DecimalMark | null = null,
): Promise<Buffer> {
  const path = join(folder, out);
  const dataset = pokemonDataset({ version: 1, rows: 0 });
  const options = { out: path, format, dataset, view: null, pseudonymisedFiles: null, spreadsheet };
  await exportFile(database, dataPaths(data), options, new AbortController().signal);
  return readFile(path);
}

test('as CSV, byte for byte', async () => {
  const text = (await exported('a.csv', 'csv')).toString();
  expect(text).toBe(csvText(table));
  expect(text).toMatch(
    /\n1,=1\+1,[^]*?,NaN,[^]*?\n2,\+1,[^]*?,Infinity,[^]*?\n3,-1,[^]*?,-Infinity,[^]*?\n4,@A1/,
  );
});

test('as JSON, which every reader of JSON takes', async () => {
  const text = (await exported('a.json', 'json')).toString();
  expect(JSON.parse(text)).toEqual(JSON.parse(jsonText(table)));
  const numbers = (JSON.parse(text) as { bmi: unknown }[]).map(({ bmi }) => bmi);
  expect(numbers.slice(0, 4)).toEqual(['NaN', 'Infinity', '-Infinity', -0]);
  expect(numbers.at(-1)).toBeNull();
  expect(text).toContain('"bmi":1.0,');
});

test.each(['comma', 'point'] as const)('for spreadsheets with a decimal %s', async (decimal) => {
  const text = (await exported('b.csv', 'csv', decimal)).toString();
  expect(text).toBe(spreadsheetCsv(table, decimal));
});

test('a spreadsheet gets a mark, its own separator and no formula; numbers stay numbers', async () => {
  const [head, first] = (await exported('b.csv', 'csv', 'comma')).toString().split('\r\n');
  expect(head).toMatch(/^\uFEFFid;name;base_experience;/);
  expect(first).toMatch(/^1;'=1\+1;/);
  const order = head?.split(';').indexOf('order') ?? -1;
  expect(first?.split(';')[order]).toBe('-1');
  const rows = await queryRows(
    `FROM read_csv($path, delim = ';', decimal_separator = ',', header = true, all_varchar = true)`,
    { path: join(folder, 'b.csv') },
  );
  expect(rows.map((row) => row['name'])).toEqual(
    // This reader takes an empty text for null.
    NAMES.map((name) => (/^[=+\-@\t\r\n＝]/.test(name) ? `'${name}` : name || null)),
  );
  expect(rows.map((row) => row['bmi']).slice(5, 8)).toEqual(['1,0', '-1,5', '0,1']);
});

test('a name that ends in .gz or .zst holds what it says', async () => {
  expect(gunzipSync(await exported('c.csv.gz', 'csv')).toString()).toBe(csvText(table));
  expect(JSON.parse(gunzipSync(await exported('c.JSON.GZ', 'json')).toString())).toHaveLength(13);
  const packed = await exported('c.csv.zst', 'csv');
  expect([...packed.subarray(0, 4)]).toEqual([0x28, 0xb5, 0x2f, 0xfd]);
  const [row] = await queryRows(
    `SELECT count(*)::INTEGER AS n FROM read_csv($path, compression = 'zstd', all_varchar = true)`,
    { path: join(folder, 'c.csv.zst') },
  );
  expect(row).toEqual({ n: 13 });
});

test.each([
  ['d.csv.zip', 'csv', /^Files that end in \.zip cannot be written\.$/],
  ['d.csv.BZ2', 'csv', /^Files that end in \.bz2 cannot be written\.$/],
  ['d.parquet.gz', 'parquet', /^Parquet is compressed inside; \.gz would pack it twice\.$/],
] as const)('%s is refused, and nothing is written', async (out, format, sentence) => {
  await expect(exported(out, format)).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(sentence) as string,
  });
  expect((await readdir(folder)).filter((name) => name.startsWith('d.'))).toEqual([]);
});
