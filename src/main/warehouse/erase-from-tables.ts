import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { highestOf } from '../../preload/contract/extent';
import { AppError } from '../../preload/contract/errors';
import { APP_VERSION } from '../base/app-info';
import type { DataPaths } from '../base/data-folder';
import type { Database } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import { isMissing, moveIntoPlace, replaceFile, temporaryBeside } from '../base/durable-file';
import { writeCheckpoint } from '../delta/checkpoint';
import { cleanLog } from '../delta/clean-log';
import { commitText, logFolder, logNames, paddedVersion } from '../delta/log-entries';
import { StagedFiles } from '../delta/staged-files';
import { filePath } from '../delta/table-rows';
import { loadDatasetAt } from './load-dataset-at';
import { withErasedRows } from './erased-rows';
import { type HeldTable, type HeldTables, loadHeld } from './held-tables';
import { removeLeftovers } from './leftovers';
import { isOwn, ownCommit } from './own-commits';
import { commitBoth, finishPendingCommit, readPendingCommit } from './pending-commit';
import { publishedVersion, writeDataset } from './publish';
import { readTables, type Tables } from './read-tables';
import { tableActions } from './table-actions';
import { IDENTITIES, KINDS, type TableKind, tablePath } from './table-kinds';
import type { VersionMetadata } from './version-metadata';

export interface EraseFromTables {
  /** Numbers of the subjects. */
  ids: ReadonlySet<number>;
  /** Whether a text names one of them. */
  names(text: string): boolean;
}

/** How often a commit is tried where other programs keep committing first. */
const MOST_ATTEMPTS = 5;

/**
 * Takes subjects out of both tables' every version and out of pokemon.parquet. Their working rows stay,
 * under a pseudonym without a salt: the caller has noted these as erased. The lookup gets a version
 * without them and a checkpoint, and loses everything before it; so does the log of `pokemon` where one
 * of its entries names them. Every step may be done again. Resolves to the version that is without them,
 * null where there are no tables. The caller holds the writer's lock.
 */
export async function eraseFromTables(
  database: Database,
  paths: DataPaths,
  subjects: EraseFromTables,
): Promise<number | null> {
  await removeLeftovers(paths);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    await finishPendingCommit(paths);
    const tables = await readTables(paths);
    const newest = tables.dataset.newest?.version ?? -1;
    if (newest < 1) return null;
    const held = await loadHeld(database, paths, tables);
    refuseDamaged(tables, held);
    if (await isClean(database, paths, held, subjects)) {
      await publish(database, paths, tables, subjects);
      await forgetBefore(database, paths, tables, subjects);
      return newest;
    }
    await commitWithout(database, paths, tables, held, subjects);
  }
  throw new AppError('table-conflict', 'Other programs keep committing to the tables.', {
    hint: 'Stop them and run it again: the erasure goes on where it was.',
  });
}

function refuseDamaged({ dataset }: Tables, held: HeldTables): void {
  const whole = Object.values(held).every(({ snapshot, log }) => snapshot !== null && log.whole);
  if (whole && !dataset.half) return;
  throw new AppError('table-damaged', 'The tables are damaged, so nothing was erased.', {
    hint: 'Run process, which makes them whole, and erase again.',
  });
}

/** Whether the newest version of both tables is of this app and has nothing of the subjects. */
async function isClean(
  database: Database,
  paths: DataPaths,
  held: HeldTables,
  { ids, names }: EraseFromTables,
): Promise<boolean> {
  const { n } = await database.row<{ n: number }>(
    `SELECT count(*)::INTEGER AS n FROM identities_held WHERE id IN (${listOf(ids)})`,
  );
  if (n > 0) return false;
  for (const { kind, newest } of Object.values(held) as HeldTable[]) {
    if (newest === null || !isOwn(newest)) return false;
    if (names(await entryTextOf(paths, kind, newest.version))) return false;
  }
  return true;
}

async function entryTextOf(paths: DataPaths, kind: TableKind, version: number): Promise<string> {
  const path = join(logFolder(tablePath(paths, kind)), `${paddedVersion(version)}.json`);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return '';
    throw error;
  }
}

async function commitWithout(
  database: Database,
  paths: DataPaths,
  tables: Tables,
  held: HeldTables,
  { ids, names }: EraseFromTables,
): Promise<void> {
  await database.run(
    `CREATE OR REPLACE TEMP TABLE next_lookup AS
     SELECT * FROM identities_held WHERE id NOT IN (${listOf(ids)})`,
  );
  await database.run(
    `CREATE OR REPLACE TEMP TABLE next AS
     SELECT * FROM pokemon_held JOIN (${await withErasedRows(paths, 'SELECT * FROM next_lookup')})
       USING (pokemon_key)
     QUALIFY row_number() OVER (PARTITION BY id ORDER BY pokemon_key) = 1`,
  );
  const version = tables.dataset.highest + 1;
  const last = [held.pokemon, held.identities].map(({ newest }) => newest?.timestamp ?? 0);
  const timestamp = Math.max(Date.now(), highestOf(last, 0) + 1);
  const metadata = await metadataAfter(database, tables, ids, names);
  const info = {
    timestamp,
    operation: 'DELETE',
    // Which rows is nobody's business.
    operationParameters: { predicate: '[]' },
    isBlindAppend: false,
    userMetadata: JSON.stringify(metadata),
  };
  const staged = new StagedFiles();
  const parquet = temporaryBeside(paths.parquet);
  try {
    const text = async (table: HeldTable) =>
      commitText(ownCommit(version, info, await tableActions(database, staged, table, timestamp)));
    const commit = {
      version,
      pokemon: { version: held.pokemon.next, text: await text(held.pokemon) },
      identities: { version: held.identities.next, text: await text(held.identities) },
    };
    staged.add(parquet);
    await writeDataset(database, parquet, 'next', version, metadata);
    await staged.sync();
    const end = await commitBoth(paths, commit);
    if (end === 'done') await moveIntoPlace(parquet, paths.parquet);
    else await staged.discard([parquet]);
  } catch (error) {
    // A decided commit needs its files: whoever goes on finishes it.
    if ((await readPendingCommit(paths)) === null) await staged.discard();
    throw error;
  }
}

