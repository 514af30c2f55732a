import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn } from '../base/durable-file';
import type { TableVersion } from './delta-log';
import { CHANGE_FOLDER } from './write-files';

/** The oldest version that is kept readable; version 0, the empty table, always can be read. */
function oldestKept(versions: readonly TableVersion[], keep: number): number {
  return Math.max(0, versions.length - keep);
}

/**
 * Deletes a table's data and change files that none of the last `keep` versions needs, those of
 * aborted commits included. The log itself stays whole, so other engines go on reading the
 * table. The caller holds the writer's lock.
 */
export async function vacuum(
  table: string,
  versions: readonly TableVersion[],
  keep: number,
): Promise<void> {
  const needed = new Set<string>();
  for (const version of versions.slice(oldestKept(versions, keep))) {
    for (const path of version.files.keys()) needed.add(decodeURIComponent(path));
    for (const file of version.cdc) needed.add(decodeURIComponent(file.path));
  }
  for (const path of await parquetFiles(table)) {
    if (!needed.has(path)) await removeUnlessHeld(join(table, path));
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
