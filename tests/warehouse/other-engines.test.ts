import { cpSync, existsSync } from 'node:fs';
import { readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { Database } from '../../src/main/base/duckdb';
import { tellChanges } from '../../src/main/warehouse/read-changes';
import { readHistory } from '../../src/main/warehouse/read-history';
import { landDocuments, processInto } from '../helpers/land-documents';
import {
  alterAs,
  checkpointAs,
  commitAs,
  currentFiles,
  entryPath,
  lastMetaData,
  markDeletedAs,
  newestVersion,
  partitionAs,
  rewriteAs,
} from '../helpers/other-engine';
import { parquetRows, queryRows } from '../helpers/parquet-rows';
import { temporaryFolder } from '../helpers/temporary-folder';

/** One data folder for each number of versions, which the tests copy. */
const MADE = await temporaryFolder(afterAll);

/** Five Pokémon, three versions: 1 is the first, 2 and 3 make number 1 heavier. */
async function published(versions = 3) {
  const made = join(MADE, String(versions));
  if (!existsSync(made)) await publish(made, versions);
  const data = await temporaryFolder();
  cpSync(made, data, { recursive: true });
  const paths = dataPaths(data);
  const { pokemonTable: pokemon, identitiesTable: identities, parquet } = paths;
  return { data, paths, pokemon, identities, both: [pokemon, identities], parquet };
}

async function publish(data: string, versions: number): Promise<void> {
  await landDocuments(data, [
    { id: 1 },
    { id: 2 },
    { id: 3 },
    { id: 4 },
    { id: 25, name: 'pikachu' },
  ]);
  await processInto(data);
  for (let version = 2; version <= versions; version += 1) {
    await landDocuments(data, [{ id: 1, weight: version * 100 }]);
    await processInto(data);
  }
}

type Folder = Awaited<ReturnType<typeof published>>;

/** What `history` says, oldest first: version, program, rows, inserted, updated, deleted, kept. */
async function told({ paths }: Folder) {
  const entries = await readHistory(paths);
  return entries
    .reverse()
    .map((e) => [e.version, e.program, e.rows, e.inserted, e.updated, e.deleted, e.kept]);
}

async function changes({ paths }: Folder, from?: number) {
  const database = await Database.open();
  try {
    const { entries, untold, refused } = await tellChanges(database, paths, { from });
    return {
      entries: entries.map((e) => [e.version, e.change, e.id, e.column, e.before, e.after]),
      untold,
      refused,
    };
  } finally {
    database.close();
  }
}

async function rowsOf(table: string) {
  const files = await currentFiles(table);
  return (await Promise.all(files.map((file) => parquetRows(join(table, file))))).flat();
}

async function keys({ identities }: Folder) {
  return new Map((await rowsOf(identities)).map((row) => [row['id'], row['pokemon_key']]));
}

const weigh = ({ data }: Folder, weight: number) => landDocuments(data, [{ id: 1, weight }]);
const FIRST = [1, null, 5, 5, 0, 0, true];

describe('housekeeping of other programs', () => {
  it.each(['spark', 'delta-rs', 'unsaid'] as const)('of %s changes no version', async (engine) => {
    const folder = await published(2);
    const old = (await Promise.all(folder.both.map(currentFiles))).flat();
    for (const table of folder.both) {
      await rewriteAs(engine, table, 'OPTIMIZE', 'SELECT * FROM t', false);
      await commitAs(engine, table, 'VACUUM START', []);
      await commitAs(engine, table, 'VACUUM END', []);
    }
    // The vacuum took what nothing needs any more.
    for (const table of folder.both) {
      for (const file of old) await rm(join(table, file), { force: true });
    }
    expect(await told(folder)).toEqual([
      [1, null, 5, 5, 0, 0, expect.any(Boolean)],
      [2, null, 5, 0, 1, 0, true],
    ]);
    expect(await processInto(folder.data)).toMatchObject({ version: null, notes: [] });
    const before = await keys(folder);
    await weigh(folder, 7);
    expect(await processInto(folder.data)).toMatchObject({ version: 3, updated: 1, inserted: 0 });
    expect(await newestVersion(folder.pokemon)).toBe(6);
    expect(await keys(folder)).toEqual(before);
    expect((await changes(folder, 3)).entries.slice(0, 1)).toEqual([
      [3, 'update', 1, 'weight', 200, 7],
    ]);
  });

  it.each([1, 3])('a log cleaned up behind a checkpoint of %i parts is read', async (parts) => {
    const folder = await published(3);
    const entries = (await changes(folder)).entries;
    for (const table of folder.both) await checkpointAs(table, parts);
    // What changed is kept beside the tables, also of the version that only a checkpoint tells.
    expect(await changes(folder)).toEqual({ entries, untold: [], refused: [] });
    await rm(dataPaths(folder.data).changes, { recursive: true });
    expect(await told(folder)).toEqual([[3, null, 5, null, null, null, true]]);
    for (const gone of [1, 2]) {
      await expect(changes(folder, gone)).rejects.toMatchObject({ code: 'version-not-kept' });
    }
    expect(await changes(folder)).toEqual({ entries: [], untold: [1, 2, 3], refused: [] });
    const before = await keysAfterCleanUp(folder);
    expect(await processInto(folder.data)).toMatchObject({ version: null });
    await weigh(folder, 7);
    expect(await processInto(folder.data)).toMatchObject({ version: 4, updated: 1, inserted: 0 });
    expect(await keysAfterCleanUp(folder)).toEqual(before);
    expect((await changes(folder)).untold).toEqual([1, 2, 3]);
    expect((await changes(folder)).entries[0]).toEqual([4, 'update', 1, 'weight', 300, 7]);
  });

  it('of one table alone leaves the other’s history', async () => {
    const folder = await published(3);
    await checkpointAs(folder.identities);
    expect((await told(folder)).map(([, , rows, , , , kept]) => [rows, kept])).toEqual([
      [5, false],
      [5, false],
      [5, true],
    ]);
    await weigh(folder, 7);
    expect(await processInto(folder.data)).toMatchObject({ version: 4, updated: 1, inserted: 0 });
  });
});

/** Keys as pokemon.parquet's rows have them: by the newest file of the lookup. */
async function keysAfterCleanUp({ identities }: Folder) {
  const names = (await readdir(identities)).filter((name) => name.endsWith('.parquet'));
  const rows = await Promise.all(names.map((name) => parquetRows(join(identities, name))));
  return new Map(rows.flat().map((row) => [row['id'], row['pokemon_key']]));
}

describe('rows that another program changed', () => {
  it('an identity it deleted is told, and comes back as a new subject, which is told too', async () => {
    const folder = await published(1);
    const before = await keys(folder);
    await rewriteAs('spark', folder.identities, 'DELETE', 'SELECT * FROM t WHERE id <> 25');
    const spark = 'Apache-Spark/3.5.3 Delta-Lake/3.2.1';
    expect(await told(folder)).toEqual([FIRST, [2, spark, 4, 0, 0, 1, true]]);
    expect((await changes(folder, 2)).entries).toEqual([[2, 'delete', 25, null, null, null]]);
    const report = await processInto(folder.data);
    expect(report).toMatchObject({ version: 3, inserted: 1, updated: 0, deleted: 0 });
    expect(report.notes.join()).toMatch(/Pikachu \(25\) from the table identities.*new pseudonym/);
    expect((await changes(folder, 3)).entries).toEqual([[3, 'insert', 25, null, null, null]]);
    const after = await keys(folder);
    expect(after.get(25)).not.toBe(before.get(25));
    for (const id of [1, 2, 3, 4]) expect(after.get(id)).toBe(before.get(id));
    // Its old working row led to nobody and is gone.
    const working = (await rowsOf(folder.pokemon)).map((row) => row['pokemon_key']);
    expect(working.sort()).toEqual([...after.values()].sort());
  });

  it('without its document it stays deleted', async () => {
    const folder = await published(1);
    await rewriteAs('delta-rs', folder.identities, 'DELETE', 'SELECT * FROM t WHERE id <> 25');
    await rm(join(folder.paths.documents, '25.json'));
    expect(await processInto(folder.data)).toMatchObject({ inserted: 0, deleted: 0, notes: [] });
    expect(await rowsOf(folder.pokemon)).toHaveLength(4);
    expect((await parquetRows(folder.parquet)).map((row) => row['id'])).toEqual([1, 2, 3, 4]);
  });

  it('working rows it deleted or changed are put right under the same keys', async () => {
    const folder = await published(1);
    const before = await keys(folder);
    const [key] = before.values();
    await rewriteAs(
      'delta-rs',
      folder.pokemon,
      'DELETE',
      `SELECT * REPLACE (5 AS weight) FROM t WHERE pokemon_key <> '${String(key)}'`,
    );
    expect((await told(folder))[1]).toEqual([2, 'delta-rs.py-1.6.6', 4, 0, 4, 1, true]);
    const report = await processInto(folder.data);
    expect(report).toMatchObject({ version: 3, inserted: 1, updated: 4 });
    expect(report.notes.join()).toMatch(/deleted .* from the table pokemon.*changed 4 Pokémon/);
    expect(await keys(folder)).toEqual(before);
  });

  it('rows that belong to nobody, or twice, are taken out, and why is told', async () => {
    const folder = await published(1);
    const before = await keys(folder);
    await rewriteAs(
      'delta-rs',
      folder.pokemon,
      'WRITE',
      'SELECT * FROM t UNION ALL (SELECT * FROM t LIMIT 2)',
    );
    const report = await processInto(folder.data);
    expect(report).toMatchObject({ version: 3, inserted: 0, updated: 0, deleted: 0 });
    expect(report.notes.join()).toMatch(/added rows .* that belong to no Pokémon/);
    expect(await rowsOf(folder.pokemon)).toHaveLength(5);
    expect(await keys(folder)).toEqual(before);
  });

  it('rows it inserted are told with their insert and their delete', async () => {
    const folder = await published(1);
    const fresh = `'${'f'.repeat(32)}' AS pokemon_key`;
    await rewriteAs(
      'unsaid',
      folder.pokemon,
      'WRITE',
      `SELECT * FROM t UNION ALL (SELECT * REPLACE (${fresh}) FROM t LIMIT 1)`,
    );
    await rewriteAs(
      'unsaid',
      folder.identities,
      'WRITE',
      `SELECT * FROM t UNION ALL (SELECT * REPLACE (${fresh}, 999::INTEGER AS id) FROM t LIMIT 1)`,
    );
    expect((await told(folder))[1]).toEqual([2, null, 6, 1, 0, 0, true]);
    const report = await processInto(folder.data);
    expect(report).toMatchObject({ version: 3, deleted: 1, inserted: 0 });
    expect(report.notes.join()).toMatch(/added 1 Pokémon/);
    expect((await changes(folder, 2)).entries).toEqual([
      [2, 'insert', 999, null, null, null],
      [3, 'delete', 999, null, null, null],
    ]);
  });
});

describe('features that the app does not know', () => {
  const legacy = { minReaderVersion: 1, minWriterVersion: 7 };
  const listed = (...writerFeatures: string[]) => ({ ...legacy, writerFeatures });
  const cases: [
    named: RegExp,
    table: 'pokemon' | 'identities',
    change: Parameters<typeof alterAs>[1],
  ][] = [
    [/deletionVectors/, 'pokemon', { configuration: { 'delta.enableDeletionVectors': 'true' } }],
    [/columnMapping/, 'identities', { configuration: { 'delta.columnMapping.mode': 'name' } }],
    [
      /CHECK constraint heavy/,
      'pokemon',
      { configuration: { 'delta.constraints.heavy': 'weight > 0' } },
    ],
    [/appendOnly/, 'pokemon', { configuration: { 'delta.appendOnly': 'true' } }],
    [/change feed/, 'identities', { configuration: { 'delta.enableChangeDataFeed': 'true' } }],
    [/invariant.*weight/, 'pokemon', { field: ['weight', { 'delta.invariants': '{}' }] }],
    [
      /generated column weight/,
      'pokemon',
      { field: ['weight', { 'delta.generationExpression': '1' }] },
    ],
    [/someNewFeature/, 'pokemon', { protocol: listed('appendOnly', 'someNewFeature') }],
    [/rowTracking/, 'pokemon', { protocol: listed('rowTracking', 'domainMetadata') }],
    [/writer version 8/, 'identities', { protocol: { minReaderVersion: 1, minWriterVersion: 8 } }],
  ];

  it.each(cases)(
    '%s in %s is refused by name, and nothing is written',
    async (name, table, change) => {
      const folder = await published(1);
      await alterAs(folder[table], change);
      const parquet = await readFile(folder.parquet);
      const before = await Promise.all(folder.both.map((one) => readdir(one, { recursive: true })));
      await weigh(folder, 7);
      const ended = processInto(folder.data);
      await expect(ended).rejects.toMatchObject({
        code: 'table-unsupported',
        hint: expect.any(String),
      });
      await expect(ended).rejects.toThrow(name);
      await expect(ended).rejects.toThrow(table);
      expect(
        await Promise.all(folder.both.map((one) => readdir(one, { recursive: true }))),
      ).toEqual(before);
      expect(await readFile(folder.parquet)).toEqual(parquet);
      expect(await told(folder)).toHaveLength(1);
    },
  );

  it('what asks nothing of the app is no reason to refuse', async () => {
    const folder = await published(1);
    await alterAs(folder.pokemon, {
      configuration: { 'delta.appendOnly': 'false', 'delta.columnMapping.mode': 'none' },
      protocol: {
        minReaderVersion: 3,
        minWriterVersion: 7,
        readerFeatures: [
          ...['timestampNtz', 'v2Checkpoint', 'vacuumProtocolCheck', 'columnMapping'],
          // Spark keeps it listed after REORG … APPLY (PURGE); delta-rs lists variants by itself.
          ...['deletionVectors', 'variantType'],
        ],
        writerFeatures: [
          ...['appendOnly', 'invariants', 'checkConstraints', 'generatedColumns'],
          ...['changeDataFeed', 'timestampNtz', 'v2Checkpoint', 'vacuumProtocolCheck'],
          ...['columnMapping', 'domainMetadata', 'inCommitTimestamp'],
          ...['deletionVectors', 'variantType'],
        ],
      },
    });
    await weigh(folder, 7);
    expect(await processInto(folder.data)).toMatchObject({ version: 2, updated: 1 });
  });
});

describe('a version that the app cannot read', () => {
  const DELETION_VECTORS = {
    minReaderVersion: 3,
    minWriterVersion: 7,
    readerFeatures: ['deletionVectors'],
    writerFeatures: ['changeDataFeed', 'deletionVectors'],
  };

  it.each(['identities', 'pokemon'] as const)(
    'rows of %s marked as deleted: refused by name, and the versions before are told',
    async (table) => {
      const folder = await published(2);
      const spark = 'Apache-Spark/3.5.3 Delta-Lake/3.2.1';
      await markDeletedAs(folder[table], DELETION_VECTORS);
      await weigh(folder, 7);
      await expect(processInto(folder.data)).rejects.toThrow(/deletion vectors/);
      expect(await told(folder)).toEqual([
        FIRST,
        [2, null, 5, 0, 1, 0, true],
        [3, spark, null, null, null, null, false],
      ]);
      const { entries, untold, refused } = await changes(folder);
      // Five inserts, and weight, weight_kg and bmi of number 1.
      expect([entries.length, untold]).toEqual([8, []]);
      expect(refused).toEqual([{ version: 3, reason: expect.stringMatching(/deletion vectors/) }]);
      await expect(changes(folder, 3)).rejects.toMatchObject({ code: 'table-unsupported' });
    },
  );

  it('partitions, whose values are not in the files', async () => {
    const folder = await published(2);
    await partitionAs(folder.pokemon, 'type_1');
    expect((await told(folder)).map(([version]) => version)).toEqual([1, 2, 3]);
    expect((await changes(folder)).refused).toEqual([
      { version: 3, reason: expect.stringMatching(/partitions \(by type_1\)/) },
    ]);
    await expect(processInto(folder.data)).rejects.toThrow(/partitions \(by type_1\)/);
  });

  it('a feature that leaves the files alone leaves the version before readable', async () => {
    const folder = await published(2);
    await alterAs(folder.pokemon, { configuration: { 'delta.columnMapping.mode': 'name' } });
    expect((await told(folder)).at(-1)).toEqual([2, null, 5, 0, 1, 0, true]);
    expect((await changes(folder)).refused).toEqual([]);
    await expect(processInto(folder.data)).rejects.toThrow(/column mapping/);
  });
});

describe('properties that the app needs', () => {
  it('are set again with the next version, which is told', async () => {
    const folder = await published(1);
    await alterAs(folder.identities, {
      configuration: {
        'delta.dataSkippingNumIndexedCols': '32',
        'delta.dataSkippingStatsColumns': 'name',
        'delta.logRetentionDuration': 'interval 9 days',
      },
    });
    await alterAs(folder.pokemon, { configuration: { 'delta.enableChangeDataFeed': 'false' } });
    await weigh(folder, 7);
    const { version, notes } = await processInto(folder.data);
    expect(version).toBe(2);
    expect(notes).toEqual([
      expect.stringMatching(/delta\.enableChangeDataFeed=false on the table pokemon/),
      expect.stringMatching(/IndexedCols=32, .*StatsColumns=name on the table identities/),
    ]);
    expect((await lastMetaData(folder.identities))['configuration']).toEqual({
      'delta.dataSkippingNumIndexedCols': '0',
      'delta.logRetentionDuration': 'interval 9 days',
    });
    expect((await lastMetaData(folder.pokemon))['configuration']).toEqual({
      'delta.enableChangeDataFeed': 'true',
    });
  });
});

describe('a commit of another program at the version ours was meant for', () => {
  /** Lets a second version be decided, then takes its entries back: a writer was killed there. */
  async function decided() {
    const folder = await published(1);
    await weigh(folder, 7);
    await processInto(folder.data);
    const texts = await Promise.all(
      folder.both.map((table) => readFile(entryPath(table, 2), 'utf8')),
    );
    for (const table of folder.both) await unlink(entryPath(table, 2));
    await writeFile(
      folder.paths.pendingCommit,
      JSON.stringify({
        version: 2,
        pokemon: { version: 2, text: texts[0] },
        identities: { version: 2, text: texts[1] },
      }),
    );
    return { ...folder, texts };
  }

  it('is not taken for ours: the commit is made again on top of it', async () => {
    const folder = await decided();
    await rewriteAs('spark', folder.pokemon, 'OPTIMIZE', 'SELECT * FROM t', false);
    expect(await processInto(folder.data)).toMatchObject({ version: 2, updated: 1 });
    expect((await rowsOf(folder.pokemon)).map((row) => row['weight']).sort()).toEqual(
      [69, 69, 69, 69, 7].sort(),
    );
    expect(await newestVersion(folder.pokemon)).toBe(3);
    expect(await newestVersion(folder.identities)).toBe(2);
    await expect(readFile(folder.paths.pendingCommit)).rejects.toThrow('ENOENT');
  });

  it('with one of our entries written, the other moves on behind it', async () => {
    const folder = await decided();
    await writeFile(entryPath(folder.identities, 2), folder.texts[1] ?? '');
    await rewriteAs('delta-rs', folder.pokemon, 'OPTIMIZE', 'SELECT * FROM t', false);
    expect(await processInto(folder.data)).toMatchObject({ version: null });
    expect(await told(folder)).toEqual([FIRST, [2, null, 5, 0, 1, 0, true]]);
    expect(await rowsOf(folder.pokemon)).toHaveLength(5);
    expect((await changes(folder, 2)).entries[0]).toEqual([2, 'update', 1, 'weight', 69, 7]);
    await expect(readFile(folder.paths.pendingCommit)).rejects.toThrow('ENOENT');
  });

  it.each(['', '{"commitInfo":{"ti'])(
    'a torn beginning of ours (%j) is made good',
    async (torn) => {
      const folder = await decided();
      const beginning = torn === '' ? '' : (folder.texts[0] ?? '').slice(0, 100);
      await writeFile(entryPath(folder.pokemon, 2), beginning);
      expect(await told(folder)).toEqual([FIRST]);
      expect(await processInto(folder.data)).toMatchObject({ version: null });
      expect(await readFile(entryPath(folder.pokemon, 2), 'utf8')).toBe(folder.texts[0]);
      expect(await told(folder)).toEqual([FIRST, [2, null, 5, 0, 1, 0, true]]);
    },
  );
});

describe('a log that is missing or has lost entries is made good', () => {
  it.each(['pokemon', 'identities'] as const)('version 0 of %s', async (table) => {
    const folder = await published(2);
    const before = await keys(folder);
    await unlink(entryPath(folder[table], 0));
    expect((await told(folder)).map(([version, , , , , , kept]) => [version, kept])).toEqual([
      [1, true],
      [2, true],
    ]);
    const report = await processInto(folder.data);
    expect(report).toMatchObject({ version: 3, inserted: 0, updated: 0, deleted: 0 });
    expect(report.notes.join()).toContain(`the table ${table} had lost entries`);
    expect(await keys(folder)).toEqual(before);
    // Another engine reads it from the checkpoint on, and the app finds it whole.
    const checkpoint = join(
      folder[table],
      '_delta_log',
      `${'3'.padStart(20, '0')}.checkpoint.parquet`,
    );
    const [{ rows } = { rows: 0 }] = await queryRows<{ rows: number }>(
      `SELECT count(add.path)::INTEGER AS rows FROM read_parquet($path) WHERE add.path IS NOT NULL`,
      { path: checkpoint },
    );
    expect(rows).toBe(1);
    expect(await processInto(folder.data)).toMatchObject({ version: null, notes: [] });
  });

  it.each([
    ['pokemon', 0, ''],
    ['identities', 0, '{"commitInfo":{"ti'],
    ['pokemon', 1, '\0\0\0\0'],
  ] as const)('in %s, entry %i is damaged: %j', async (table, version, text) => {
    const folder = await published(3);
    const before = await keys(folder);
    await writeFile(entryPath(folder[table], version), text);
    expect((await told(folder)).map(([one, , rows]) => [one, rows])).toEqual([
      [1, 5],
      [2, 5],
      [3, 5],
    ]);
    expect((await changes(folder)).entries.filter(([one]) => one === 3)).toHaveLength(3);
    const report = await processInto(folder.data);
    expect(report).toMatchObject({ version: 4, inserted: 0, updated: 0, deleted: 0 });
    expect(report.notes.join()).toContain(`the table ${table} had lost entries`);
    expect(await keysAfterCleanUp(folder)).toEqual(before);
    expect(await processInto(folder.data)).toMatchObject({ version: null, notes: [] });
    await weigh(folder, 7);
    expect(await processInto(folder.data)).toMatchObject({ version: 5, updated: 1, notes: [] });
  });

  it('a damaged newest entry with a checkpoint of its own', async () => {
    const folder = await published(2);
    const version = await checkpointAs(folder.identities);
    await writeFile(entryPath(folder.identities, version), '');
    expect(await processInto(folder.data)).toMatchObject({ version: null });
    await weigh(folder, 7);
    expect(await processInto(folder.data)).toMatchObject({ version: 3, updated: 1, inserted: 0 });
  });

  it.each([
    ['pokemon', 2],
    // Later entries changed working rows alone: what the lookup holds is in this one.
    ['identities', 1],
  ] as const)(
    'in %s, entry %i is needed: refused, until it is moved away',
    async (table, version) => {
      const folder = await published(2);
      await writeFile(entryPath(folder[table], version), ' \n');
      await expect(processInto(folder.data)).rejects.toMatchObject({
        code: 'table-damaged',
        hint: expect.stringContaining('move it away'),
      });
      await unlink(entryPath(folder[table], version));
      const report = await processInto(folder.data);
      expect(report).toMatchObject({ version: 3, inserted: 0, deleted: 0 });
      expect(report.notes).toHaveLength(1);
      expect(await processInto(folder.data)).toMatchObject({ version: null });
    },
  );

  it('a table that is gone: pokemon under the same keys, history kept', async () => {
    const folder = await published(2);
    const before = await keys(folder);
    await rm(folder.pokemon, { recursive: true });
    expect((await told(folder)).map(([version, , rows]) => [version, rows])).toEqual([
      [1, 5],
      [2, 5],
    ]);
    expect(await processInto(folder.data)).toMatchObject({ version: 3, inserted: 0, updated: 0 });
    expect(await keys(folder)).toEqual(before);
    expect(await rowsOf(folder.pokemon)).toHaveLength(5);
    expect((await told(folder)).map(([version, , , , , , kept]) => [version, kept])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
  });

  it('a table that is gone: identities under new keys, which is told', async () => {
    const folder = await published(2);
    await rm(folder.identities, { recursive: true });
    const report = await processInto(folder.data);
    expect(report).toMatchObject({ version: 3, inserted: 0, updated: 0, deleted: 0 });
    expect(report.notes.join()).toContain('every Pokémon has a new pseudonym');
    const working = (await rowsOf(folder.pokemon)).map((row) => row['pokemon_key']).sort();
    expect([...(await keys(folder)).values()].sort()).toEqual(working);
    expect(await parquetRows(folder.parquet)).toHaveLength(5);
  });

  it('the newest commit of one table', async () => {
    const folder = await published(2);
    await unlink(entryPath(folder.identities, 2));
    expect(await processInto(folder.data)).toMatchObject({ version: 3, inserted: 0, updated: 0 });
    expect((await told(folder)).map(([version]) => version)).toEqual([1, 2, 3]);
    expect(await processInto(folder.data)).toMatchObject({ version: null });
  });
});
