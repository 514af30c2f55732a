import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { Database } from '../../src/main/base/duckdb';
import { readChanges } from '../../src/main/warehouse/read-changes';
import { readHistory } from '../../src/main/warehouse/read-history';
import { landDocuments, processInto } from '../helpers/land-documents';
import { entryPath, lastMetaData } from '../helpers/other-engine';
import { parquetRows } from '../helpers/parquet-rows';
import { temporaryFolder } from '../helpers/temporary-folder';

/**
 * The archive holds two data folders as the release of commit 9c8088d made them, with two refreshes
 * from a source of three documents: `plain`, and `bent/weight=5/d`, where that release took 5 for
 * everyone's weight.
 */
const ARCHIVE = join(import.meta.dirname, 'earlier-release.tar.gz');

async function folderOf(name: 'plain' | 'bent/weight=5/d') {
  const folder = await temporaryFolder();
  execFileSync('tar', ['xzf', ARCHIVE, '-C', folder]);
  const data = join(folder, name);
  return { data, paths: dataPaths(data) };
}

const facts = async (parquet: string) =>
  (await parquetRows(parquet)).map(({ name, weight, bmi }) => [name, Number(weight), bmi]);

const RIGHT = [
  ['Bulbasaur', 69, 690 / 49],
  ['Pikachu', 60, 37.5],
  ['Nidorina', 200, 31.25],
];

async function changesOf(data: string, version: number) {
  const database = await Database.open();
  try {
    const range = { from: version, to: version };
    const entries = await readChanges(database, dataPaths(data), range);
    return entries.map(({ id, column, before, after }) => [id, column, before, after]);
  } finally {
    database.close();
  }
}

const counts = async (data: string) =>
  (await readHistory(dataPaths(data))).map(
    ({ version, rows, inserted, updated, deleted, kept }) => [
      version,
      ...[rows, inserted, updated, deleted, kept],
    ],
  );

const EARLIER = [
  [2, 3, 0, 1, 0, true],
  [1, 3, 3, 0, 0, true],
];

it('what an earlier release made is read as it was', async () => {
  const { data, paths } = await folderOf('plain');
  expect(await counts(data)).toEqual(EARLIER);
  expect(await changesOf(data, 2)).toEqual([[1, 'base_experience', 63, 64]]);
  expect((await facts(paths.parquet))[1]).toEqual(['Pikachu', 60, 37.49999999999999]);
});

it('the exact bmi is one ordinary new version, which says why', async () => {
  const { data, paths } = await folderOf('plain');
  const keys = await keysOf(data);
  const report = await processInto(data);
  expect(report).toMatchObject({ version: 3, inserted: 0, updated: 3, deleted: 0 });
  expect(report.notes).toEqual([expect.stringMatching(/^The BMI of 3 Pokémon is exact now/)]);
  expect(await facts(paths.parquet)).toEqual(RIGHT);
  expect(await counts(data)).toEqual([[3, 3, 0, 3, 0, true], ...EARLIER]);
  expect(await changesOf(data, 3)).toEqual([
    [1, 'bmi', 14.081632653061227, 690 / 49],
    [25, 'bmi', 37.49999999999999, 37.5],
    [30, 'bmi', 31.249999999999993, 31.25],
  ]);
  expect(await keysOf(data)).toEqual(keys);
  expect(await processInto(data)).toMatchObject({ version: null, notes: [] });
});

it('its lookup gets a count and the property that keeps names out of the log', async () => {
  const { data, paths } = await folderOf('plain');
  expect((await lastMetaData(paths.identitiesTable))['configuration']).toEqual({});
  await processInto(data);
  expect((await lastMetaData(paths.identitiesTable))['configuration']).toEqual({
    'delta.dataSkippingNumIndexedCols': '0',
  });
  const text = await readFile(entryPath(paths.identitiesTable, 3), 'utf8');
  const adds = text
    .trimEnd()
    .split('\n')
    .flatMap((line) => (JSON.parse(line) as { add?: { stats?: string } }).add ?? []);
  expect(adds.map(({ stats }) => JSON.parse(stats ?? '{}'))).toEqual([{ numRecords: 3 }]);
  // The version after that has nothing to add.
  await landDocuments(data, [{ id: 1, name: 'bulbasaur', weight: 70 }]);
  expect(await processInto(data)).toMatchObject({ version: 4, notes: [] });
  const next = await readFile(entryPath(paths.identitiesTable, 4), 'utf8');
  expect(next).not.toMatch(/"(add|remove|metaData)"/);
});

it('a folder bent by its path is right at the next process, which says why', async () => {
  const { data, paths } = await folderOf('bent/weight=5/d');
  expect((await facts(paths.parquet))[1]).toEqual(['Pikachu', 5, 3.1249999999999996]);
  const report = await processInto(data);
  expect(report).toMatchObject({ version: 3, inserted: 0, updated: 3, deleted: 0 });
  expect(report.notes).toEqual([expect.stringMatching(/folder weight=5 .* column weight/)]);
  expect(await facts(paths.parquet)).toEqual(RIGHT);
  expect((await changesOf(data, 3)).slice(3, 6)).toEqual([
    [25, 'weight', 5, 60],
    [25, 'bmi', 3.1249999999999996, 37.5],
    [25, 'weight_kg', 0.5, 6],
  ]);
  expect(await processInto(data)).toMatchObject({ version: null, notes: [] });
});

/** Subjects keep their keys over the upgrade. */
async function keysOf(data: string) {
  const { identitiesTable } = dataPaths(data);
  for (let version = 9; version > 0; version -= 1) {
    const text = await readFile(entryPath(identitiesTable, version), 'utf8').catch(() => '');
    const path = /"add":\{"path":"([^"]+)"/.exec(text)?.[1];
    if (path === undefined) continue;
    const rows = await parquetRows(join(identitiesTable, path));
    return new Map(rows.map((row) => [row['id'], row['pokemon_key']]));
  }
  return new Map();
}
