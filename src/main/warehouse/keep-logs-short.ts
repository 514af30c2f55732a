import type { DataPaths } from '../base/data-folder';
import type { Database } from '../base/duckdb';
import { readCheckpoint, writeCheckpoint } from '../delta/checkpoint';
import { checkpointsOf } from '../delta/checkpoint-names';
import { cleanLog } from '../delta/clean-log';
import type { RemoveFile } from '../delta/delta-actions';
import type { TableLog, TableVersion } from '../delta/delta-log';
import { logNames } from '../delta/log-entries';
import { checkpointInterval, logRetention, removedFileRetention } from '../delta/table-properties';
import { filesThere } from '../delta/table-rows';
import { isOwn } from './own-commits';
import type { Tables } from './read-tables';
import { KINDS, tablePath } from './table-kinds';

/**
 * Keeps both logs as short as the last `keep` versions allow, so that reading them costs the same
 * however many there were: gives the newest commit a checkpoint where the last one is ten commits
 * ago, and deletes what no kept version needs before one. Nothing depends on it: a log without
 * checkpoints is only longer. The caller holds the writer's lock.
 *
 * Both happen at commits of this app alone: these say which version of the dataset they make, so
 * that no number is lost with the entries before them.
 */
export async function keepLogsShort(
  database: Database,
  paths: DataPaths,
  tables: Tables,
  keep: number,
): Promise<void> {
  const kept = tables.dataset.listed.slice(-keep);
  // The changes of the oldest kept version are told from the one before it.
  const first = tables.dataset.at((kept[0]?.version ?? 0) - 1) ?? kept[0];
  for (const kind of KINDS) {
    const path = tablePath(paths, kind);
    const log = tables[kind.name];
    await writeDueCheckpoint(database, path, log);
    const needed = first?.[kind.name]?.version;
    if (needed !== undefined) await cleanBehind(path, log, needed);
  }
}

async function writeDueCheckpoint(
  database: Database,
  table: string,
  { versions, whole, checkpoints }: TableLog,
): Promise<void> {
  const newest = versions.at(-1);
  if (!whole || !newest?.snapshot || !isOwn(newest)) return;
  const properties = newest.snapshot.metaData?.configuration ?? {};
  const since = newest.version - (checkpoints.at(-1) ?? 0);
  if (since < checkpointInterval(properties)) return;
  const removed = removedSince(versions, Date.now() - removedFileRetention(properties));
  const removes: RemoveFile[] = [];
  for (const remove of removed) {
    // Of a file that is gone there is nothing to tell.
    if (await filesThere(table, [remove.path])) removes.push(remove);
  }
  const commit = { version: newest.version, txnId: newest.info.txnId };
  await writeCheckpoint(database, table, commit, { snapshot: newest.snapshot, removes });
}

/** Files that are no part of the newest version and were removed after a time. */
function removedSince(versions: readonly TableVersion[], expired: number): RemoveFile[] {
  const there = versions.at(-1)?.snapshot?.files;
  const removed = new Map<string, RemoveFile>();
  for (const { removedBefore, removes, timestamp } of versions) {
    for (const remove of [...removedBefore, ...removes]) {
      const recent = (remove.deletionTimestamp ?? timestamp) > expired;
      if (recent && there?.has(remove.path) !== true) removed.set(remove.path, remove);
    }
  }
  return [...removed.values()];
}

/** Deletes what the log says before the newest checkpoint that tells all from version `needed` on. */
async function cleanBehind(table: string, log: TableLog, needed: number): Promise<void> {
  const { versions } = log;
  const properties = versions.at(-1)?.snapshot?.metaData?.configuration ?? {};
  const expired = Date.now() - logRetention(properties);
  const base = versions.findLast(
    (commit) =>
      commit.version <= needed &&
      log.checkpoints.includes(commit.version) &&
      isOwn(commit) &&
      commit.timestamp <= expired,
  );
  if (base === undefined || base.version <= (versions[0]?.version ?? 0)) return;
  const checkpoint = checkpointsOf(table, await logNames(table)).get(base.version);
  if (checkpoint === undefined || (await readCheckpoint(table, checkpoint)) === null) return;
  await cleanLog(table, base.version);
}