/** What the version says of itself: as the one before, but nobody is named who is erased. */
async function metadataAfter(
  database: Database,
  { dataset }: Tables,
  ids: ReadonlySet<number>,
  names: (text: string) => boolean,
): Promise<VersionMetadata> {
  const before = dataset.listed.findLast(({ metadata }) => metadata !== null)?.metadata;
  const { rows } = await database.row<{ rows: number }>(
    'SELECT count(*)::INTEGER AS rows FROM next',
  );
  const { missing = [], ...kept } = before ?? UNKNOWN;
  const named = missing.filter(
    (one) => !(one.id !== undefined && ids.has(one.id)) && !names(JSON.stringify(one)),
  );
  return {
    ...kept,
    // What was taken up of a folder belongs to the version that took it up.
    folder: undefined,
    ...{ rows, inserted: 0, updated: 0, deleted: 0, app_version: APP_VERSION },
    ...(named.length === 0 ? {} : { missing: named }),
    erased: ids.size,
  };
}

const UNKNOWN: VersionMetadata = {
  source: null,
  gathered_at: null,
  games: 'all',
  listed: 0,
  rows: 0,
  inserted: 0,
  updated: 0,
  deleted: 0,
  app_version: APP_VERSION,
};

/** Makes pokemon.parquet that of the newest version where a crash prevented it, or it names a subject. */
async function publish(
  database: Database,
  paths: DataPaths,
  { dataset }: Tables,
  { ids }: EraseFromTables,
): Promise<void> {
  const version = dataset.newest?.version ?? 0;
  const isThere = (await publishedVersion(database, paths)) === version;
  if (isThere && !(await hasRows(database, paths.parquet, ids))) return;
  const table = await loadDatasetAt(database, paths, version);
  const metadata = dataset.newest?.metadata ?? UNKNOWN;
  await replaceFile(paths.parquet, (temporary) =>
    writeDataset(database, temporary, table, version, metadata),
  );
}

async function hasRows(
  database: Database,
  parquet: string,
  ids: ReadonlySet<number>,
): Promise<boolean> {
  const { n } = await database.row<{ n: number }>(
    `SELECT count(*)::INTEGER AS n FROM ${scanParquet([parquet])} WHERE id IN (${listOf(ids)})`,
  );
  return n > 0;
}

/** Takes away what older versions say of the subjects. */
async function forgetBefore(
  database: Database,
  paths: DataPaths,
  tables: Tables,
  { names }: EraseFromTables,
): Promise<void> {
  for (const kind of KINDS) {
    const table = tablePath(paths, kind);
    const newest = tables[kind.name].versions.at(-1);
    if (!newest?.snapshot) throw new Error(`tables/${kind.name} has no newest version`);
    if (kind.anonymous && !(await isNamedBefore(table, newest.version, names))) continue;
    const commit = { version: newest.version, txnId: newest.info.txnId };
    // Of removed files nothing is told: in the lookup they are gone.
    const content = { snapshot: newest.snapshot, removes: [] };
    await writeCheckpoint(database, table, commit, content);
    await cleanLog(table, newest.version);
    if (kind !== IDENTITIES) continue;
    const needed = [...newest.snapshot.files.keys()].map((path) => filePath(table, path));
    await removeAllBut(table, needed, paddedVersion(newest.version));
  }
}

/** Whether something before the newest entry of a log names a subject. */
async function isNamedBefore(
  table: string,
  newest: number,
  names: (text: string) => boolean,
): Promise<boolean> {
  for (const name of await logNames(table)) {
    if (name.startsWith(paddedVersion(newest)) || name === '_sidecars') continue;
    if (names(await readFile(join(logFolder(table), name), 'utf8'))) return true;
  }
  return false;
}

/** Also what other programs left: deletion vectors, change files, checkpoints' parts, copies. */
async function removeAllBut(
  table: string,
  needed: readonly string[],
  version: string,
): Promise<void> {
  const kept = new Set(needed);
  const log = logFolder(table);
  for (const entry of await readdir(table, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    if (kept.has(path)) continue;
    const isLog = entry.parentPath === log;
    if (isLog && (basename(path).includes(version) || entry.name === '_last_checkpoint')) continue;
    await rm(path, { force: true });
  }
}

function listOf(ids: ReadonlySet<number>): string {
  return [...ids].map(Math.trunc).join(', ');
}
