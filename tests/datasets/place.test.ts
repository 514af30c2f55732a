import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDataset } from '../../src/main/datasets/open';
import { temporaryFolder } from '../helpers/temporary-folder';

const bytes = (...values: number[]) => Buffer.from(values);

test.each([
  ['nothing', async () => {}, /there is no such file or folder\.$/],
  [
    'a pipe',
    async (path: string) => void execFileSync('mkfifo', [path]),
    /it is a pipe, not a file\.$/,
  ],
  ['a loop of links', (path: string) => symlink(path, path), /a link that leads back to itself\.$/],
  ['a folder of nothing', (path: string) => mkdir(path), /the folder holds no data files\.$/],
  ['an empty file', (path: string) => writeFile(path, ''), /it is empty\.$/],
  ['blank lines', (path: string) => writeFile(path, '\n \n\n'), /it is empty\.$/],
  [
    'a workbook',
    (path: string) => writeFile(path, 'PK\x03\x04 and more'),
    /a ZIP archive or an Excel workbook\.$/,
  ],
  [
    'a web page',
    (path: string) => writeFile(path, '<!DOCTYPE html><p>404</p>'),
    /it is a web page\.$/,
  ],
  [
    'a database',
    (path: string) => writeFile(path, 'SQLite format 3\0'),
    /it is an SQLite database\.$/,
  ],
  [
    'bytes',
    (path: string) => writeFile(path, bytes(0, 1, 2, 3, 0, 5, 6, 0xff)),
    /neither a table nor text\.$/,
  ],
  [
    'zstd, cut off',
    (path: string) => writeFile(path, bytes(0x28, 0xb5, 0x2f, 0xfd, 0x04)),
    /its zstd packing is damaged or cut off\.$/,
  ],
])('%s: one sentence and the next step', async (_, make, why) => {
  const path = join(await temporaryFolder(), 'thing.csv');
  await make(path);
  await expect(openDataset(path)).rejects.toMatchObject({
    code: 'not-readable',
    message: expect.stringMatching(why) as string,
    hint: expect.stringMatching(/^[A-Z].*\.$/) as string,
  });
});

test('a folder with a link to nothing, or to a pipe, says which link', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'a.csv'), 'a\n1\n');
  await symlink(join(folder, 'gone.csv'), join(folder, 'b.csv'));
  await expect(openDataset(folder)).rejects.toMatchObject({
    code: 'not-readable',
    message: expect.stringMatching(/the link “b\.csv” in it leads to no file\.$/) as string,
  });
});
