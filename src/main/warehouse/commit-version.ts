import type { Missing } from '../../preload/contract/reports';
import { highestOf } from '../../preload/contract/extent';
import { AppError } from '../../preload/contract/errors';
import { APP_VERSION } from '../base/app-info';
import type { DataPaths } from '../base/data-folder';
import type { Database } from '../base/duckdb';
import { hostError } from '../base/host-error';
import { moveIntoPlace, replaceFile, temporaryBeside } from '../base/durable-file';
import { writeCheckpoint } from '../delta/checkpoint';
import type { Action } from '../delta/delta-actions';
import { commitText, parseEntry } from '../delta/log-entries';
import { snapshotAfter, NO_TABLE } from '../delta/snapshot';
import { StagedFiles } from '../delta/staged-files';
import { assignKeys } from './assign-keys';
import { type Changes, compareRows, differsFromNext } from './compare-rows';
import { createTables } from './create-tables';
import { deriveChanges } from './derive-changes';
import { earlierReleaseNotes } from './earlier-release';
import { keepErasedRows } from './erased-rows';
import { type HeldTable, type HeldTables, loadHeld } from './held-tables';
import { writeLastCheck } from './last-check';
import { removeLeftovers } from './leftovers';
import { othersChanges } from './others-changes';
import { ownCommit } from './own-commits';
import {
  commitBoth,
  type CommitEnd,
  finishPendingCommit,
  readPendingCommit,
} from './pending-commit';
import { publishedVersion, writeDataset } from './publish';
import { keepLogsShort } from './keep-logs-short';
import { readTables, type Tables } from './read-tables';
import { dropOldFiles } from './retention';
import { changedProperties, tableActions } from './table-actions';
import type { VersionMetadata } from './version-metadata';

export interface CommitInput {
  source: string | null;
  gathered_at: string | null;
  games: readonly string[] | 'all';
  listed: number;
  /** Rows of `next_rows` that documents brought. */
  rows: number;
  /** Documents that are missing from it, or in it as an earlier copy. */
  missing: readonly Missing[];
  /**
   * Batches of a folder's files whose documents are among the rows; null for none. The version that is made names
   * them, so that the folder's ledger can be completed from the log.
   */
  folder: VersionMetadata['folder'] | null;
  /** Versions kept readable. */
  keepVersions: number;
}

export interface CommitResult extends Changes {
  /** Null where the rows are those of the current version. */
  version: number | null;
  published: boolean;
  /** What a person should know, as sentences. */
  notes: string[];
  /** Rows of erased subjects, which no document brought. */
  erased: number;
}

/** How often a commit is tried where other programs keep committing first. */
const MOST_ATTEMPTS = 5;

/**
 * Makes `next_rows` the current version: compares it with what the tables hold, writes what changed
 * to both tables and the feed, commits, publishes pokemon.parquet and drops versions beyond
 * `keepVersions`. Where nothing changed, it only repeats a publish that a crash prevented.
 * The caller holds the writer's lock, which other programs do not know: what they commit meanwhile
 * is compared again.
 *
 * Version 0 is the empty table, 1 the first refresh.
 */
export async function commitVersion(
  database: Database,
  paths: DataPaths,
  input: CommitInput,
): Promise<CommitResult> {
  await removeLeftovers(paths);
  const conflicts: string[] = [];
  let moved: CommitResult | null = null;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    await finishPendingCommit(paths);
    // A commit that had to move names the batches already.
    const { end, result } = await attemptCommit(database, paths, {
      ...input,
      folder: moved === null ? input.folder : null,
    });
    if (end === 'done') {
      const told = moved !== null && result.version === null ? moved : result;
      const notes = [...new Set([...conflicts, ...(moved?.notes ?? []), ...result.notes])];
      return { ...told, notes };
    }
    conflicts.push(CONFLICT);
    if (end === 'moved') moved = result;
  }
  throw new AppError('table-conflict', 'Other programs keep committing to the tables.', {
    hint: 'Run it again when they are done; what was published before is intact.',
  });
}

