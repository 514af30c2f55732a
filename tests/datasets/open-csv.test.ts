import { readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openDataset } from '../../src/main/datasets/open';
import type { CsvChoices } from '../../src/preload/contract/opened';
import { temporaryFolder } from '../helpers/temporary-folder';
import { openAll } from './opened';

async function csv(content: string | Buffer, choices: CsvChoices = {}, name = 'data') {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, content);
  return openAll(path, { csv: choices });
}

/** A column that is something else behind row 25,000. */
function lying(early: string, late: string): string {
  const lines = Array.from({ length: 25_000 }, () => early);
  return ['n,v', ...[...lines, late, late].map((value, index) => `${index},${value}`)].join('\n');
}

describe('nothing is bent in silence', () => {
  test.each([
    ['1', '1.5', 'DOUBLE', '1.5', '2 values are not whole numbers, such as “1.5”: kept as DOUBLE.'],
    [
      '1',
      '01067',
      'VARCHAR',
      '01067',
      '2 values begin with a zero, such as “01067”: kept as text.',
    ],
    ['1', '+49', 'VARCHAR', '+49', '2 values are not exact numbers, such as “+49”: kept as text.'],
    ['1', 'n/a', 'VARCHAR', 'n/a', '2 values are not exact numbers, such as “n/a”: kept as text.'],
    [
      '1',
      '18446744073709551616',
      'HUGEINT',
      '18446744073709551616',
      '2 values are beyond 64 bits, such as “18446744073709551616”: kept as HUGEINT.',
    ],
    [
      '1.5',
      '9007199254740993.25',
      'DECIMAL(18,2)',
      '9007199254740993.25',
      '2 values have more digits than a DOUBLE holds, such as “9007199254740993.25”: kept as DECIMAL(18,2).',
    ],
    [
      '2024-01-01',
      '2024-01-02 10:11:12',
      'TIMESTAMP',
      '2024-01-02 10:11:12',
      '25,000 values are days without a time: read as midnight.',
    ],
    [
      '2024-01-01',
      'soon',
      'VARCHAR',
      'soon',
      '2 values are not days or times, such as “soon”: kept as text.',
    ],
    [
      'true',
      'maybe',
      'VARCHAR',
      'maybe',
      '2 values are not BOOLEAN as the first rows are: kept as text.',
    ],
    [
      '2024-01-01 00:00:00',
      '2024-01-01 00:00:00+02:00',
      'VARCHAR',
      '2024-01-01 00:00:00+02:00',
      '2 values are not TIMESTAMP as the first rows are: kept as text.',
    ],
  ])('%s for 25,000 rows, then %s', async (early, late, type, last, told) => {
    const opened = await csv(lying(early, late));
    expect(opened.types).toEqual([
      ['n', 'BIGINT'],
      ['v', type],
    ]);
    expect(opened.rows).toHaveLength(25_002);
    expect(opened.rows[25_001]).toEqual({ n: '25001', v: last });
    expect(opened.told['v']).toBe(told);
  });

  test('what fits its type from the first row to the last is told nothing of', async () => {
    const opened = await csv(
      `a,b,c,d,e,f,g,h,i
1,0.1,true,2024-02-29,10:00,2024-01-01T10:00:00,2024-01-01 10:00:00+02,2024-01-01 00:00:00.123456789,x
-2,1e5,FALSE,2023-12-31,23:59:59.5,2024-01-01 10:00,2024-06-01T10:00:00Z,2024-01-01 00:00:00,y
`,
    );
    expect(opened.types.map(([, type]) => type)).toEqual([
      'BIGINT',
      'DOUBLE',
      'BOOLEAN',
      'DATE',
      'TIME',
      'TIMESTAMP',
      'TIMESTAMP WITH TIME ZONE',
      'TIMESTAMP_NS',
      'VARCHAR',
    ]);
    expect(opened.rows[0]).toMatchObject({ b: '0.1', h: '2024-01-01 00:00:00.123456789' });
    expect(opened.rows[1]).toMatchObject({ a: '-2', b: '100000.0', c: 'false', e: '23:59:59.5' });
    expect(opened.notes).toEqual([]);
  });

  test.each([
    ['0.30000000000000004', 'DOUBLE'],
    ['1.000000000000000056e-01', 'DOUBLE'],
    ['12345.000000000000000', 'DOUBLE'],
    ['0.1234567890123456789', 'DECIMAL(20,19)'],
    ['1e400', 'VARCHAR'],
    ['1e-400', 'VARCHAR'],
    ['1_000', 'VARCHAR'],
  ])('%s beside 2.5 is %s', async (text, type) => {
    expect((await csv(`v\n${text}\n2.5\n`)).types).toEqual([['v', type]]);
  });

  test('spaces around values count for nothing, but in texts', async () => {
    const { types, rows } = await csv(
      'a,b,c,d,e\n 1, nan , true , 10:00 , x\n2 ,1.5,false,11:00,y \n',
    );
    expect(types.map(([, type]) => type)).toEqual([
      'BIGINT',
      'DOUBLE',
      'BOOLEAN',
      'TIME',
      'VARCHAR',
    ]);
    expect(rows).toEqual([
      { a: '1', b: 'nan', c: 'true', d: '10:00:00', e: ' x' },
      { a: '2', b: '1.5', c: 'false', d: '11:00:00', e: 'y ' },
    ]);
  });

  test('NaN and the infinities are not nulls', async () => {
    const { types, rows } = await csv('k,v\na,NaN\nb,-Infinity\nc,\nd,1.5\n');
    expect(types[1]).toEqual(['v', 'DOUBLE']);
    expect(rows.map(({ v }) => v)).toEqual(['nan', '-inf', null, '1.5']);
  });

  test('an empty field is null, a quoted empty one an empty text, in numbers both are null', async () => {
    const { rows } = await csv('t,n\na,1\n,\n"",""\nb,"2"\n');
    expect(rows).toEqual([
      { t: 'a', n: '1' },
      { t: null, n: null },
      { t: '', n: null },
      { t: 'b', n: '2' },
    ]);
  });

  test('days that may have the day or the month first stay text; where one tells, they are days', async () => {
    const doubtful = await csv('d\n01/02/2024\n03/04/2024\n');
    expect(doubtful.types).toEqual([['d', 'VARCHAR']]);
    expect(doubtful.told['d']).toMatch(/^2 values are days that may have the day or the month/);
    const sure = await csv('d\n01/02/2024\n31/04/2024\n30/04/2024\n'.replace('31/04', '31/05'));
    expect(sure.rows[0]).toEqual({ d: '2024-02-01' });
    expect((await csv('d\n1.2.2024 8:05\n')).types).toEqual([['d', 'VARCHAR']]);
    expect((await csv('d\n01.02.2024 08:05\n')).rows).toEqual([{ d: '2024-02-01 08:05:00' }]);
  });
});

