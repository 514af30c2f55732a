import { copyFile, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { changedFiles } from '../../src/main/base/file-stamps';
import { openDataset } from '../../src/main/datasets/open';
import { queryRows } from '../helpers/parquet-rows';
import { temporaryFolder } from '../helpers/temporary-folder';
import { openAll } from './opened';

const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;

async function parquet(path: string, select: string): Promise<string> {
  await mkdir(join(path, '..'), { recursive: true });
  await queryRows(`COPY (${select}) TO ${quoted(path)} (FORMAT parquet)`);
  return path;
}

test('a file by any name: glob signs, spaces, quotes, key=value, packed, called .csv', async () => {
  const folder = await temporaryFolder();
  const plain = await parquet(join(folder, 'plain.parquet'), 'SELECT 1 AS a');
  for (const name of ['x[1]*?.parquet', "it's “ü” 🎉.csv", 'b\\s[d]', 'year=2024/f']) {
    const path = join(folder, 'k=v', name);
    await mkdir(join(path, '..'), { recursive: true });
    await copyFile(plain, path);
    const opened = await openAll(path);
    expect(opened).toMatchObject({ format: 'parquet', types: [['a', 'INTEGER']] });
    expect(opened.rows).toEqual([{ a: '1' }]);
  }
  const packed = join(folder, 'packed');
  await writeFile(packed, gzipSync(await readFile(plain)));
  expect((await openAll(packed)).rows).toEqual([{ a: '1' }]);
});

test('what Spark writes: its parts in order, not its marks, checksums and leftovers', async () => {
  const folder = await temporaryFolder();
  for (const part of [1, 0, 2]) {
    await parquet(
      join(folder, `part-0000${part}-x.snappy.parquet`),
      `SELECT ${part} AS n, 'x' AS s`,
    );
  }
  await writeFile(join(folder, '_SUCCESS'), '');
  await writeFile(join(folder, '.part-00000.crc'), 'crc\0\0');
  await writeFile(join(folder, '._part-00000-x.snappy.parquet'), '\0\0');
  await parquet(join(folder, '_temporary/0/part-00003.parquet'), 'SELECT 3 AS n');
  const opened = await openAll(folder);
  expect(opened.rows.map(({ n }) => n)).toEqual(['0', '1', '2']);
  expect(opened.notes).toEqual([]);
  expect(opened.files).toHaveLength(3);
});

test('folders are partitions when the folder of them is opened, and never otherwise', async () => {
  const folder = join(await temporaryFolder(), 'outer=1', 'sales');
  for (const [year, zip] of [
    ['2023', '01067'],
    ['2024', '10115'],
    ['2024', '__HIVE_DEFAULT_PARTITION__'],
  ]) {
    await parquet(
      join(folder, `year=${year}/zip=${zip}/f.parquet`),
      `SELECT ${year} AS v, 'own' AS zip`,
    );
  }
  const opened = await openAll(folder);
  expect(opened.types).toEqual([
    ['v', 'INTEGER'],
    ['year', 'BIGINT'],
    ['zip', 'VARCHAR'],
  ]);
  expect(opened.rows).toEqual([
    { v: '2023', year: '2023', zip: '01067' },
    { v: '2024', year: '2024', zip: '10115' },
    { v: '2024', year: '2024', zip: null },
  ]);
  const one = await openAll(join(folder, 'year=2023/zip=01067/f.parquet'));
  expect(one.rows).toEqual([{ v: '2023', zip: 'own' }]);
  const year = await openAll(join(folder, 'year=2024'));
  expect(year.types.map(([name]) => name)).toEqual(['v', 'zip']);
});

test('a partition’s name is what Spark escaped', async () => {
  const folder = await temporaryFolder();
  await parquet(join(folder, 'at=2024-01-01 10%3A00%3A00/f.parquet'), 'SELECT 1 AS a');
  await parquet(join(folder, 'at=100%/f.parquet'), 'SELECT 2 AS a');
  expect((await openAll(folder)).rows.map(({ at }) => at)).toEqual(['100%', '2024-01-01 10:00:00']);
});

test('files of one folder may have other columns and wider types: told, and nothing is bent', async () => {
  const folder = await temporaryFolder();
  await parquet(join(folder, '1'), 'SELECT 1 AS a, 5 AS b');
  await parquet(join(folder, '2'), `SELECT 1.5::DOUBLE AS a, 'x' AS c`);
  await writeFile(join(folder, 'README.md'), '# About');
  const { rows, told } = await openAll(folder);
  expect(rows).toEqual([
    { a: '1.0', b: '5', c: null },
    { a: '1.5', b: null, c: 'x' },
  ]);
  expect(told).toEqual({
    '': '1 other file in it is empty or of another kind: left out.',
    a: 'Its type differs between the files (DOUBLE, INTEGER): the widest is used.',
    b: '1 of 2 files lack it: empty there.',
    c: '1 of 2 files lack it: empty there.',
  });
});

test('a pattern is one where somebody types it', async () => {
  const folder = await temporaryFolder();
  await parquet(join(folder, 'a1.parquet'), 'SELECT 1 AS a');
  await parquet(join(folder, 'a2.parquet'), 'SELECT 2 AS a');
  await parquet(join(folder, 'b.parquet'), 'SELECT 3 AS a');
  expect((await openAll(join(folder, 'a?.parquet'))).rows).toHaveLength(2);
  expect((await openAll(join(folder, '*'))).rows).toHaveLength(3);
  await expect(openDataset(join(folder, 'c*.parquet'))).rejects.toThrow(
    /no file fits this pattern/,
  );
});

test('every type of value stays what it is', async () => {
  const folder = await temporaryFolder();
  const path = await parquet(
    join(folder, 'types'),
    `SELECT 9007199254740993 AS big, 18446744073709551615::UBIGINT AS unsigned, 1.50::DECIMAL(10,2) AS money,
      0.1::FLOAT AS f, 'NaN'::DOUBLE AS nan, '-inf'::DOUBLE AS inf, TIMESTAMPTZ '2024-01-01 00:00:00+00' AS tz,
      '2024-01-01 00:00:00.123456789'::TIMESTAMP_NS AS ns, [1, NULL] AS list, {'a': {'b': 'x'}} AS struct,
      MAP {'k': 1} AS map, '\\xFF\\x00'::BLOB AS bytes, uuid() AS id, NULL::VARCHAR AS nothing,
      'ש'::VARCHAR AS rtl, 1 AS "q""uote", 2 AS rowid, 3 AS "__proto__"`,
  );
  const { rows } = await openAll(path);
  const [oracle] = await queryRows(`SELECT columns(*)::VARCHAR FROM read_parquet(${quoted(path)})`);
  expect(rows[0]).toEqual(oracle);
  expect(rows[0]).toMatchObject({ big: '9007199254740993', money: '1.50', f: '0.1', nan: 'nan' });
});

test('a change on disk is seen by what was stamped, also one of the same size and time', async () => {
  const folder = await temporaryFolder();
  const path = await parquet(join(folder, 'a'), 'SELECT 1 AS a');
  const scan = await openDataset(path);
  expect(await changedFiles(scan.files)).toEqual([]);
  await parquet(path, 'SELECT 2 AS a');
  expect(await changedFiles(scan.files)).toEqual([path]);
  await rm(path);
  expect(await changedFiles(scan.files)).toEqual([path]);
  await scan.close();
});

test('cut off, garbled, empty: one sentence each', async () => {
  const folder = await temporaryFolder();
  const path = await parquet(
    join(folder, 'a.parquet'),
    `SELECT range AS a, 'text' || range AS b FROM range(9999)`,
  );
  const whole = await readFile(path);
  const garbled = Buffer.from(whole);
  garbled.fill(0x5a, 4, 4000);
  const cases: [content: Buffer, why: RegExp][] = [
    [whole.subarray(0, -20), /its end is missing: it is cut off, or still being written\.$/],
    [garbled, /it is damaged or not complete \(/],
    [Buffer.from('PAR1'), /its end is missing/],
    [Buffer.from('PARE and more'), /it is encrypted\.$/],
    [Buffer.alloc(0), /it is empty\.$/],
  ];
  for (const [content, why] of cases) {
    await writeFile(path, content);
    const failure: unknown = await openDataset(path).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'not-readable',
      message: expect.stringMatching(why) as string,
      hint: expect.stringMatching(/^[A-Z].*\.$/) as string,
    });
    expect((failure as Error).message).not.toContain(folder);
  }
  await truncate(path, 0);
});

