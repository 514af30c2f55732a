import { expect, test } from 'vitest';
import { deletedRows, deletionVectorFile } from '../../src/main/delta/deletion-vector';
import { roaringNumbers } from '../../src/main/delta/roaring-bitmap';
import { z85Decoded } from '../../src/main/delta/z85';
import { ForeignTable, roaringBytes, u16, u32, vectorFile } from '../helpers/foreign-delta';

// The examples of PROTOCOL.md, “Deletion Vector Descriptor Schema”.
const INLINE = {
  storageType: 'i',
  pathOrInlineDv: 'wi5b=000010000siXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L',
  sizeInBytes: 40,
  cardinality: 6,
};
const IN_FILE = {
  storageType: 'u',
  pathOrInlineDv: 'ab^-aqEH.-t@S}K{vb[*k^',
  offset: 1,
  sizeInBytes: 40,
  cardinality: 6,
};
const ROWS = [3, 4, 7, 11, 18, 29];

test('Z85 reads the example of its RFC', () => {
  expect(z85Decoded('HelloWorld').toString('hex')).toBe('864fd26fb559f75b');
});

test.each(['Hello1', 'Hell"', '#####'])('%j is not Z85', (text) => {
  expect(() => z85Decoded(text)).toThrow(RangeError);
});

test('a vector in the log tells its rows', async () => {
  expect(await deletedRows('/nowhere', INLINE)).toEqual(ROWS);
});

test('the same rows in the portable format and in Delta’s own, little-endian', () => {
  const bitmap = Buffer.concat([u32(12346, 1), u16(0, 5), u32(16), u16(...ROWS)]);
  expect(roaringNumbers(roaringBytes(ROWS))).toEqual(ROWS);
  expect(roaringNumbers(Buffer.concat([u32(1681511376, 1, bitmap.length), bitmap]))).toEqual(ROWS);
});

test('a vector in a file of the table is found by its random prefix and identifier', async () => {
  const path = 'ab/deletion_vector_d2c639aa-8816-431a-aaf6-d3fe2512ff61.bin';
  expect(deletionVectorFile('/t', IN_FILE)).toBe(`/t/${path}`);
  const table = await ForeignTable.create();
  await table.file(path, vectorFile(z85Decoded(INLINE.pathOrInlineDv)));
  expect(await deletedRows(table.folder, IN_FILE)).toEqual(ROWS);
});

test('a vector at an absolute place is read from there', async () => {
  const table = await ForeignTable.create();
  await table.file('a b.bin', vectorFile(z85Decoded(INLINE.pathOrInlineDv)));
  const pathOrInlineDv = `file://${table.folder}/a%20b.bin`;
  const vector = { ...IN_FILE, storageType: 'p', pathOrInlineDv };
  expect(await deletedRows('/nowhere', vector)).toEqual(ROWS);
});

test('a vector that was changed on disk is not believed', async () => {
  const content = vectorFile(z85Decoded(INLINE.pathOrInlineDv));
  content[30] = (content[30] ?? 0) ^ 1;
  const table = await ForeignTable.create();
  await table.file('ab/deletion_vector_d2c639aa-8816-431a-aaf6-d3fe2512ff61.bin', content);
  await expect(deletedRows(table.folder, IN_FILE)).rejects.toThrow('checksum');
});

test('a vector with another number of rows than the log says is not believed', async () => {
  await expect(deletedRows('/nowhere', { ...INLINE, cardinality: 7 })).rejects.toThrow('6 rows');
});

test('each kind of container is read, in order, in two buckets', () => {
  const bits = Buffer.alloc(8192);
  for (let value = 0; value < 65536; value += 2) bits[value >> 3] = 0b01010101;
  const numbers = roaringNumbers(
    Buffer.concat([
      u32(1681511377),
      u32(2, 0), // buckets
      u32(0), // high half of the first
      u32(12347 | (2 << 16)), // three containers, some of runs
      Buffer.from([0b010]), // of runs is the second
      u16(0, 1, 1, 9, 5, 32767), // key and count less one, of each
      u16(5, 65535), // an array
      u16(2, 0, 2, 100, 7), // two runs
      bits,
      u32(1), // high half of the second
      u32(12346, 1),
      u16(0, 0),
      u32(16),
      u16(42),
    ]),
  );
  expect(numbers.slice(0, 13)).toEqual([
    5, 65535, 65536, 65537, 65538, 65636, 65637, 65638, 65639, 65640, 65641, 65642, 65643,
  ]);
  expect(numbers.slice(13, 16)).toEqual([5 * 65536, 5 * 65536 + 2, 5 * 65536 + 4]);
  expect(numbers.slice(-2)).toEqual([5 * 65536 + 65534, 2 ** 32 + 42]);
  expect(numbers).toHaveLength(2 + 11 + 32768 + 1);
});

test.each([
  ['of another format', u32(1, 0, 0)],
  ['cut short', z85Decoded(INLINE.pathOrInlineDv).subarray(0, 30)],
  ['with more buckets than bytes', u32(1681511377, 0xffffffff, 0)],
])('a bitmap %s is an error', (_, bytes) => {
  expect(() => roaringNumbers(bytes)).toThrow(RangeError);
});
