import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { runCli } from '../helpers/run-cli';
import { expectSentences, jsonOf } from './json-output';
import { publishedData } from './published-data';

const places = publishedData();

const HISTOGRAM = { id: 'a', title: 'Weight', kind: 'histogram', column: 'weight', bins: 20 };

/** A folder of the test's own to export to. */
async function folderFor(name: string): Promise<string> {
  const folder = join(places.folder, name);
  await mkdir(folder);
  return folder;
}

function run(out: string, ...flags: string[]) {
  return runCli(['export', '--out', out, '--data', places.data, ...flags]);
}

async function viewFile(folder: string, content: unknown): Promise<string> {
  const path = join(folder, 'my view.pokeview.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test('export says how much went where, in words and as JSON', async () => {
  const out = join(await folderFor('says'), "it's all.csv");
  const plain = await run(out);
  expect(plain).toMatchObject({ code: 0, stderr: '' });
  expect(plain.stdout).toMatch(/^3 rows written to .*it's all\.csv \((\d+ B|\d+\.\d kB)\)\.\n$/);
  const text = await readFile(out, 'utf8');
  expect(text.split('\n')[1]).toMatch(/^1,Bulbasaur,64,69,7,1,grass,poison,14\.08/);
  const json = await run(out, '--json');
  expect(jsonOf(json)).toMatchObject({
    out,
    format: 'csv',
    rows: 3,
    bytes: Buffer.byteLength(text),
    pseudonymised: false,
  });
});

const HEAVY = { kind: 'range', column: 'weight', min: 80 };

test.each([
  ['of before', { pokeview: 1, filters: [HEAVY] }],
  ['as the app saves it', { pokeview: 2, selections: [{ source: 'by weight', filter: HEAVY }] }],
])(
  'a view file %s decides rows, columns and order, --format over the ending',
  async (name, kept) => {
    const folder = await folderFor(`view ${name}`);
    const view = await viewFile(folder, {
      ...kept,
      columns: ['name', 'weight'],
      sort: [{ column: 'weight', direction: 'desc' }],
    });
    const result = await run(join(folder, 'out.txt'), '--view', view, '--format', 'json');
    expect(result.code).toBe(0);
    expect(JSON.parse(await readFile(join(folder, 'out.txt'), 'utf8'))).toEqual([
      { name: 'Squirtle', weight: 90 },
      { name: 'Charmander', weight: 85 },
    ]);
  },
);

test('a view of format 2 selects what the same one of format 1 selects', async () => {
  const folder = await folderFor('formats');
  const shown = { columns: ['name', 'type_1'], sort: [{ column: 'name' }], cards: [HISTOGRAM] };
  const old = await viewFile(folder, {
    ...shown,
    pokeview: 1,
    filters: [
      { kind: 'types', values: ['fire', 'water'] },
      { kind: 'search', text: 'squirtel' },
    ],
  });
  const first = await run(join(folder, '1.csv'), '--view', old);
  const searched = ['name', 'id', 'type_1', 'type_2', 'abilities'];
  const types = { kind: 'one-of', columns: ['type_1', 'type_2'], values: ['fire', 'water'] };
  const view = await viewFile(folder, {
    ...shown,
    pokeview: 2,
    dataset: { kind: 'published' },
    selections: [
      { source: 'types', filter: types },
      { source: 'search', filter: { kind: 'search', columns: searched, text: 'squirtel' } },
    ],
    tiles: [{ column: 'weight', as: 'median' }],
    panels: ['types', 'weight'],
  });
  const second = await run(join(folder, '2.csv'), '--view', view);
  expect([first.stderr, second.stderr]).toEqual(['', '']);
  expect(await readFile(join(folder, '1.csv'), 'utf8')).toBe('name,type_1\nSquirtle,water\n');
  expect(await readFile(join(folder, '2.csv'), 'utf8')).toBe('name,type_1\nSquirtle,water\n');
});

test('export and query write the same CSV, compressed or for spreadsheets too', async () => {
  const folder = await folderFor('same');
  const query = (...flags: string[]) =>
    runCli([
      'query',
      'FROM pokemon ORDER BY id',
      '--data',
      places.data,
      '--format',
      'csv',
      ...flags,
    ]);
  const commas = ['--for-spreadsheets', '--decimal', 'comma'];
  const [plain, spreadsheet] = await Promise.all([query(), query(...commas)]);
  const packed = await run(join(folder, 'p.csv.gz'), '--format', 'csv');
  const own = await run(join(folder, 'own.csv'), ...commas);
  expect([packed.code, own.code]).toEqual([0, 0]);
  expect(gunzipSync(await readFile(join(folder, 'p.csv.gz'))).toString()).toBe(plain.stdout);
  expect(await readFile(join(folder, 'own.csv'), 'utf8')).toBe(spreadsheet.stdout);
  expect(spreadsheet.stdout).toMatch(/^\uFEFFid;name;.*\r\n1;Bulbasaur;64;69;7;1;.*;14,08/);
  expect(plain.stdout).toMatch(/^id,name,.*\n1,Bulbasaur,64,69,7,1,.*,14\.08/);
});

test.each([
  [
    ['p.csv.zip', '--format', 'csv'],
    /^Files that end in \.zip cannot be written\.\nEnd the name in/,
  ],
  [['p.parquet.gz'], /^Parquet is compressed inside; \.gz would pack it twice\.\nLeave \.gz out/],
  [['p.json', '--for-spreadsheets'], /^--for-spreadsheets is for CSV, the format is json\.\n/],
  [['p.csv', '--decimal', 'comma'], /^--decimal belongs to --for-spreadsheets\.\n/],
])('%j is wrong usage, and nothing is written', async ([name = '', ...flags], sentence) => {
  const folder = await folderFor(`usage ${name}`);
  const result = await run(join(folder, name), ...flags);
  expect(result.code).toBe(2);
  expectSentences(result, sentence);
  expect(await readdir(folder)).toEqual([]);
});

test('a pseudonymised export names nobody, and its rows are not in the order of the ids', async () => {
  const folder = await folderFor('pseudonymised');
  const out = join(folder, 'shared.json');
  const result = await run(out, '--pseudonymised', '--json');
  expect(result.code).toBe(0);
  expect(jsonOf(result)).toMatchObject({ pseudonymised: true, rows: 3 });
  const text = await readFile(out, 'utf8');
  expect(text).not.toMatch(/bulbasaur|charmander|squirtle|example\.test/i);
  const rows = JSON.parse(text) as Record<string, unknown>[];
  for (const row of rows) {
    expect(Object.keys(row)).not.toEqual(expect.arrayContaining(['id']));
    for (const identity of ['id', 'name', 'order', 'species', 'sprite_front_default']) {
      expect(row).not.toHaveProperty(identity);
    }
    expect(row['pokemon_key']).toMatch(/^[0-9a-f]{32}$/);
  }
  // Keys are random, and rows go by them.
  const keys = rows.map((row) => String(row['pokemon_key']));
  expect(keys).toEqual([...keys].sort());
  expect(new Set(keys).size).toBe(3);
});

describe('what cannot be exported ends with 1, a sentence, and nothing written', () => {
  test('a view file that is broken, newer, of no use, or not there', async () => {
    const folder = await folderFor('views');
    const out = join(folder, 'out.csv');
    const refused = async (content: unknown, sentence: RegExp, ...flags: string[]) => {
      const result = await run(out, '--view', await viewFile(folder, content), ...flags);
      expect(result.code).toBe(1);
      expectSentences(result, sentence);
      expect(await readdir(folder)).toEqual(['my view.pokeview.json']);
    };
    await refused('{"pokeview": 1, ', /^The view file is not JSON\.\n/);
    await refused({ pokeview: 3 }, /^The view file has format 3; .* up to 2\.\nUpdate the app/);
    await refused({ pokeview: 1, columns: ['nme'] }, /at columns\.0: no column is named “nme”\.\n/);
    const range = { kind: 'range', column: 'type_1', min: 1 };
    await refused(
      { pokeview: 1, filters: [range] },
      /filters\.0\.column: the column “type_1” holds no numbers\.\n/,
    );
    const wrong: [object, RegExp][] = [
      [
        { selections: [{ source: 'a', filter: { ...range, column: 'nme' } }] },
        /selections\.0\.filter: no column is named “nme”/,
      ],
      [
        { selections: [{ source: 'a', filter: range }] },
        /selections\.0\.filter: the column “type_1” holds no numbers/,
      ],
      [{ columns: ['id', 'nme'] }, /columns\.1: no column is named “nme”/],
      [{ sort: [{ column: 'nme' }] }, /sort\.0: no column is named “nme”/],
      [
        { cards: [HISTOGRAM, { ...HISTOGRAM, id: 'b', column: 'name' }] },
        /cards\.1: the column “name” holds no numbers/,
      ],
      [{ cards: [{ ...HISTOGRAM, bins: 1 }] }, /cards\.0\.bins: /],
      [{ filters: [] }, /filters/],
    ];
    for (const [parts, place] of wrong) {
      await refused({ pokeview: 2, ...parts }, place);
    }
    await refused(
      { pokeview: 1, cards: [HISTOGRAM, { ...HISTOGRAM, id: 'b', column: 'nme' }] },
      /at cards\.1: no column is named “nme”\.\n/,
    );
    const search = { kind: 'search', text: 'bulba' };
    await refused(
      { pokeview: 1, filters: [search] },
      /^The view filters or sorts by name, which is an identity column\.\n/,
      '--pseudonymised',
    );
    const missing = await run(out, '--view', join(folder, 'missing.json'));
    expect(missing.code).toBe(1);
    expectSentences(
      missing,
      /^The view file .*missing\.json cannot be read\.\nThere is no such file\.\n/,
    );
    const itself = await run(out, '--view', folder);
    expect(itself.code).toBe(1);
    expectSentences(itself, /^The view file .* cannot be read\.\nIt is a folder\.\n/);
  });

  test('a folder that is missing, or a folder for a file', async () => {
    const folder = await folderFor('places');
    const missing = await run(join(folder, 'no', 'x.csv'));
    expect(missing.code).toBe(1);
    expectSentences(missing, /^The folder .*no does not exist\.\nMake it first/);
    const itself = await run(folder, '--format', 'csv', '--json');
    expect(itself.code).toBe(1);
    expect(jsonOf(itself)).toMatchObject({
      error: { code: 'not-writable', message: `${folder} is a folder.` },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ['damaged', 'PAR1 nothing PAR1', /^The dataset cannot be read: [^]*\nRun refresh/],
    ['a folder', null, /pokemon\.parquet is not a file\.\nMove it away, then run refresh/],
  ])('a pokemon.parquet that is %s', async (how, content, sentence) => {
    const folder = await folderFor(`unreadable ${how}`);
    const parquet = join(folder, 'pokemon.parquet');
    if (content === null) await mkdir(parquet);
    else await writeFile(parquet, content);
    const out = join(folder, 'out.csv');
    const result = await runCli(['export', '--out', out, '--data', folder]);
    expect(result.code).toBe(1);
    expectSentences(result, sentence);
    expect(await readdir(folder)).toEqual(['log', 'pokemon.parquet']);
  });

  test.each(['pokemon.parquet', 'writer.lock', 'writer.json'])(
    'onto the app’s own %s',
    async (own) => {
      const before = await readFile(join(places.data, 'pokemon.parquet'));
      const result = await run(join(places.data, own), '--format', 'csv');
      expect(result.code).toBe(1);
      expectSentences(
        result,
        /(pokemon\.parquet|writer\.(lock|json)) belongs to the data folder\.\n/,
      );
      expect(await readFile(join(places.data, 'pokemon.parquet'))).toEqual(before);
    },
  );
});
