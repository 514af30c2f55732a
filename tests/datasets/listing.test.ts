import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDataset } from '../../src/main/datasets/open';
import { reachOf } from '../../src/main/datasets/listing';
import { temporaryFolder } from '../helpers/temporary-folder';

async function folderOf(...places: string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const place of places) await put(folder, place);
  return folder;
}

async function put(folder: string, place: string, text = '{"a":1}\n'): Promise<void> {
  await mkdir(join(folder, place, '..'), { recursive: true });
  await writeFile(join(folder, place), text);
}

async function opened(reference: string) {
  const scan = await openDataset(reference);
  const hasNew = async () => scan.listing?.hasNew(scan.format);
  return { scan, hasNew };
}

test('a file that comes to an opened folder is seen, in a new folder in it too', async () => {
  for (const place of ['b.ndjson', 'new/deep/b.ndjson', 'day=2/b.ndjson']) {
    const folder = await folderOf('day=1/a.ndjson');
    const { hasNew } = await opened(folder);
    expect(await hasNew()).toBe(false);
    await put(folder, place);
    expect([place, await hasNew()]).toEqual([place, true]);
  }
});

test('what would not be read is none: marks, hidden files, other formats, what goes again', async () => {
  const folder = await folderOf('a.ndjson');
  const { hasNew } = await opened(folder);
  await put(folder, '_SUCCESS', '');
  await put(folder, '.b.ndjson');
  await put(folder, '_temporary/0/b.ndjson');
  await put(folder, 'b.csv', 'a,b\n1,2\n');
  await put(folder, 'c.ndjson');
  await rm(join(folder, 'c.ndjson'));
  expect(await hasNew()).toBe(false);
});

test('a file that is empty at first counts once it holds something', async () => {
  const folder = await folderOf('a.ndjson');
  const { hasNew } = await opened(folder);
  await put(folder, 'b.ndjson', '');
  expect(await hasNew()).toBe(false);
  await put(folder, 'b.ndjson');
  expect(await hasNew()).toBe(true);
});

test('a file that fits an opened pattern is seen, one that does not is not', async () => {
  const folder = await folderOf('2024/a.ndjson');
  const { hasNew, scan } = await opened(join(folder, '*/*.ndjson'));
  expect(scan.rows).toBe(1);
  await put(folder, '2025/a.json');
  await put(folder, 'a.ndjson');
  expect(await hasNew()).toBe(false);
  await put(folder, '2025/b.ndjson');
  expect(await hasNew()).toBe(true);
});

test('one file has no list', async () => {
  const folder = await folderOf('a.ndjson');
  expect((await opened(join(folder, 'a.ndjson'))).scan.listing).toBeNull();
});

test.each([
  ['/a/b/*.csv', '/a/b', 0],
  ['/a/b*/c/*.csv', '/a', 2],
  ['/a/part-?.csv', '/a', 0],
  ['/a/**/c.csv', '/a', Infinity],
  ['/*.csv', '/', 0],
])('the pattern %s reaches below %s', (pattern, top, levels) => {
  expect(reachOf(pattern)).toEqual({ top, levels });
});
