import { stat } from 'node:fs/promises';
import pLimit from 'p-limit';
import { z } from 'zod';
import { readText } from '../base/read-text';
import { checkpointSnapshot } from './checkpoint';
import { allCheckpoints, type Checkpoint } from './checkpoint-names';
import type { Action } from './delta-actions';
import { damagedTable, noDeltaTable, versionNotKept } from './foreign-table-errors';
import { entryPath, isEntryName, logNames, paddedVersion, parseEntry } from './log-entries';
import { NO_TABLE, type Snapshot, snapshotAfterAll } from './snapshot';

/**
 * The versions that the log of any writer's table still has. Unlike `readLog`, which knows how the
 * app's own two tables are made, it reads only what one version needs, and damage is an error.
 */
export interface KeptVersions {
  readonly table: string;
  /** Versions that have an entry. */
  readonly entries: ReadonlySet<number>;
  /** Oldest first. */
  readonly checkpoints: readonly Checkpoint[];
  /** Versions that can be read, oldest first. */
  readonly kept: readonly number[];
  /** The table's newest version, whether it can be read or not. */
  readonly newest: number;
}

export interface DeltaVersion {
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** What its writer did (WRITE, DELETE), where it says so. */
  readonly operation: string | null;
}

/** Files read at the same time. */
const TOGETHER = 32;

/** Throws `no-data` where there is no Delta table. */
export async function keptVersions(table: string): Promise<KeptVersions> {
  const names = await logNames(table);
  const entries = new Set(names.filter(isEntryName).map((name) => Number(name.slice(0, 20))));
  const checkpoints = allCheckpoints(table, names);
  const bases = new Set(checkpoints.map(({ version }) => version));
  const all = [...new Set([...entries, ...bases])].sort((one, other) => one - other);
  const newest = all.at(-1);
  if (newest === undefined) throw noDeltaTable(table);
  const kept = new Set<number>();
  for (const version of all) {
    const follows = entries.has(version) && (version === 0 || kept.has(version - 1));
    if (follows || bases.has(version)) kept.add(version);
  }
  return { table, entries, checkpoints, kept: [...kept], newest };
}

/** The table at a version, or at the newest where none is named. */
export async function snapshotAt(
  versions: KeptVersions,
  version = versions.newest,
): Promise<Snapshot> {
  const { table, entries, kept, newest } = versions;
  if (!kept.includes(version)) {
    throw version === newest ? lostNewest(versions) : versionNotKept(table, version, versions);
  }
  let damage: unknown;
  for (const base of basesOf(versions, version)) {
    const before = base === null ? NO_TABLE : await readBase(table, base);
    if (before instanceof Error) {
      damage ??= before;
      continue;
    }
    return replayed(versions, before, base === null ? 0 : base.version + 1, version);
  }
  // No entries lead to the version without the checkpoint that is damaged.
  const names = entries.size === 0 ? 'and it has no entries' : 'and its older entries are gone';
  throw damagedTable(table, `a checkpoint of its log cannot be read, ${names}`, { cause: damage });
}

function lostNewest({ table, entries, kept, newest }: KeptVersions): Error {
  let lost = newest - 1;
  while (entries.has(lost)) lost -= 1;
  return damagedTable(table, `its log has no entry of version ${lost} (${entryName(lost)})`, {
    kept,
  });
}

/** The checkpoints from which entries lead up to a version, newest first; null is the very start. */
function basesOf({ entries, checkpoints }: KeptVersions, version: number): (Checkpoint | null)[] {
  let first = version;
  while (entries.has(first)) first -= 1;
  // `first` is now the newest version without an entry: only a checkpoint can tell it.
  const bases: (Checkpoint | null)[] = checkpoints
    .filter((checkpoint) => checkpoint.version >= first && checkpoint.version <= version)
    .reverse();
  return first < 0 ? [...bases, null] : bases;
}

/** An error where the checkpoint is damaged: older ones, or the entries, may say the same. */
async function readBase(table: string, checkpoint: Checkpoint): Promise<Snapshot | Error> {
  try {
    return await checkpointSnapshot(table, checkpoint);
  } catch (error) {
    if (error instanceof Error && !('code' in error && error.code === 'EACCES')) return error;
    throw error;
  }
}

async function replayed(
  { table }: KeptVersions,
  before: Snapshot,
  first: number,
  last: number,
): Promise<Snapshot> {
  let snapshot = before;
  for (let from = first; from <= last; from += TOGETHER) {
    const count = Math.min(TOGETHER, last - from + 1);
    const commits = await Promise.all(
      Array.from({ length: count }, (_, index) => readCommit(table, from + index)),
    );
    snapshot = snapshotAfterAll(snapshot, commits);
  }
  return snapshot;
}

async function readCommit(table: string, version: number): Promise<Action[]> {
  const text = await readText(entryPath(table, version));
  try {
    return parseEntry(text);
  } catch (cause) {
    throw damagedTable(table, `${entryName(version)} ${damageOf(text, cause)}`, { cause });
  }
}

function damageOf(text: string, cause: unknown): string {
  if (text.trim() === '') return 'is empty';
  if (!(cause instanceof z.ZodError)) return 'is cut short or is not JSON';
  // The first part of the path is the line.
  return `has no valid ${cause.issues[0]?.path.slice(1).join('.') ?? 'action'}`;
}

function entryName(version: number): string {
  return `_delta_log/${paddedVersion(version)}.json`;
}

/** The versions that can be read, oldest first, with when each was made. */
export async function deltaVersions(table: string): Promise<DeltaVersion[]> {
  const versions = await keptVersions(table);
  const limit = pLimit(TOGETHER);
  return Promise.all(versions.kept.map((version) => limit(() => toldVersion(versions, version))));
}

async function toldVersion(
  { table, entries, checkpoints }: KeptVersions,
  version: number,
): Promise<DeltaVersion> {
  if (!entries.has(version)) {
    const [file] = checkpoints.find((checkpoint) => checkpoint.version === version)?.files ?? [];
    return { version, timestamp: await fileTime(file), operation: null };
  }
  const actions = await readCommit(table, version);
  const info = actions.find(({ commitInfo }) => commitInfo)?.commitInfo ?? {};
  const timestamp = info.inCommitTimestamp ?? info.timestamp;
  return {
    version,
    timestamp: timestamp ?? (await fileTime(entryPath(table, version))),
    operation: info.operation ?? null,
  };
}

async function fileTime(path: string | undefined): Promise<number> {
  return path === undefined ? 0 : Math.trunc((await stat(path)).mtimeMs);
}

/** Whether a folder is a Delta table. */
export async function isDeltaTable(folder: string): Promise<boolean> {
  const names = await logNames(folder);
  return names.some(isEntryName) || allCheckpoints(folder, names).length > 0;
}
