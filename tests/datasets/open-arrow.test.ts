import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CompressionType,
  dateDay,
  decimal,
  dictionary,
  duration,
  float32,
  int64,
  list,
  map,
  setCompressionCodec,
  struct,
  field,
  tableFromArrays,
  tableToIPC,
  timestamp,
  TimeUnit,
  uint8,
  utf8,
} from '@uwdata/flechette';
import lz4 from 'lz4js';
import { expect, test } from 'vitest';
import { openDataset } from '../../src/main/datasets/open';
import { temporaryFolder } from '../helpers/temporary-folder';
import { openAll } from './opened';

const table = tableFromArrays(
  {
    big: [9007199254740993n, -1n, null],
    small: [255, 0, null],
    f: [0.1, NaN, null],
    text: ['ü', '', null],
    word: ['a', 'a', 'b'],
    money: [1.5, -0.05, null],
    day: [new Date('1969-12-31'), new Date('2024-02-29'), null],
    at: [1000, 0, null],
    zoned: [1_700_000_000_123, 0, null],
    flags: [true, false, null],
    numbers: [[1n, null], [], null],
    thing: [{ x: 'p', y: 1n }, { x: null, y: 2n }, null],
    pairs: [[['k', 1n]], [], null],
  },
  {
    types: {
      big: int64(),
      small: uint8(),
      f: float32(),
      text: utf8(),
      word: dictionary(utf8()),
      money: decimal(10, 2, 128),
      day: dateDay(),
      at: timestamp(TimeUnit.NANOSECOND),
      zoned: timestamp(TimeUnit.MILLISECOND, 'Europe/Berlin'),
      numbers: list(int64()),
      thing: struct([field('x', utf8()), field('y', int64())]),
      pairs: map(utf8(), int64()),
    },
  },
);

function ipc(format: 'file' | 'stream', codec?: 0 | 1): Uint8Array {
  setCompressionCodec(CompressionType.LZ4_FRAME, {
    encode: (data) => lz4.compress(data),
    decode: (data) => lz4.decompress(data),
  });
  const bytes = tableToIPC(table, { format, ...(codec === undefined ? {} : { codec }) });
  if (bytes === null) throw new Error('nothing was written');
  return bytes;
}

test.each([
  ['a file', () => ipc('file')],
  ['a stream', () => ipc('stream')],
  ['LZ4, as pyarrow writes it', () => ipc('file', CompressionType.LZ4_FRAME)],
])('%s: every value exact', async (_, make) => {
  const path = join(await temporaryFolder(), 'data.txt');
  await writeFile(path, make());
  const { types, rows, format } = await openAll(path);
  expect(format).toBe('arrow');
  expect(types).toEqual([
    ['big', 'BIGINT'],
    ['small', 'UTINYINT'],
    ['f', 'FLOAT'],
    ['text', 'VARCHAR'],
    ['word', 'VARCHAR'],
    ['money', 'DECIMAL(10,2)'],
    ['day', 'DATE'],
    ['at', 'TIMESTAMP_NS'],
    ['zoned', 'TIMESTAMP WITH TIME ZONE'],
    ['flags', 'BOOLEAN'],
    ['numbers', 'BIGINT[]'],
    ['thing', 'STRUCT(x VARCHAR, y BIGINT)'],
    ['pairs', 'MAP(VARCHAR, BIGINT)'],
  ]);
  expect(rows[0]).toMatchObject({
    big: '9007199254740993',
    small: '255',
    f: '0.1',
    text: 'ü',
    word: 'a',
    money: '1.50',
    day: '1969-12-31',
    at: '1970-01-01 00:00:01',
    flags: 'true',
    numbers: '[1, NULL]',
    thing: "{'x': p, 'y': 1}",
    pairs: '{k=1}',
  });
  expect(rows[1]).toMatchObject({ big: '-1', f: 'nan', text: '', money: '-0.05', numbers: '[]' });
  expect(new Set(Object.values({ ...rows[2], word: null }))).toEqual(new Set([null]));
});

test('a cut-off file: one sentence', async () => {
  const path = join(await temporaryFolder(), 'cut.arrow');
  await writeFile(path, ipc('file').subarray(0, 700));
  await expect(openDataset(path)).rejects.toMatchObject({
    code: 'not-readable',
    message: '“cut.arrow” cannot be opened: it is not a whole Arrow file.',
  });
});

test('durations keep their microseconds, their sign and more than 49 days', async () => {
  const path = join(await temporaryFolder(), 'd.arrow');
  const durations = tableFromArrays(
    { d: [1n, -5_000_001n, 7_200_000_000_001n, null] },
    { types: { d: duration(TimeUnit.MICROSECOND) } },
  );
  await writeFile(path, tableToIPC(durations, { format: 'file' }) ?? '');
  const opened = await openAll(path);
  expect(opened.types).toEqual([['d', 'INTERVAL']]);
  expect(opened.rows.map(({ d }) => d)).toEqual([
    '00:00:00.000001',
    '-00:00:05.000001',
    '2000:00:00.000001',
    null,
  ]);
});