describe('the decimal comma', () => {
  test('with points for thousands, in a file with semicolons and umlauts of Windows', async () => {
    const text = 'Größe;Preis;Menge\n1,85;1.234,50;3\n0,5;20,00;4\n';
    const opened = await csv(Buffer.from(text, 'latin1'));
    expect(opened.types).toEqual([
      ['Größe', 'DOUBLE'],
      ['Preis', 'DOUBLE'],
      ['Menge', 'BIGINT'],
    ]);
    expect(opened.rows[0]).toEqual({ Größe: '1.85', Preis: '1234.5', Menge: '3' });
    expect(opened.csv).toMatchObject({ decimal: ',', encoding: 'windows-1252' });
  });

  test('1,234 alone may be a thousand: text, until somebody says', async () => {
    const text = 'a;b\n1,234;x\n2,345;y\n';
    const opened = await csv(text);
    expect(opened.types[0]).toEqual(['a', 'VARCHAR']);
    expect(opened.told['a']).toMatch(/comma or point that may part decimals or thousands/);
    const said = await csv(text, { decimal: ',' });
    expect(said.rows[0]).toMatchObject({ a: '1.234' });
  });

  test('numbers with a point in such a file have it for decimals, or stay text where it may be thousands', async () => {
    const { types, rows } = await csv('x;y;z\n1,5;52.25;1.234\n2,5;7.5;5.678\n');
    expect(types).toEqual([
      ['x', 'DOUBLE'],
      ['y', 'DOUBLE'],
      ['z', 'VARCHAR'],
    ]);
    expect(rows[0]).toEqual({ x: '1.5', y: '52.25', z: '1.234' });
  });
});

