import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parquetColumns, parquetRows, queryRows } from '../helpers/parquet-rows';
import { runCli } from '../helpers/run-cli';
import { temporaryFolder } from '../helpers/temporary-folder';
import { expectSentences, jsonOf } from './json-output';
import { publishedData } from './published-data';

const places = publishedData();

async function fileOf(content: string, name = 'data.csv'): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, content);
  return path;
}

describe('query --with', () => {
  test('files of several formats, joined with each other and with the dataset', async () => {
    const owners = await fileOf('id,owner\n1,Ann\n7,Bob\n');
    const prices = await fileOf('{"data":[{"owner":"Ann","price":0.5},{"owner":"Bob","price":2}]}');
    const result = await runCli([
      'query',
      `SELECT p.name, o.owner, prices.price FROM pokemon p JOIN o USING (id) JOIN prices USING (owner) ORDER BY id`,
      ...['--with', `o=${owners}`, '--with', `prices=${prices}`, '--data', places.data],
      ...['--format', 'csv'],
    ]);
    expect(result.code).toBe(0);
    expect(result.stdout).toBe('name,owner,price\nBulbasaur,Ann,0.5\nSquirtle,Bob,2.0\n');
    expect(result.stderr).toMatch(/^data\.csv: The rows are the list “data”/);
  });

  test('without a published dataset too; the path may have an equals sign in it', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'year=2024.csv');
    await rename(await fileOf('a\n1\n2\n'), path);
    const result = await runCli([
      ...['query', 'SELECT sum(a) AS n, (FROM t ORDER BY a LIMIT 1) AS first FROM t'],
      ...['--with', `t=${path}`, '--data', join(folder, 'nothing'), '--json'],
    ]);
    expect(jsonOf(result)).toEqual([{ n: 3, first: 1 }]);
  });

  test('a query still reaches no file by itself, the opened one included', async () => {
    const path = await fileOf('a\n1\n');
    for (const sql of [
      `FROM read_csv('${path}')`,
      `FROM '${path}'`,
      `FROM glob('*')`,
      `COPY t TO '${path}'`,
      'DROP TABLE t',
    ]) {
      const result = await runCli(['query', sql, '--with', `t=${path}`, '--data', places.data]);
      expect([sql, result.code]).toEqual([sql, 1]);
    }
    expect(await readFile(path, 'utf8')).toBe('a\n1\n');
  });

  test.each([
    ['pokemon=x.csv', /The name pokemon is taken: choose another\.\n/],
    ['Changes=x.csv', /The name Changes is taken/],
    ['x.csv', /Give NAME=PATH, the name of letters, figures and _\.\n/],
    ['a b=x.csv', /Give NAME=PATH/],
    ['=x.csv', /Give NAME=PATH/],
    ['t=', /Give NAME=PATH/],
  ])('%s is a slip of the hand: 2', async (flag, sentence) => {
    const result = await runCli(['query', 'SELECT 1', '--with', flag, '--data', places.data]);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(sentence);
  });

  test('two tables of one name, and a file that is not there', async () => {
    const path = await fileOf('a\n1\n');
    const flags = ['--data', places.data, '--with', `t=${path}`];
    expect((await runCli(['query', 'FROM t', ...flags, '--with', `T=${path}`])).code).toBe(2);
    const gone = await runCli(['query', 'FROM t', ...flags, '--with', `u=${path}x`]);
    expect(gone.code).toBe(1);
    expectSentences(gone, /^“data\.csvx” cannot be opened: there is no such file or folder\.\n/);
  });
});

