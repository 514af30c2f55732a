import { mkdir, readdir, readFile, rm, truncate, watch, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { Database } from '../../src/main/base/duckdb';
import { tellChanges, writeChanges } from '../../src/main/warehouse/read-changes';
import { readHistory } from '../../src/main/warehouse/read-history';
import type { DocumentParts } from '../helpers/documents';
import { serve } from '../helpers/gather-into';
import { twoSources } from '../helpers/kill-refresh';
import { landDocuments, processInto } from '../helpers/land-documents';
import { parquetColumns, parquetRows } from '../helpers/parquet-rows';
import { runCli, startCli } from '../helpers/run-cli';
import { temporaryFolder } from '../helpers/temporary-folder';

async function told(data: string, range: { from?: number; to?: number } = {}) {
  const database = await Database.open();
  try {
    return await tellChanges(database, dataPaths(data), range);
  } finally {
    database.close();
  }
}

async function filesOf(data: string): Promise<string[]> {
  return (await readdir(dataPaths(data).changes)).sort();
}

/** What the tables tell without any file of changes. */
async function toldByTables(data: string) {
  await rm(dataPaths(data).changes, { recursive: true, force: true });
  return told(data);
}

const ability = (...names: string[]) =>
  names.map((name, index) => ({ slot: index + 1, is_hidden: false, ability: { name, url: '' } }));

const VERSIONS: DocumentParts[][] = [
  [
    { id: 1, base_experience: null },
    { id: 2, abilities: ability("it's", 'a, b', 'null', '') },
    { id: 3 },
  ],
  [{ id: 1, base_experience: 64 }, { id: 2, abilities: ability('[x]', ' ', '\\"') }, { id: 4 }],
  [
    { id: 1, weight: 7, is_default: false },
    { id: 2, name: 'null', height: 3 },
    { id: 4, order: -1 },
  ],
];

async function versions(count = VERSIONS.length, keepVersions = 30): Promise<string> {
  const data = await temporaryFolder();
  for (const documents of VERSIONS.slice(0, count)) {
    await rm(dataPaths(data).documents, { recursive: true, force: true });
    await landDocuments(data, documents);
    await processInto(data, { keepVersions });
  }
  return data;
}

describe('the files of changes', () => {
  it('tell what the tables tell, value for value and in the same order', async () => {
    const data = await versions();
    expect(await filesOf(data)).toHaveLength(3);
    const derived = await told(data);
    expect(derived.entries.length).toBeGreaterThan(15);
    expect(new Set(derived.entries.map(({ change }) => change)).size).toBe(3);
    expect(derived).toEqual(await toldByTables(data));
  });

  it('are Parquet in the form of view changes, which any program reads', async () => {
    const data = await versions(2);
    const [, second = ''] = await filesOf(data);
    const path = join(dataPaths(data).changes, second);
    expect(await parquetColumns(path)).toEqual([
      ['version', 'INTEGER'],
      ['timestamp', 'TIMESTAMP'],
      ['change', 'VARCHAR'],
      ['id', 'INTEGER'],
      ['name', 'VARCHAR'],
      ['column', 'VARCHAR'],
      ['before', 'VARCHAR'],
      ['after', 'VARCHAR'],
      ['delta', 'DOUBLE'],
    ]);
    const [newest] = await readHistory(dataPaths(data));
    const timestamp = new Date(newest?.timestamp ?? '');
    const member = { version: 2, timestamp, column: null, before: null, after: null, delta: null };
    expect(await parquetRows(path)).toEqual([
      {
        ...{ version: 2, timestamp, change: 'update', id: 1, name: 'Mon-1' },
        ...{ column: 'base_experience', before: null, after: '64', delta: null },
      },
      {
        ...{ version: 2, timestamp, change: 'update', id: 2, name: 'Mon-2', column: 'abilities' },
        ...{
          before: "['it\\'s', 'a, b', 'null', '']",
          after: `['[x]', ' ', '\\\\"']`,
          delta: null,
        },
      },
      { ...member, change: 'delete', id: 3, name: 'Mon-3' },
      { ...member, change: 'insert', id: 4, name: 'Mon-4' },
    ]);
  });

  it('that are missing, cut short or no Parquet are told from the tables, and written again', async () => {
    const data = await versions();
    const before = await told(data);
    const names = await filesOf(data);
    const [first, second, third] = names.map((name) => join(dataPaths(data).changes, name));
    await rm(first ?? '');
    await truncate(second ?? '', 200);
    await writeFile(third ?? '', 'no Parquet');
    expect(await told(data)).toEqual(before);
    // Reading writes nothing: only the one writer does.
    expect(await filesOf(data)).toEqual(names.slice(1));
    expect(await processInto(data)).toMatchObject({ version: null, notes: [] });
    expect(await filesOf(data)).toEqual(names);
    for (const name of names) {
      const content = await readFile(join(dataPaths(data).changes, name), 'latin1');
      expect(content.slice(-4)).toBe('PAR1');
    }
    expect(await told(data)).toEqual(before);
  });

  it('outlive the tables’ own files: what changed is told for longer than versions are kept', async () => {
    const data = await versions(3, 1);
    const marks = async () =>
      (await readHistory(dataPaths(data))).map(({ kept, told }) => [kept, told]);
    expect(await marks()).toEqual([
      [true, true],
      [false, true],
      [false, true],
    ]);
    const all = await told(data, { from: 1 });
    expect([...new Set(all.entries.map(({ version }) => version))]).toEqual([1, 2, 3]);
    expect(all.untold).toEqual([]);
    const { entries, untold } = await toldByTables(data);
    expect(untold).toEqual([1, 2]);
    expect(await marks()).toEqual([
      [true, true],
      [false, false],
      [false, false],
    ]);
    expect(all.entries.filter(({ version }) => version === 3)).toEqual(entries);
  });

  it('of tables that were made again are not taken for those of the new ones', async () => {
    const data = await versions(3);
    const paths = dataPaths(data);
    await rm(paths.tables, { recursive: true });
    await rm(paths.parquet);
    expect(await processInto(data)).toMatchObject({ version: 1, inserted: 3 });
    expect(await filesOf(data)).toEqual([expect.stringMatching(/^version-1-/)]);
    const { entries } = await told(data);
    expect(entries.map(({ id, change }) => [id, change])).toEqual([
      [1, 'insert'],
      [2, 'insert'],
      [4, 'insert'],
    ]);
  });

  it('that cannot be written keep nothing from being published; a note says why', async () => {
    const data = await versions(1);
    const { changes } = dataPaths(data);
    await rm(changes, { recursive: true });
    await writeFile(changes, 'a file where the folder belongs');
    await landDocuments(data, [{ id: 1, weight: 5 }]);
    const { version, published, notes } = await processInto(data);
    expect({ version, published }).toEqual({ version: 2, published: true });
    expect(notes).toEqual([
      expect.stringMatching(/^What changed could not be written down\. .*a file stands where/),
    ]);
    expect((await told(data, { from: 2 })).entries.length).toBeGreaterThan(0);
    await rm(changes);
    expect(await processInto(data)).toMatchObject({ version: null, notes: [] });
    expect(await filesOf(data)).toHaveLength(2);
  });

  it('make view changes up to a version, whether or not there is a file', async () => {
    const data = await versions();
    const to = join(await temporaryFolder(), 'changes.parquet');
    const [, second = ''] = await filesOf(data);
    await rm(join(dataPaths(data).changes, second));
    const database = await Database.open();
    try {
      await writeChanges(database, dataPaths(data), { to: 2 }, to);
    } finally {
      database.close();
    }
    const rows = await parquetRows(to);
    const { entries } = await told(data, { to: 2 });
    const key = ({ version, id, column }: Record<string, unknown>) => `${version} ${id} ${column}`;
    expect(rows.map(key)).toEqual(entries.map((entry) => key({ ...entry })));
    expect(rows.at(-1)).toMatchObject({ version: 2 });
  });

  it('a refresh killed while it writes one is published, told, and completed by the next', async () => {
    const [earlier, later] = twoSources(40);
    const server = await serve(earlier);
    const data = await temporaryFolder();
    const refresh = ['refresh', '--source', server.url, '--data', data, '--json'];
    expect((await runCli(refresh)).code).toBe(0);
    server.documents = later;
    const { changes } = dataPaths(data);
    await mkdir(changes, { recursive: true });
    const ended = new AbortController();
    const running = startCli(refresh);
    const killed = (async () => {
      for await (const { filename } of watch(changes, { signal: ended.signal })) {
        if (filename?.endsWith('.tmp')) return running.kill('SIGKILL');
      }
    })();
    expect((await running.done).signal).toBe('SIGKILL');
    await killed;
    ended.abort();
    const entries = (await told(data, { from: 2 })).entries;
    expect(entries.length).toBeGreaterThan(40);
    expect(JSON.parse((await runCli(refresh)).stdout)).toMatchObject({ version: null });
    const names = await filesOf(data);
    expect(names.map((name) => name.split('-', 2).join('-'))).toEqual(['version-1', 'version-2']);
    expect((await told(data, { from: 2 })).entries).toEqual(entries);
  }, 60_000);
});