describe('encodings', () => {
  const text = 'name,preis\nMüller €,5\nBär,6\n';
  const utf16be = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  test.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`), 'utf-8'],
    ['UTF-16LE', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16LE without a mark', Buffer.from(text, 'utf16le'), 'utf-16le'],
    ['UTF-16BE', utf16be, 'utf-16be'],
    ['Windows-1252', Buffer.from(text.replace('€', '\x80'), 'latin1'), 'windows-1252'],
  ])('%s', async (_, bytes, encoding) => {
    const opened = await csv(bytes);
    expect(opened.csv?.encoding).toBe(encoding);
    expect(opened.types).toEqual([
      ['name', 'VARCHAR'],
      ['preis', 'BIGINT'],
    ]);
    expect(opened.rows).toEqual([
      { name: 'Müller €', preis: '5' },
      { name: 'Bär', preis: '6' },
    ]);
  });

  test('a file that is plain for a megabyte and Windows-1252 in its last line', async () => {
    const opened = await csv(Buffer.from(`a,b\n${'x,1\n'.repeat(300_000)}é,2\n`, 'latin1'));
    expect(opened.rows.at(-1)).toEqual({ a: 'é', b: '2' });
    expect(opened.csv?.encoding).toBe('windows-1252');
  });

  test('one broken byte among umlauts of UTF-8 is told, and does not garble the others', async () => {
    const bytes = Buffer.concat([
      Buffer.from('a,b\nä,1\nö,2\n'),
      Buffer.from([0xff]),
      Buffer.from(',3\n'),
    ]);
    const opened = await csv(bytes);
    expect(opened.rows.map(({ a }) => a)).toEqual(['ä', 'ö', '�']);
    expect(opened.told['']).toBe('1 place is not valid UTF-8 and shown as “�”.');
  });

  test('a choice outdoes the guess', async () => {
    const opened = await csv(Buffer.from('a,b\nÃ¼,1\n', 'utf8'), { encoding: 'windows-1252' });
    expect(opened.rows[0]?.['a']).toBe('ÃƒÂ¼');
  });
});

describe('dialects', () => {
  test.each([
    ['commas', 'a,b\n1,x\n2,y\n'],
    ['tabs', 'a\tb\n1\tx\n2\ty\n'],
    ['semicolons', 'a;b\n1;x\n2;y\n'],
    ['bars', 'a|b\n1|x\n2|y\n'],
    ['lines that end as on Windows', 'a,b\r\n1,x\r\n2,y\r\n'],
    ['lines that end as on old Macs', 'a,b\r1,x\r2,y\r'],
    ['no end of the last line', 'a,b\n1,x\n2,y'],
    ['quotes', '"a","b"\n"1","x"\n"2","y"\n'],
    ['notes before the header', '# by somebody\n# in 2024\na,b\n1,x\n2,y\n'],
  ])('%s', async (_, text) => {
    const opened = await csv(text);
    expect(opened.types).toEqual([
      ['a', 'BIGINT'],
      ['b', 'VARCHAR'],
    ]);
    expect(opened.rows).toEqual([
      { a: '1', b: 'x' },
      { a: '2', b: 'y' },
    ]);
  });

  test('lines before the header are told of', async () => {
    const { told } = await csv('# by somebody\n# in 2024\na,b\n1,x\n2,y\n');
    expect(told['']).toBe('The first 2 lines are not part of the table: passed over.');
  });

  test('quotes that come late, with a delimiter, a line and a quote in them', async () => {
    const early = '1,x\n'.repeat(25_000);
    const { rows, notes } = await csv(`a,b\n${early}2,"p, ""q""\nr"\n3,"with \\"\n`);
    expect(rows.slice(25_000)).toEqual([
      { a: '2', b: 'p, "q"\nr' },
      { a: '3', b: 'with \\' },
    ]);
    expect(notes).toEqual([]);
  });

  test('lines that do not fit are counted and shown, also those that an open quote swallows', async () => {
    const { rows, told, notes } = await csv(
      'a,b,c\n1,2,3\n1,2\n1,2,3,4\n# a remark\n7,8,9\n4,"un,3\n5,6,7\n',
    );
    expect(rows).toEqual([
      { a: '1', b: '2', c: '3' },
      { a: '7', b: '8', c: '9' },
    ]);
    expect(notes[0]?.count).toBe(5);
    expect(told['']).toBe(
      '5 lines do not fit the table and are left out: line 3 (2 values instead of 3): “1,2”; ' +
        'line 4 (4 values instead of 3): “1,2,3,4”; line 5 (1 value instead of 3): “# a remark”; ….',
    );
  });

  test('without a header the first row is a row; a person may say otherwise', async () => {
    expect((await csv('1,2\n3,4\n')).rows).toHaveLength(2);
    const { types, rows } = await csv('1,2\n3,4\n', { header: true });
    expect(types.map(([name]) => name)).toEqual(['1', '2']);
    expect(rows).toHaveLength(1);
    expect((await csv('a,b\nc,d\n', { header: false })).rows).toHaveLength(2);
  });

  test('a chosen type holds, and what does not fit it is told', async () => {
    const opened = await csv('zip,v\n01067,1\nx,2\n', { types: { zip: 'BIGINT', v: 'VARCHAR' } });
    expect(opened.types).toEqual([
      ['zip', 'BIGINT'],
      ['v', 'VARCHAR'],
    ]);
    expect(opened.rows.map(({ zip }) => zip)).toEqual(['1067', null]);
    expect(opened.told['zip']).toBe('1 value cannot be read as BIGINT: shown as empty.');
    await expect(csv('a\n1\n', { types: { a: 'INT); DROP TABLE x' } })).rejects.toThrow(
      /cannot be read as/,
    );
  });
});

test('column names: double, in other case, empty, quoted, odd', async () => {
  const { types, rows } = await csv(
    `a,A,a,,"q""x",rowid,__proto__,😀,${'n'.repeat(300)}\n1,2,3,4,5,6,7,8,9\n`,
  );
  expect(types.map(([name]) => name)).toEqual([
    ...['a', 'A_1', 'a_2', 'column3', 'q"x', 'rowid', '__proto__', '😀', 'n'.repeat(300)],
  ]);
  expect(Object.values(rows[0] ?? {}).filter((value) => value !== null)).toHaveLength(8);
});

test('a type chosen for one column holds for no column named like a member of every object', async () => {
  const opened = await csv('v,constructor\n1,2\n', { types: { v: 'VARCHAR' } });
  expect(opened.types).toEqual([
    ['v', 'VARCHAR'],
    ['constructor', 'BIGINT'],
  ]);
});

test('2,000 columns', async () => {
  const names = Array.from({ length: 2000 }, (_, index) => `c${index}`);
  const opened = await csv(`${names.join(',')}\n${names.map((_, index) => index).join(',')}\n`);
  expect(opened.types[1999]).toEqual(['c1999', 'BIGINT']);
  expect(opened.rows[0]).toMatchObject({ c1999: '1999' });
});

test('packed, under any name, and nothing of it is left behind', async () => {
  const before = await leftovers();
  const folder = await temporaryFolder();
  const path = join(folder, 'notes.txt');
  const halves = [gzipSync('a,b\n1,x\n'), gzipSync('2,y\n')];
  await writeFile(path, Buffer.concat(halves));
  const scan = await openDataset(path);
  expect(scan).toMatchObject({ format: 'csv', rows: 2, name: 'notes.txt' });
  await scan.close();
  await writeFile(path, gzipSync('a,b\n'.repeat(1000)).subarray(0, 30));
  await expect(openDataset(path)).rejects.toMatchObject({
    code: 'not-readable',
    message: '“notes.txt” cannot be opened: its gzip packing is damaged or cut off.',
  });
  expect(await leftovers()).toEqual(before);
});

async function leftovers(): Promise<string[]> {
  const names = await readdir(tmpdir());
  return names.filter(
    (name) => name.startsWith('pokedex-open-') && name.includes(`-${process.pid}-`),
  );
}
