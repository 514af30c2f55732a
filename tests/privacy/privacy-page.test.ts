import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { OWN_NAMES } from '../../src/main/base/data-folder';
import { HOLDINGS } from '../../src/main/privacy/holdings';

test('docs/privacy.md says of every holder what it keeps, and of every name in the data folder', async () => {
  const text = await readFile('docs/privacy.md', 'utf8');
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  expect(
    HOLDINGS.map(({ what }) => what).filter((what) => !lines.some((line) => line.includes(what))),
  ).toEqual([]);
  const names = [...OWN_NAMES].filter((name) => !/\.lock(\.wal)?$/.test(name));
  expect(names.filter((name) => !lines.some((line) => line.includes(`\`${name}`)))).toEqual([]);
});
