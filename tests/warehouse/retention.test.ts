import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { readChanges, tellChanges } from '../../src/main/warehouse/read-changes';
import { readHistory } from '../../src/main/warehouse/read-history';
import { deltaRows, feedRows, replayDelta } from '../helpers/delta-replay';
import { landDocuments, processInto } from '../helpers/land-documents';
import { publishedState } from '../helpers/published-state';
import { temporaryFolder } from '../helpers/temporary-folder';
import { withDatabase } from '../helpers/with-database';

/** A data folder with `count` versions, each of other weights and names. */
async function versions(count: number, keepVersions: number): Promise<string> {
  const data = await temporaryFolder();
  for (let version = 1; version <= count; version += 1) {
    await landDocuments(
      data,
      [1, 2, 3].map((id) => ({ id, weight: version * 10, name: `mon-${id}-${version}` })),
    );
    await processInto(data, { keepVersions });
  }
  return data;
}

async function parquetFiles(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.parquet'));
}

describe('versions beyond those kept', () => {
  it('their files go, the log stays whole, and the kept ones can be read', async () => {
    const data = await versions(6, 3);
    const paths = dataPaths(data);
    const pokemon = await replayDelta(paths.pokemonTable);
    const identities = await replayDelta(paths.identitiesTable);
    expect(pokemon.map((version) => version.version)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(identities).toHaveLength(7);
    for (const version of pokemon.slice(4)) {
      const rows = await deltaRows(paths.pokemonTable, version);
      expect(rows.map((row) => row['weight'])).toEqual(Array(3).fill(version.version * 10));
      expect(await feedRows(paths.pokemonTable, version)).toHaveLength(6);
    }
    for (const version of identities.slice(4)) {
      expect(await deltaRows(paths.identitiesTable, version)).toHaveLength(3);
    }
    // One data file per kept version, and in tables/pokemon one of the feed. The lookup before them
    // is kept too: the changes of the oldest are told with it.
    expect(await parquetFiles(paths.pokemonTable)).toHaveLength(6);
    expect(await parquetFiles(paths.identitiesTable)).toHaveLength(4);
    expect((await publishedState(data)).tables).toMatchObject({ version: 6, rows: 3 });
  });

  it('history still lists them, as no longer kept', async () => {
    const data = await versions(5, 3);
    const entries = await readHistory(dataPaths(data));
    expect(entries.map(({ version, kept }) => [version, kept])).toEqual([
      [5, true],
      [4, true],
      [3, true],
      [2, false],
      [1, false],
    ]);
  });

  it('without their files of changes, asking for these says that they are gone; the default tells what is left', async () => {
    const data = await versions(5, 3);
    const paths = dataPaths(data);
    await rm(paths.changes, { recursive: true });
    await withDatabase(async (database) => {
      for (const from of [1, 2]) {
        await expect(readChanges(database, paths, { from })).rejects.toMatchObject({
          code: 'version-not-kept',
          message: expect.stringContaining(`ersion ${from} `),
          hint: expect.stringContaining('history'),
        });
      }
      const left = await readChanges(database, paths, {});
      expect([...new Set(left.map((entry) => entry.version))]).toEqual([3, 4, 5]);
      expect(left.filter((entry) => entry.version === 5 && entry.id === 1)).toMatchObject([
        { column: 'name', before: 'Mon-1-4', after: 'Mon-1-5' },
        { column: 'weight', before: 40, after: 50 },
        { column: 'bmi' },
        { column: 'weight_kg', before: 4, after: 5 },
        { column: 'species' },
      ]);
    });
  });

  it('of one kept version the changes are told too', async () => {
    const data = await versions(3, 1);
    await rm(dataPaths(data).changes, { recursive: true });
    await withDatabase(async (database) => {
      const { entries, untold } = await tellChanges(database, dataPaths(data), {});
      expect(untold).toEqual([1, 2]);
      expect(entries.filter((entry) => entry.column === 'weight')).toMatchObject(
        [1, 2, 3].map((id) => ({ version: 3, id, before: 20, after: 30 })),
      );
    });
  });

  it('fewer are kept as soon as that is asked for, though no row changed', async () => {
    const data = await versions(4, 30);
    const { pokemonTable } = dataPaths(data);
    expect(await parquetFiles(pokemonTable)).toHaveLength(8);
    expect(await processInto(data, { keepVersions: 2 })).toMatchObject({ version: null });
    expect(await parquetFiles(pokemonTable)).toHaveLength(4);
    const entries = await readHistory(dataPaths(data));
    expect(entries.map(({ kept }) => kept)).toEqual([true, true, false, false]);
  });

  it('a file that several versions share stays as long as one of them', async () => {
    const data = await temporaryFolder();
    await landDocuments(data, [{ id: 1 }]);
    await processInto(data, { keepVersions: 2 });
    // Only names change, so all versions are of the one data file of tables/pokemon.
    for (const name of ['a', 'b', 'c', 'd']) {
      await landDocuments(data, [{ id: 1, name }]);
      await processInto(data, { keepVersions: 2 });
    }
    const { pokemonTable } = dataPaths(data);
    const log = await replayDelta(pokemonTable);
    for (const version of log.slice(1)) {
      expect(await deltaRows(pokemonTable, version)).toHaveLength(1);
    }
    expect(log).toHaveLength(6);
  });

  it('files of a commit that never came about go with the next version, others’ stay a week', async () => {
    const data = await versions(1, 30);
    const { pokemonTable } = dataPaths(data);
    const uuid = '00000000-0000-4000-8000-000000000000';
    const own = `pokedex-${uuid}.snappy.parquet`;
    // As Spark and delta-rs name theirs: a commit that names them may be on its way.
    const others = `part-00000-${uuid}-c000.snappy.parquet`;
    for (const name of [own, others]) {
      await writeFile(join(pokemonTable, name), 'half a file');
      await writeFile(join(pokemonTable, '_change_data', name), 'half a file');
    }
    await landDocuments(data, [{ id: 1, weight: 5 }]);
    await processInto(data);
    expect((await parquetFiles(pokemonTable)).filter((name) => name.includes(uuid)).sort()).toEqual(
      [join('_change_data', others), others].sort(),
    );
    const eightDaysAgo = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000);
    await utimes(join(pokemonTable, others), eightDaysAgo, eightDaysAgo);
    await processInto(data);
    expect(await readdir(pokemonTable)).not.toContain(others);
    expect(await readdir(join(pokemonTable, '_change_data'))).toContain(others);
  });

  it('thirty versions are kept unless told otherwise', async () => {
    const { DEFAULT_PROCESS } = await import('../../src/main/workers/process-options');
    expect(DEFAULT_PROCESS.keepVersions).toBe(30);
  });
});
