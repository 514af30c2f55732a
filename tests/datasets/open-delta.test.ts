import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDataset } from '../../src/main/datasets/open';
import { queryRows } from '../helpers/parquet-rows';
import { temporaryFolder } from '../helpers/temporary-folder';
import { openAll } from './opened';

const schemaString = JSON.stringify({
  type: 'struct',
  fields: [{ name: 'a', type: 'integer', nullable: true, metadata: {} }],
});

/** Two versions: rows 1, then row 2 in its place; the first file is still there. */
async function table(folder: string): Promise<string> {
  await mkdir(join(folder, '_delta_log'), { recursive: true });
  const add = async (value: number, version: number, removed: string[]) => {
    const path = `part-${value}.parquet`;
    await queryRows(
      `COPY (SELECT ${value}::INTEGER AS a) TO '${join(folder, path)}' (FORMAT parquet)`,
    );
    const actions = [
      ...(version === 0
        ? [
            { protocol: { minReaderVersion: 1, minWriterVersion: 2 } },
            {
              metaData: {
                id: '7',
                format: { provider: 'parquet', options: {} },
                schemaString,
                partitionColumns: [],
                configuration: {},
              },
            },
          ]
        : []),
      ...removed.map((gone) => ({
        remove: { path: gone, deletionTimestamp: 1, dataChange: true },
      })),
      { add: { path, partitionValues: {}, size: 1, modificationTime: 1, dataChange: true } },
    ];
    await writeFile(
      join(folder, '_delta_log', `${String(version).padStart(20, '0')}.json`),
      actions.map((action) => JSON.stringify(action)).join('\n'),
    );
  };
  await add(1, 0, []);
  await add(2, 1, ['part-1.parquet']);
  return folder;
}

test('a Delta table is known by its folder, its only-child parent, a file in it; never by its files alone', async () => {
  const parent = await temporaryFolder();
  const folder = await table(join(parent, 'sales'));
  for (const reference of [
    folder,
    parent,
    join(folder, 'part-1.parquet'),
    join(folder, '*.parquet'),
    join(folder, '_delta_log'),
    join(folder, '_delta_log', `${'0'.repeat(20)}.json`),
  ]) {
    const opened = await openAll(reference);
    expect(opened).toMatchObject({ format: 'delta', name: 'sales', types: [['a', 'INTEGER']] });
    expect(opened.rows).toEqual([{ a: '2' }]);
  }
});

test('a Delta table far below the folder is found; two, or files beside one, are never read as bare files', async () => {
  const top = await temporaryFolder();
  await table(join(top, 'lake', 'shop', 'sales'));
  expect((await openAll(top)).rows).toEqual([{ a: '2' }]);
  const note = join(top, 'lake', 'notes.csv');
  await writeFile(note, 'n\n1\n');
  await expect(openDataset(top)).rejects.toThrow(
    'the folder holds the Delta table “sales” beside other files.',
  );
  await rm(note);
  await table(join(top, 'lake', 'stock'));
  await expect(openDataset(top)).rejects.toThrow(
    'the folder holds the Delta table “sales” and others.',
  );
});

test('a pattern that fits files of a Delta table and others is refused', async () => {
  const top = await temporaryFolder();
  await table(join(top, 'sales'));
  await writeFile(join(top, 'notes.csv'), 'n\n1\n');
  await expect(openDataset(join(top, '**', '*.[cp]*'))).rejects.toThrow(
    'the pattern fits files of a Delta table and other files.',
  );
});

test('an older version, and one that never was', async () => {
  const folder = await table(join(await temporaryFolder(), 'sales'));
  expect((await openAll(folder, { version: 0 })).rows).toEqual([{ a: '1' }]);
  await expect(openDataset(folder, { version: 7 })).rejects.toMatchObject({
    code: 'version-not-kept',
  });
});
