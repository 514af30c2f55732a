import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, namesIn } from '../base/durable-file';
import type { TableVersion } from './delta-log';
import { CHANGE_FOLDER, isOurFile } from './write-files';

/** How long unneeded files of other programs stay: one may be about to commit or read them. */
const SPARED_MS = 7 * 24 * 60 * 60 * 1000;

export interface VacuumInput {
  table: string;
  versions: readonly TableVersion[];
  /** Paths, as the log writes them, that must stay. */
  needed: Iterable<string>;
  isOurs(version: TableVersion): boolean;
}

/**
 * Deletes a table's data and change files that are not needed: ours at once, those of aborted
 * commits included; those of other programs only when no version has needed them for a week.
 * The caller holds the writer's lock.
 */
export async function vacuum({ table, versions, needed, isOurs }: VacuumInput): Promise<void> {
  const stay = new Set([...needed].map(decoded));
  const ours = new Set<string>();
  const others = new Set<string>();
  const removed = new Map<string, number>();
  for (const version of versions) {
    const named = isOurs(version) ? ours : others;
    for (const { path } of [...version.adds, ...version.cdc]) named.add(decoded(path));
    for (const { path, deletionTimestamp } of [...version.removedBefore, ...version.removes]) {
      removed.set(decoded(path), deletionTimestamp ?? version.timestamp);
    }
  }
  for (const path of await parquetFiles(table)) {
    if (stay.has(path)) continue;
    const place = join(table, path);
    const isOwn = isOurFile(path) || (ours.has(path) && !others.has(path));
    const since = isOwn ? 0 : (removed.get(path) ?? (await modified(place)));
    if (Date.now() - since > SPARED_MS) await removeUnlessHeld(place);
  }
}

function decoded(path: string): string {
  return decodeURIComponent(path);
}

async function modified(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    // Another program removed it.
    if (isMissing(error)) return 0;
    throw error;
  }
}

async function removeUnlessHeld(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
  } catch (error) {
    // Windows keeps a file that a reader has open; the next commit removes it.
    if (
      error instanceof Error &&
      'code' in error &&
      ['EBUSY', 'EPERM'].includes(String(error.code))
    )
      return;
    throw error;
  }
}

async function parquetFiles(table: string): Promise<string[]> {
  const found: string[] = [];
  for (const folder of ['', CHANGE_FOLDER]) {
    for (const name of await namesIn(join(table, folder))) {
      if (name.endsWith('.parquet')) found.push(folder === '' ? name : `${folder}/${name}`);
    }
  }
  return found;
}