/** By pyarrow: id INT32, wide DECIMAL(60,2), s STRUCT(a, w DECIMAL(39,2)[]), dec DECIMAL(38,2); one row of 1 and 1.10. */
const WIDE_DECIMALS = `
UEFSMRUAFRQVOCwVAhUAFQYVBhwAAAAfiwgAAAAAAAIDY2JgYGBiZASSAJVXay8KAAAAFQAVQBU6LBUCFQAVBhUGHAAAAB+L
CAAAAAAAAgNjYmBgYGJkwAXyAJz1IuYgAAAAFQAVFBU4LBUCFQAVBhUGHAAAAB+LCAAAAAAAAgNjYmBgYGJiBJIARS3LaAoA
AAAVABU6FUAsFQIVABUGFQYcAAAAH4sIAAAAAAACA2NiYGBgAkIgycKABvIAch+9ZR0AAAAVABUsFTosFQIVABUGFQYcAAAA
H4sIAAAAAAACA2NiYGBgYmRABXkA/5QBrhYAAAAVBBmcNQAYBnNjaGVtYRUIABUCJQIYAmlkABUOFTQVAhgEd2lkZSUKFQQV
eCxcFQQVeAAAADUCGAFzFQQAFQIlAhgBYQA1AhgBdxUCFQZMPAAAADUEGARsaXN0FQIAFQ4VIhUCGAdlbGVtZW50JQoVBBVO
LFwVBBVOAAAAFQ4VIBUCGANkZWMlChUEFUwsXBUEFUwAAAAWAhkcGVwmABwVAhklBgAZGAJpZBUEFgIWOhZeJghJHBUAFQAV
AgA8KQYZJgACAAAAJgAcFQ4ZJQYAGRgEd2lkZRUEFgIWZhZgJmZJHBUAFQAVAgA8KQYZJgACAAAAJgAcFQIZJQYAGSgBcwFh
FQQWAhY6Fl4mxgFJHBUAFQAVAgA8KQYZNgAAAgAAACYAHBUOGSUGABlIAXMBdwRsaXN0B2VsZW1lbnQVBBYCFmAWZiakAkkc
FQAVABUCADwpJgIAGVYAAAAAAgAAACYAHBUOGSUGABkYA2RlYxUEFgIWUhZgJooDSRwVABUAFQIAPCkGGSYAAgAAABaMAxYC
JggW4gMAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI2LjAuMRlcHAAAHAAAHAAAHAAAHAAAAM0BAABQQVIx`;