const CONFLICT =
  'Another program committed to the tables at the same moment; the rows were compared again on top of its commit.';

interface Attempt {
  end: CommitEnd;
  result: CommitResult;
}

async function attemptCommit(
  database: Database,
  paths: DataPaths,
  given: CommitInput,
): Promise<Attempt> {
  const tables = await readOrCreate(paths);
  const held = await loadHeld(database, paths, tables);
  const erased = await keepErasedRows(database, paths, given.games);
  const input = { ...given, rows: given.rows + erased };
  await assignKeys(database, paths);
  const changes = await compareRows(database);
  const repairs = repairsOf(tables, held);
  if (repairs.length === 0 && !(await differsFromHeld(database, held))) {
    const published = await publishAgain(database, paths, input, tables);
    const notes = [
      ...(await deriveChanges(database, paths, tables.dataset)),
      ...(await tidyUp(database, paths, tables, input.keepVersions)),
    ];
    return { end: 'done', result: { version: null, ...changes, published, notes, erased } };
  }

  const version = tables.dataset.highest + 1;
  const notes = [
    ...repairs,
    ...(await othersChanges(database, paths, tables)),
    ...(await earlierReleaseNotes(database, paths, tables)),
    ...Object.values(held).flatMap(propertyNotes),
  ];
  const metadata: VersionMetadata = { ...metadataFor(input), ...changes };
  const staged = new StagedFiles();
  const parquet = temporaryBeside(paths.parquet);
  let end: CommitEnd;
  try {
    const actions = await writeVersion(database, staged, held, version, changes, metadata);
    // Written before the decision, after which a full disk must not make anything fail.
    staged.add(parquet);
    await writeDataset(database, parquet, 'next_rows', version, metadata);
    await staged.sync();
    end = await commitBoth(paths, {
      version,
      pokemon: { version: held.pokemon.next, text: commitText(actions.pokemon) },
      identities: { version: held.identities.next, text: commitText(actions.identities) },
    });
    if (end === 'done') await makeReadable(database, held, actions);
  } catch (error) {
    // A decided commit needs its files: the next writer finishes it.
    if ((await readPendingCommit(paths)) === null) await staged.discard();
    throw error;
  }
  const result = { version, ...changes, published: true, notes, erased };
  if (end !== 'done') {
    await staged.discard([parquet]);
    return { end, result };
  }
  await moveIntoPlace(parquet, paths.parquet);
  const committed = await readTables(paths);
  result.notes = [
    ...notes,
    // Before the files go from which the oldest changes are told.
    ...(await deriveChanges(database, paths, committed.dataset)),
    ...(await tidyUp(database, paths, committed, input.keepVersions)),
  ];
  return { end, result };
}

/**
 * Takes away what no kept version needs. The version is published by now, so where the disk does not
 * allow it, that is told and left to the next time.
 */
async function tidyUp(
  database: Database,
  paths: DataPaths,
  tables: Tables,
  keep: number,
): Promise<string[]> {
  await dropOldFiles(paths, tables, keep);
  try {
    await keepLogsShort(database, paths, tables, keep);
    return [];
  } catch (error) {
    const trouble = hostError(error, 'The folder tables');
    if (trouble === null) throw error;
    return [`The logs of the tables could not be kept short. ${trouble.message}`];
  }
}

async function readOrCreate(paths: DataPaths): Promise<Tables> {
  const tables = await readTables(paths);
  if (tables.pokemon.versions.length + tables.identities.versions.length > 0) return tables;
  await createTables(paths);
  return readTables(paths);
}

function metadataFor(input: CommitInput) {
  const { source, gathered_at, games, listed, rows, missing, folder } = input;
  const app_version = APP_VERSION;
  return {
    source,
    gathered_at,
    games: games === 'all' ? games : [...games],
    listed,
    rows,
    app_version,
    ...(folder === null ? {} : { folder }),
    ...(missing.length === 0 ? {} : { missing: [...missing] }),
  };
}

async function differsFromHeld(database: Database, held: HeldTables): Promise<boolean> {
  for (const { kind } of Object.values(held)) {
    if (await differsFromNext(database, `${kind.name}_held`, kind)) return true;
  }
  return false;
}

