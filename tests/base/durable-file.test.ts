import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withoutFirst, writePieces } from '../../src/main/base/durable-file';
import { temporaryFolder } from '../helpers/temporary-folder';

const PIECES = ['one', '', 'two', 'three'].map((text) => Buffer.from(text));

test.each([
  [0, ['one', '', 'two', 'three']],
  [2, ['e', '', 'two', 'three']],
  [3, ['two', 'three']],
  [6, ['three']],
  [10, ['e']],
  [11, []],
])('behind the first %i bytes the rest is %j', (bytes, rest) => {
  const left = withoutFirst(bytes, PIECES);
  expect(left.map((piece) => Buffer.from(piece).toString())).toEqual(rest);
});

test('more pieces than the system writes at once are written in order', async () => {
  const path = join(await temporaryFolder(), 'pieces');
  // Linux takes 1,024 a call (IOV_MAX).
  const pieces = Array.from({ length: 3000 }, (_, index) => Buffer.from(`${index},`));
  const file = openSync(path, 'wx');
  try {
    await writePieces(file, pieces);
  } finally {
    closeSync(file);
  }
  expect(await readFile(path, 'utf8')).toBe(Buffer.concat(pieces).toString());
});