test('decimals of more than 38 digits, which DuckDB reads as other numbers, are left out and told', async () => {
  const path = join(await temporaryFolder(), 'wide.parquet');
  await writeFile(path, Buffer.from(WIDE_DECIMALS, 'base64'));
  const opened = await openAll(path);
  expect(opened.rows).toEqual([{ id: '1', dec: '1.10' }]);
  expect(opened.told).toEqual({
    wide: 'Its numbers may have 60 digits, more than DuckDB’s DECIMAL: the column is left out.',
    s: 'Its numbers may have 39 digits, more than DuckDB’s DECIMAL: the column is left out.',
  });
});

/** By pyarrow: at INT96, one row of 2024-01-01 00:00:00.123456789. */
const INT96 = `
UEFSMRUAFSQVSiwVAhUAFQYVBhwAAAAfiwgAAAAAAAIDY2JgYGBiFD0bzQ5kMEzvUmUAAKfF4qESAAAAFQQZLDUAGAZzY2hl
bWEVAgAVBiUCGAJhdAAWAhkcGRwmABwVBhklBgAZGAJhdBUEFgIWShZwJghJHBUAFQAVAgA8KQYZJgACAAAAFkoWAiYIFnAA
KCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI2LjAuMRkcHAAAAHwAAABQQVIx`;

test('moments of INT96 are read to the microsecond, and that is told', async () => {
  const path = join(await temporaryFolder(), 'int96.parquet');
  await writeFile(path, Buffer.from(INT96, 'base64'));
  const opened = await openAll(path);
  expect(opened.rows).toEqual([{ at: '2024-01-01 00:00:00.123456' }]);
  expect(opened.told).toEqual({
    at: 'Its moments are stored as INT96: read to the microsecond.',
  });
});
