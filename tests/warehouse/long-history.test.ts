import { cpSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import type { TableVersion } from '../../src/main/delta/delta-log';
import { scopeLanding } from '../../src/main/pipeline/process';
import { commitVersion } from '../../src/main/warehouse/commit-version';
import { readChanges, tellChanges } from '../../src/main/warehouse/read-changes';
import { readTables } from '../../src/main/warehouse/read-tables';
import { readHistory } from '../../src/main/warehouse/read-history';
import { deltaRows, replayDelta } from '../helpers/delta-replay';
import { landDocuments, processInto } from '../helpers/land-documents';
import { alterAs, checkpointAs, commitAs, currentFiles, rewriteAs } from '../helpers/other-engine';
import { queryRows } from '../helpers/parquet-rows';
import { appearance } from '../helpers/kill-refresh';
import { publishedState } from '../helpers/published-state';
import { cases } from '../helpers/rounds';
import { runCli, startCli } from '../helpers/run-cli';
import { atSuiteEnd } from '../helpers/suite-end';
import { temporaryFolder } from '../helpers/temporary-folder';
import { withDatabase } from '../helpers/with-database';

const KEPT = 3;

interface Folder {
  data: string;
  paths: ReturnType<typeof dataPaths>;
  /** Makes versions up to this one; the weight of Pokémon 1 is ten times the version. */
  until(version: number): Promise<void>;
}

/** With so many versions; as they are made once for the whole file, or none for 0. */
async function folder(versions = 0): Promise<Folder> {
  const data = await temporaryFolder();
  if (versions > 0) cpSync(made.get(versions) ?? '', data, { recursive: true });
  else await landDocuments(data, OTHERS);
  return folderAt(data, versions);
}

function folderAt(data: string, versions: number): Folder {
  let version = versions;
  return {
    data,
    paths: dataPaths(data),
    until: async (last) => {
      await landDocuments(data, [{ id: 1, weight: last * 10 }]);
      await commitWeights(data, range(version + 1, last - 1));
      await processInto(data, { keepVersions: KEPT });
      version = last;
    },
  };
}

/** What has no other weight in any version. */
const OTHERS = [{ id: 2 }, { id: 3, name: 'ivysaur' }];
/** Number of versions → the folder as it was when it had so many. */
const made = new Map<number, string>();
const atEnd = atSuiteEnd();

beforeAll(async () => {
  const growing = await temporaryFolder(atEnd);
  await landDocuments(growing, OTHERS);
  const { until } = folderAt(growing, 0);
  for (const versions of [8, 10, 11, 19, 22, 23, 24, 25]) {
    await until(versions);
    const copy = await temporaryFolder(atEnd);
    cpSync(growing, copy, { recursive: true });
    made.set(versions, copy);
  }
});

/** One version each, by the same commit as `processInto`, whose reading of landing takes longer. */
async function commitWeights(data: string, versions: readonly number[]): Promise<void> {
  const paths = dataPaths(data);
  await withDatabase(async (database) => {
    const scoped = await scopeLanding(database, paths, 'all');
    for (const version of versions) {
      await database.run('UPDATE next_rows SET weight = $weight WHERE id = 1', {
        weight: version * 10,
      });
      await commitVersion(database, paths, {
        ...{ source: null, folder: null, gathered_at: null, games: 'all' as const, missing: [] },
        ...{ listed: scoped.listed, rows: scoped.in_scope, keepVersions: KEPT },
      });
    }
  });
}

/** As other engines see it: hidden files are the app's own. */
async function logNames(table: string): Promise<string[]> {
  const names = await readdir(join(table, '_delta_log'));
  return names.filter((name) => !name.startsWith('.')).sort();
}

const padded = (version: number) => String(version).padStart(20, '0');
const entry = (version: number) => `${padded(version)}.json`;
const checkpoint = (version: number) => `${padded(version)}.checkpoint.parquet`;
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('the logs of many versions', () => {
  it('have a checkpoint every ten commits, and nothing before the one that the kept versions need', async () => {
    const { data, paths, until } = await folder(25);
    for (const table of [paths.pokemonTable, paths.identitiesTable]) {
      expect(await logNames(table)).toEqual(
        [...range(20, 25).map(entry), checkpoint(20), '_last_checkpoint'].sort(),
      );
      // The reader of its own finds in the checkpoint what the entries said.
      const versions = await replayDelta(table);
      expect(versions.map(({ version }) => version)).toEqual(range(20, 25));
      for (const version of versions.slice(-KEPT)) {
        expect(await deltaRows(table, version)).toHaveLength(3);
      }
    }
    // Of the kept 30, 31 and 32 the first one's changes are told from 29, for which 20 is needed.
    await until(32);
    expect((await logNames(paths.pokemonTable)).slice(0, 2)).toEqual([checkpoint(20), entry(20)]);
    await until(33);
    expect((await logNames(paths.pokemonTable)).slice(0, 2)).toEqual([checkpoint(30), entry(30)]);
    const { tables, parquet } = await publishedState(data);
    expect(tables).toEqual(parquet);
    expect(tables).toMatchObject({ version: 33, rows: 3 });
    expect(await processInto(data, { keepVersions: KEPT })).toMatchObject({ version: null });
  });

  it('keep the numbers of versions; history ends where they do', async () => {
    const { data, paths } = await folder(24);
    const { stderr } = await runCli(['history', '--data', data]);
    expect(stderr).toContain('Versions before 20 are no longer listed.');
    const entries = await readHistory(paths);
    expect(entries.map(({ version, kept }) => [version, kept])).toEqual([
      [24, true],
      [23, true],
      [22, true],
      [21, false],
      [20, false],
    ]);
    expect(entries.map(({ updated, rows }) => [updated, rows])).toEqual(Array(5).fill([1, 3]));
    await withDatabase(async (database) => {
      const all = await readChanges(database, paths, {});
      const told = all.filter(({ column }) => column === 'weight');
      expect(told.map(({ version, after }) => [version, after])).toEqual(
        range(2, 24).map((version) => [version, version * 10]),
      );
      // Where what changed was not written down, only the tables tell it.
      await rm(paths.changes, { recursive: true });
      for (const from of [1, 19, 21]) {
        await expect(readChanges(database, paths, { from })).rejects.toMatchObject({
          code: 'version-not-kept',
          message: expect.stringContaining(`ersion ${from} `),
        });
      }
      const { entries: left, untold } = await tellChanges(database, paths, {});
      expect(untold).toEqual(range(1, 21));
      const weights = left.filter(({ column }) => column === 'weight');
      expect(weights.map(({ version, before, after }) => [version, before, after])).toEqual([
        [22, 210, 220],
        [23, 220, 230],
        [24, 230, 240],
      ]);
    });
  });

  it('a checkpoint that is gone or damaged is no fault, and nothing is deleted behind it', async () => {
    const { data, paths, until } = await folder(11);
    await rm(join(paths.pokemonTable, '_delta_log', checkpoint(10)));
    await writeFile(join(paths.identitiesTable, '_delta_log', checkpoint(10)), 'PAR1');
    // Other engines would find the pointer and no checkpoint: it goes with it.
    await rm(join(paths.pokemonTable, '_delta_log', '_last_checkpoint'));
    await until(12);
    expect(await logNames(paths.pokemonTable)).toContain(checkpoint(12));
    await until(16);
    expect(
      (await logNames(paths.identitiesTable)).filter((name) => name.endsWith('.json')),
    ).toEqual(range(0, 16).map(entry));
    expect((await logNames(paths.pokemonTable)).filter((name) => name.endsWith('.json'))).toEqual(
      range(12, 16).map(entry),
    );
    expect((await readHistory(paths)).map(({ version }) => version)).toEqual(
      range(1, 16).reverse(),
    );
    expect(await processInto(data, { keepVersions: KEPT })).toMatchObject({ version: null });
    await until(25);
    expect((await logNames(paths.identitiesTable))[0]).toBe(checkpoint(20));
  });

  it('a checkpoint tells which files were removed within the week and are there still', async () => {
    const { paths } = await folder(10);
    const removes = await queryRows<{ path: string; at: number }>(
      `SELECT remove.path AS path, remove.deletionTimestamp::DOUBLE AS at
       FROM read_parquet($path) WHERE remove IS NOT NULL`,
      { path: join(paths.pokemonTable, '_delta_log', checkpoint(10)) },
    );
    const there = (await readdir(paths.pokemonTable)).filter((name) => name.endsWith('.parquet'));
    // The kept versions 8 and 9; that of 10 is the table.
    expect(removes).toHaveLength(2);
    for (const { path, at } of removes) {
      expect(there).toContain(path);
      expect(Math.abs(Date.now() - at)).toBeLessThan(60_000);
    }
  });
});

function stateOf({ snapshot, removedBefore }: TableVersion) {
  const stats = [...(snapshot?.files.values() ?? [])].map((file) => [file.path, file.stats]);
  const { schemaString, configuration } = snapshot?.metaData ?? {};
  const transactions = [...(snapshot?.transactions ?? [])];
  const removed = removedBefore.map(({ path }) => path);
  return { stats, schemaString, configuration, transactions, removed };
}

describe('the copy of a checkpoint that is read without a database', () => {
  it('says the same, goes with its checkpoint, and counts only for the commit it was made of', async () => {
    const { paths } = await folder(23);
    const log = join(paths.pokemonTable, '_delta_log');
    const copies = async () => (await readdir(log)).filter((name) => name.startsWith('.'));
    const copy = `.${padded(20)}.checkpoint.json`;
    expect(await copies()).toEqual([copy]);
    const withCopy = await readTables(paths);
    const text = await readFile(join(log, copy), 'utf8');
    const told = JSON.parse(text) as { txnId: string; actions: object[] };
    for (const other of [
      '',
      '{"txnId"',
      JSON.stringify({ ...told, txnId: 'another', actions: told.actions.slice(0, 2) }),
    ]) {
      await writeFile(join(log, copy), other);
      const without = await readTables(paths);
      expect(without.pokemon.versions.map(stateOf)).toEqual(withCopy.pokemon.versions.map(stateOf));
    }
  });
});

describe('a process that is killed while it keeps the logs short', () => {
  /** Entries and checkpoint that version 23 makes needless, in the order in which they go. */
  const GOING = [...range(10, 19).map(entry), checkpoint(10)].sort();

  it.each(cases([0, 1, 6], [2, 3, 9, 10, 11]))(
    'after %i files were deleted leaves logs that are read, and the next one goes on',
    async (deleted) => {
      const { data, paths } = await folder(22);
      await landDocuments(data, [{ id: 1, weight: 230 }]);
      await processInto(data);
      const left = [GOING.slice(deleted), GOING.slice(Math.max(0, deleted - 5))];
      for (const [index, table] of [paths.pokemonTable, paths.identitiesTable].entries()) {
        for (const name of GOING.filter((one) => left[index]?.includes(one) === false)) {
          await rm(join(table, '_delta_log', name));
        }
      }
      await expectWhole(data, 23);
      expect((await readHistory(paths))[0]).toMatchObject({ version: 23, updated: 1, kept: true });
      expect(await processInto(data, { keepVersions: KEPT })).toMatchObject({ version: null });
      for (const table of [paths.pokemonTable, paths.identitiesTable]) {
        expect((await logNames(table))[0]).toBe(checkpoint(20));
      }
      await landDocuments(data, [{ id: 1, weight: 240 }]);
      await processInto(data, { keepVersions: KEPT });
      await expectWhole(data, 24);
    },
  );

  it.each(
    cases(
      [
        [19, /checkpoint\.parquet/],
        [22, /^0{18}1[5-9]\.json$/],
      ] as const,
      Array.from(
        { length: 10 },
        () =>
          [
            [19, /checkpoint\.parquet$/],
            [19, /^_last_checkpoint$/],
            [22, /^0{18}10\.json$/],
            [22, /^0{18}1[1-4]\.json$/],
          ] as const,
      ).flat(),
    ),
  )('with SIGKILL, at version %i when %s changes', async (version, name) => {
    const { data, paths } = await folder(version);
    await landDocuments(data, [{ id: 1, weight: (version + 1) * 10 }]);
    const running = startCli(['process', '--data', data, '--keep', String(KEPT)]);
    const ended = new AbortController();
    void running.done.then(() => ended.abort());
    await appearance(join(paths.pokemonTable, '_delta_log'), name, ended.signal);
    running.kill('SIGKILL');
    await running.done;
    // The version is published before its logs are looked after.
    await expectWhole(data, version + 1);
    const report = await processInto(data, { keepVersions: KEPT });
    expect(report).toMatchObject({ version: null, notes: [] });
    const names = await logNames(paths.pokemonTable);
    const hidden = await readdir(join(paths.pokemonTable, '_delta_log'));
    expect(hidden.filter((one) => one.endsWith('.tmp'))).toEqual([]);
    expect(names).toContain(checkpoint(20));
    expect(names[0]).toBe(version === 22 ? checkpoint(20) : checkpoint(10));
  });
});

async function expectWhole(data: string, version: number, tableVersion = version): Promise<void> {
  const { tables, parquet } = await publishedState(data);
  expect(tables).toMatchObject({ version: tableVersion, rows: 3 });
  expect(tables?.content).toContain(`"weight":${version * 10},`);
  expect(parquet).toEqual({ ...tables, version });
}

describe('what others ask of the log or have done to it', () => {
  it.each([
    ['delta.enableExpiredLogCleanup', 'false', 24],
    ['delta.logRetentionDuration', 'interval 30 days', 14],
    ['delta.logRetentionDuration', 'as long as there are people', 14],
  ])('%s = %s keeps the entries of that table up to version %i', async (property, value, last) => {
    const { paths, until } = await folder(11);
    await alterAs(paths.pokemonTable, { configuration: { [property]: value } });
    await until(last);
    const names = await logNames(paths.pokemonTable);
    // One more than versions: ALTER TABLE is a commit too.
    expect(names.filter((name) => name.endsWith('.json'))).toEqual(range(0, last + 1).map(entry));
    const lastCheckpoint = checkpoint(last - 4);
    expect(names).toContain(lastCheckpoint);
    expect((await logNames(paths.identitiesTable))[0]).toBe(lastCheckpoint);
    const entries = await readHistory(paths);
    expect(entries.map(({ version }) => version)).toEqual(range(1, last).reverse());
    expect(entries.every(({ updated }) => updated !== null)).toBe(true);
  });

  it('delta.checkpointInterval is followed; a short time to keep entries too', async () => {
    const { paths, until } = await folder();
    await until(1);
    await alterAs(paths.pokemonTable, {
      configuration: {
        'delta.checkpointInterval': '4',
        'delta.logRetentionDuration': 'interval 1 millisecond',
      },
    });
    await until(9);
    expect((await logNames(paths.pokemonTable)).filter((name) => name.includes('point'))).toEqual([
      checkpoint(4),
      checkpoint(8),
      '_last_checkpoint',
    ]);
    expect((await logNames(paths.pokemonTable))[0]).toBe(checkpoint(4));
  });

  it('OPTIMIZE, VACUUM, a checkpoint and a clean-up of theirs cost versions before them, and no more', async () => {
    const { data, paths, until } = await folder(8);
    for (const table of [paths.pokemonTable, paths.identitiesTable]) {
      await rewriteAs('delta-rs', table, 'OPTIMIZE', 'SELECT * FROM t', false);
      const current = new Set(await currentFiles(table));
      for (const name of await readdir(table)) {
        if (name.endsWith('.parquet') && !current.has(name)) await rm(join(table, name));
      }
      await checkpointAs(table);
    }
    expect((await readHistory(paths)).map(({ version, kept }) => [version, kept])).toEqual([
      [8, true],
    ]);
    await until(23);
    for (const table of [paths.pokemonTable, paths.identitiesTable]) {
      const [first] = await logNames(table);
      expect(Number(first?.slice(0, 20))).toBeGreaterThan(9);
    }
    await expectWhole(data, 23, 24);
    const entries = await readHistory(paths);
    expect(
      entries.slice(0, 3).map(({ version, kept, updated }) => [version, kept, updated]),
    ).toEqual([23, 22, 21].map((version) => [version, true, 1]));
  });

  it('versions that another program made keep their numbers behind a clean-up', async () => {
    const { paths, until } = await folder(8);
    await rewriteAs('delta-rs', paths.pokemonTable, 'DELETE', 'SELECT * FROM t WHERE weight <> 80');
    await commitAs('spark', paths.pokemonTable, 'VACUUM START', []);
    await commitAs('spark', paths.pokemonTable, 'VACUUM END', []);
    expect((await readHistory(paths))[0]).toMatchObject({ version: 9, deleted: 1 });
    await until(9);
    // The app's next version puts the row back.
    expect((await readHistory(paths))[0]).toMatchObject({ version: 10, inserted: 1 });
    await until(22);
    expect((await readHistory(paths)).map(({ version }) => version)[0]).toBe(23);
    const [first] = await logNames(paths.pokemonTable);
    expect(Number(first?.slice(0, 20))).toBeGreaterThan(10);
    const last = JSON.parse(
      await readFile(join(paths.pokemonTable, '_delta_log', '_last_checkpoint'), 'utf8'),
    ) as { version: number };
    expect(last.version).toBeGreaterThan(10);
  });
});
