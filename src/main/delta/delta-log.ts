import { stat } from 'node:fs/promises';
import { AppError } from '../../preload/contract/errors';
import { readCheckpoint } from './checkpoint';
import { checkpointsOf } from './checkpoint-names';
import { isMissing } from '../base/durable-file';
import type { Action, AddFile, CdcFile, CommitInfo, RemoveFile } from './delta-actions';
import { damagedEntry, entryPath, isEntryName, logNames, readEntry } from './log-entries';
import { NO_TABLE, type Snapshot, snapshotAfter } from './snapshot';

/** One commit in the log, and the table after it. */
export interface TableVersion {
  version: number;
  info: CommitInfo;
  /** Epoch milliseconds. */
  timestamp: number;
  adds: readonly AddFile[];
  removes: readonly RemoveFile[];
  /** Of files removed before it, as the checkpoint tells where the snapshot comes from one. */
  removedBefore: readonly RemoveFile[];
  cdc: readonly CdcFile[];
  /** What this commit says about the versions of applications. */
  transactions: ReadonlyMap<string, number>;
  /** Whether it says that rows changed; housekeeping (OPTIMIZE, VACUUM) does not. */
  changesRows: boolean;
  /** True where the snapshot comes from a checkpoint: what came before is not known. */
  base: boolean;
  /** Null where the log no longer says what the table was. */
  snapshot: Snapshot | null;
}

export interface TableLog {
  /** Oldest first; versions the log no longer has are left out. */
  versions: TableVersion[];
  /** False where entries are missing, so that other engines cannot read the newest version. */
  whole: boolean;
  /** Versions that have a checkpoint, oldest first; none was looked into that was not needed. */
  checkpoints: readonly number[];
}

export interface ReadLogOptions {
  /** Recognizes commits that replace the whole table, so that what came before does not matter. */
  replacesAll?(actions: readonly Action[]): boolean;
  /** Recognizes commits that lost whole lines at their end. */
  lostItsEnd?(actions: readonly Action[]): boolean;
  /** An entry to pass over where it is torn: its writer was interrupted and is known. */
  interrupted?: number | null;
}

/** Entries read at the same time. */
const TOGETHER = 32;
/** How often to list a log that is cleaned up while it is read. */
const MOST_TRIES = 5;

/**
 * A table's versions; none where there is no table. A log whose beginning was cleaned up is read
 * from its checkpoint on. An entry that is empty or cut short is not a commit: it counts as lost
 * where a later commit or checkpoint has the whole table. Throws `table-damaged` where none has.
 */
export async function readLog(table: string, options: ReadLogOptions = {}): Promise<TableLog> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readListed(table, options);
    } catch (error) {
      if (attempt === MOST_TRIES || !isMissing(error)) throw error;
    }
  }
}

async function readListed(table: string, options: ReadLogOptions): Promise<TableLog> {
  const names = await logNames(table);
  const entries = names.filter(isEntryName).map((name) => Number(name.slice(0, 20)));
  const checkpoints = checkpointsOf(table, names);
  const all = [...new Set([...entries, ...checkpoints.keys()])].sort((a, b) => a - b);
  const { actions, damaged } = await readEntries(table, entries, options);
  const versions: TableVersion[] = [];
  let whole = true;
  for (const version of all) {
    const commit = actions.get(version);
    const previous = versions.at(-1);
    const follows = version === 0 || previous?.version === version - 1;
    const before = version === 0 ? NO_TABLE : follows ? (previous?.snapshot ?? null) : null;
    // A checkpoint says nothing new about a version that the entries lead up to.
    const needed = before === null || commit === undefined || !whole;
    const checkpoint = needed ? checkpoints.get(version) : undefined;
    const info = commit?.find((action) => action.commitInfo)?.commitInfo ?? {};
    const read =
      checkpoint === undefined ? null : await readCheckpoint(table, checkpoint, info.txnId);
    if (commit === undefined) {
      if (read === null) continue;
      versions.push({
        ...NO_COMMIT,
        version,
        timestamp: await fileTime(checkpoint?.files[0]),
        base: true,
        removedBefore: read.removes,
        snapshot: read.snapshot,
      });
    } else {
      const replaced =
        before === null && read === null && (options.replacesAll?.(commit) ?? false)
          ? snapshotAfter({ ...NO_TABLE, ...known(versions) }, commit)
          : null;
      versions.push({
        ...commitOf(commit),
        version,
        info,
        timestamp: info.timestamp ?? (await fileTime(entryPath(table, version))),
        base: read !== null,
        removedBefore: read?.removes ?? [],
        snapshot: read?.snapshot ?? (before === null ? replaced : snapshotAfter(before, commit)),
      });
    }
    if (read !== null || version === 0) whole = true;
    else if (before === null) whole = false;
  }
  const newest = versions.at(-1);
  for (const [version, error] of damaged) {
    if (!newest?.snapshot || newest.version < version) throw error;
  }
  return { versions, whole, checkpoints: [...checkpoints.keys()] };
}

const NO_COMMIT = {
  info: {},
  adds: [],
  removes: [],
  removedBefore: [],
  cdc: [],
  transactions: new Map<string, number>(),
  changesRows: false,
};

/**
 * The time of a commit that does not state it: its file's.
 * Source: PROTOCOL.md, “Commit Provenance Information”.
 */
async function fileTime(path: string | undefined): Promise<number> {
  return path === undefined ? 0 : Math.trunc((await stat(path)).mtimeMs);
}

/** Protocol and schema as last said before entries were lost. */
function known(versions: readonly TableVersion[]): Partial<Snapshot> {
  const last = versions.findLast((version) => version.snapshot !== null)?.snapshot;
  return last ? { protocol: last.protocol, metaData: last.metaData } : {};
}

interface ReadEntries {
  actions: Map<number, Action[]>;
  /** Entries that are empty or cut short. */
  damaged: Map<number, AppError>;
}

async function readEntries(
  table: string,
  entries: readonly number[],
  options: ReadLogOptions,
): Promise<ReadEntries> {
  const actions = new Map<number, Action[]>();
  const damaged = new Map<number, AppError>();
  const sorted = [...entries].sort((a, b) => a - b);
  for (let at = 0; at < sorted.length; at += TOGETHER) {
    const some = sorted.slice(at, at + TOGETHER);
    const read = await Promise.all(some.map((version) => wholeEntry(table, version, options)));
    for (const [index, version] of some.entries()) {
      const entry = read[index];
      if (entry instanceof AppError) damaged.set(version, entry);
      else if (entry) actions.set(version, entry);
    }
  }
  return { actions, damaged };
}

/** An entry's actions; the error where it is damaged; null where its writer was interrupted. */
async function wholeEntry(
  table: string,
  version: number,
  { lostItsEnd, interrupted }: ReadLogOptions,
): Promise<Action[] | AppError | null> {
  try {
    const actions = await readEntry(table, version);
    if (lostItsEnd?.(actions) ?? false) throw damagedEntry(table, version, 'is cut short');
    return actions;
  } catch (error) {
    if (version === interrupted) return null;
    if (error instanceof AppError && error.code === 'table-damaged') return error;
    throw error;
  }
}

function commitOf(actions: readonly Action[]) {
  const adds = actions.flatMap((action) => action.add ?? []);
  const removes = actions.flatMap((action) => action.remove ?? []);
  return {
    adds,
    removes,
    cdc: actions.flatMap((action) => action.cdc ?? []),
    transactions: new Map(
      actions.flatMap(({ txn }) => (txn ? [[txn.appId, txn.version] as const] : [])),
    ),
    changesRows: [...adds, ...removes].some((file) => file.dataChange),
  };
}
