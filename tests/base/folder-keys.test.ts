import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { folderKey, keysFolder } from '../../src/main/base/folder-keys';
import { temporaryFolder } from '../helpers/temporary-folder';

afterEach(() => vi.unstubAllEnvs());

async function folders() {
  const folder = await temporaryFolder();
  vi.stubEnv('POKEDEX_KEYS', join(folder, 'keys'));
  return { paths: dataPaths(join(folder, 'data')), keys: join(folder, 'keys') };
}

test('keys are made once, whoever is first, and lie outside the data folder for their owner alone', async () => {
  const { paths, keys } = await folders();
  const made = await Promise.all(
    Array.from({ length: 8 }, () => folderKey(paths, 'tombstones', true)),
  );
  expect(new Set(made.map((key) => key.toString('hex'))).size).toBe(1);
  expect(made[0]).toHaveLength(32);
  expect(await folderKey(paths, 'tombstones', false)).toEqual(made[0]);
  expect(await folderKey(paths, 'receipts', true)).not.toEqual(made[0]);
  expect(keysFolder()).toBe(keys);
  const [id] = await readdir(keys);
  expect((await readdir(join(keys, id ?? ''))).sort()).toEqual([
    'receipts.json',
    'tombstones.json',
  ]);
  expect((await stat(join(keys, id ?? '', 'tombstones.json'))).mode & 0o777).toBe(0o600);
});

test('a key that is gone or damaged is an error, never a new key', async () => {
  const { paths, keys } = await folders();
  await expect(folderKey(paths, 'receipts', false)).rejects.toMatchObject({ code: 'no-key' });
  await folderKey(paths, 'receipts', true);
  const [id] = await readdir(keys);
  const path = join(keys, id ?? '', 'receipts.json');
  await writeFile(path, '{"key":"00"}');
  await expect(folderKey(paths, 'receipts', true)).rejects.toMatchObject({ code: 'no-key' });
  await rm(path);
  await expect(folderKey(paths, 'receipts', false)).rejects.toMatchObject({ code: 'no-key' });
});