/** What a commit repairs although no row changed. */
function repairsOf({ dataset }: Tables, held: HeldTables): string[] {
  const repairs = Object.values(held).flatMap(({ kind, snapshot, log }) => {
    if (snapshot === null) {
      const keys = kind.name === 'identities' ? ', and every Pokémon has a new pseudonym' : '';
      return [`The table ${kind.name} was missing or damaged: it was made again${keys}.`];
    }
    return log.whole
      ? []
      : [`The log of the table ${kind.name} had lost entries: it is whole from this version on.`];
  });
  if (repairs.length > 0 || !dataset.half) return repairs;
  return ['One of the two tables had lost its newest commit: both are whole from this version on.'];
}

function propertyNotes(table: HeldTable): string[] {
  const changed = changedProperties(table);
  if (changed.length === 0) return [];
  return [
    `Another program had set ${changed.join(', ')} on the table ${table.kind.name}: it is again as this app needs it.`,
  ];
}

/** The rows are as before: publishes again what a crash or a person removed, and notes the check. */
async function publishAgain(
  database: Database,
  paths: DataPaths,
  input: CommitInput,
  { dataset }: Tables,
): Promise<boolean> {
  const current = dataset.newest;
  if (current === undefined) throw new Error('tables that were just made have no version');
  const { version } = current;
  let published = false;
  if (version > 0 && (await publishedVersion(database, paths)) !== version) {
    // Another program's version does not describe itself: its rows are those of this landing.
    const metadata = current.metadata ?? { ...metadataFor(input), ...NOTHING };
    await replaceFile(paths.parquet, (temporary) =>
      writeDataset(database, temporary, 'next_rows', version, metadata),
    );
    published = true;
  }
  const { source, gathered_at } = input;
  if (source !== null && gathered_at !== null) {
    await writeLastCheck(paths.lastCheck, { version, source, gathered_at });
  }
  return published;
}

const NOTHING: Changes = { inserted: 0, updated: 0, deleted: 0 };

interface BothActions {
  pokemon: Action[];
  identities: Action[];
}

/** Stages both tables' new files and returns their commits. */
async function writeVersion(
  database: Database,
  staged: StagedFiles,
  held: HeldTables,
  version: number,
  changes: Changes,
  metadata: VersionMetadata,
): Promise<BothActions> {
  const timestamp = nextTimestamp(held);
  const info = {
    timestamp,
    operation: 'MERGE',
    operationParameters: { predicate: 'source.id = target.id' },
    operationMetrics: {
      numTargetRowsInserted: String(changes.inserted),
      numTargetRowsUpdated: String(changes.updated),
      numTargetRowsDeleted: String(changes.deleted),
    },
    isBlindAppend: false,
    userMetadata: JSON.stringify(metadata),
  };
  const entry = async (table: HeldTable) =>
    ownCommit(version, info, await tableActions(database, staged, table, timestamp));
  return { pokemon: await entry(held.pokemon), identities: await entry(held.identities) };
}

/** Gives a log that has lost entries a checkpoint, so that other engines read the table again. */
async function makeReadable(
  database: Database,
  held: HeldTables,
  actions: BothActions,
): Promise<void> {
  for (const table of Object.values(held)) {
    const { kind, log, newest, next, path } = table as HeldTable;
    if (newest === null || (log.whole && newest.snapshot !== null)) continue;
    const written = parseEntry(commitText(actions[kind.name]));
    const snapshot = snapshotAfter(newest.snapshot ?? NO_TABLE, written);
    const txnId = written.find(({ commitInfo }) => commitInfo)?.commitInfo?.txnId;
    await writeCheckpoint(database, path, { version: next, txnId }, { snapshot, removes: [] });
  }
}

/** Commit times never go back, even where the machine's clock did. */
function nextTimestamp({ pokemon, identities }: HeldTables): number {
  const last = highestOf(
    [pokemon, identities].map(({ newest }) => newest?.timestamp ?? 0),
    0,
  );
  return Math.max(Date.now(), last + 1);
}