describe('export --from', () => {
  const ODD = `zip,big,money,f,n,at,t
01067,9007199254740993,9007199254740993.25,NaN,1,2024-01-01 10:00:00,=1+1
10115,18446744073709551616,0.50,1.5,,2024-01-01 10:00:00,"a,""b"
`;

  async function exported(name: string, ...flags: string[]) {
    const from = await fileOf(ODD);
    const out = join(await temporaryFolder(), name);
    const result = await runCli([
      ...['export', '--from', from, '--out', out, '--data', places.data, ...flags],
    ]);
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/^data\.csv, column zip: 1 value begins with a zero/m);
    return out;
  }

  test('Parquet keeps every value exactly, integers beyond 64 bits too', async () => {
    const out = await exported('out.parquet');
    expect(await parquetColumns(out)).toEqual([
      ['zip', 'VARCHAR'],
      ['big', 'DECIMAL(38,0)'],
      ['money', 'DECIMAL(18,2)'],
      ['f', 'DOUBLE'],
      ['n', 'BIGINT'],
      ['at', 'TIMESTAMP'],
      ['t', 'VARCHAR'],
    ]);
    expect(
      await queryRows(`SELECT big::VARCHAR AS big, money::VARCHAR AS money FROM '${out}'`),
    ).toEqual([
      { big: '9007199254740993', money: '9007199254740993.25' },
      { big: '18446744073709551616', money: '0.50' },
    ]);
    expect(await parquetRows(out)).toMatchObject([{ f: NaN }, { f: 1.5, n: null }]);
  });

  test('JSON bends no number and names what is none', async () => {
    const rows: unknown = JSON.parse(await readFile(await exported('out.json'), 'utf8'));
    expect(rows).toEqual([
      {
        ...{ zip: '01067', big: '9007199254740993', money: '9007199254740993.25', f: 'NaN', n: 1 },
        ...{ at: '2024-01-01 10:00:00', t: '=1+1' },
      },
      {
        ...{ zip: '10115', big: '18446744073709551616', money: 0.5, f: 1.5, n: null },
        ...{ at: '2024-01-01 10:00:00', t: 'a,"b' },
      },
    ]);
  });

  test('CSV is what was read; for spreadsheets with a decimal comma and no formulas', async () => {
    expect(await readFile(await exported('out.csv'), 'utf8')).toBe(ODD);
    const sheet = await readFile(
      await exported('sheet.csv', '--for-spreadsheets', '--decimal', 'comma'),
      'utf8',
    );
    expect(sheet.split('\r\n').slice(0, 2)).toEqual([
      '\uFEFFzip;big;money;f;n;at;t',
      `01067;9007199254740993;9007199254740993,25;NaN;1;2024-01-01 10:00:00;'=1+1`,
    ]);
  });

  test('with a view: its filters, columns and order, ties as they stand in the file', async () => {
    const from = await fileOf('city;size;at\nBonn;2,5;x\nUlm;1;y\nKiel;2,5;z\nAalen;;w\n');
    const view = await fileOf(
      JSON.stringify({
        pokeview: 2,
        title: 'Large',
        selections: [
          { source: 'size', filter: { kind: 'range', column: 'size', min: 1, max: 3 } },
          { source: 'at', filter: { kind: 'one-of', columns: ['at'], values: ['x', 'z'] } },
        ],
        sort: [{ column: 'size', direction: 'desc' }],
        columns: ['size', 'city'],
        cards: [{ id: 'c', title: 'Size', kind: 'histogram', width: 4, column: 'size' }],
      }),
      'large.pokeview.json',
    );
    const out = join(await temporaryFolder(), 'large.csv');
    const result = await runCli([
      ...['export', '--from', from, '--view', view, '--out', out, '--data', places.data, '--json'],
    ]);
    expect(jsonOf(result)).toMatchObject({ rows: 2, columns: ['size', 'city'] });
    expect(await readFile(out, 'utf8')).toBe('size,city\n2.5,Bonn\n2.5,Kiel\n');
  });

  test.each([
    [
      { pokeview: 2, title: 'X', columns: ['bmi'] },
      '“data.csv” at columns.0: no column is named “bmi”.',
    ],
    [
      {
        pokeview: 2,
        title: 'X',
        selections: [{ source: 'a', filter: { kind: 'range', column: 'b', min: 1, max: 2 } }],
      },
      '“data.csv” at selections.0.filter: ',
    ],
    [{ pokeview: 1, title: 'X' }, 'This view is of the Pokémon, not of this table.'],
  ])('a view that does not fit is refused in one sentence: %j', async (view, sentence) => {
    const from = await fileOf('a,b\n1,x\n');
    const out = join(await temporaryFolder(), 'out.csv');
    const file = await fileOf(JSON.stringify(view), 'x.pokeview.json');
    const result = await runCli([
      ...['export', '--from', from, '--view', file, '--out', out, '--data', places.data],
    ]);
    expect(result.code).toBe(1);
    expectSentences(result, /^(The view does not fit “|This view is of the Pokémon)/);
    expect(result.stderr).toContain(sentence);
    await expect(readFile(out)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('a file may be written over itself, a bad one changes nothing', async () => {
    const path = await fileOf('a;b\n1,5;x\n', 'data.csv');
    const over = ['export', '--from', path, '--out', path, '--data', places.data];
    expect((await runCli(over)).code).toBe(0);
    expect(await readFile(path, 'utf8')).toBe('a,b\n1.5,x\n');
    await writeFile(path, 'PAR1 and nothing');
    const failed = await runCli(over);
    expect(failed.code).toBe(1);
    expectSentences(failed, /^“data\.csv” cannot be opened: its end is missing/);
    expect(await readFile(path, 'utf8')).toBe('PAR1 and nothing');
  });
});
