import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataPaths } from '../base/data-folder';
import { isMissing } from '../base/durable-file';
import { readLog, type TableVersion } from './delta-log';
import { CHANGE_FOLDER } from './write-files';

/** The oldest version that is kept readable; version 0, the empty table, always can be read. */
export function oldestKept(versions: readonly TableVersion[], keep: number): number {
  return Math.max(0, versions.length - keep);
}

/**
 * Deletes data and change files that no kept version needs, those of aborted commits included.
 * The log itself stays whole, so other engines go on reading the table. The caller holds the
 * writer's lock.
 */
export async function vacuum(paths: DataPaths, keep: number): Promise<void> {
  for (const table of [paths.pokemonTable, paths.identitiesTable]) {
    const versions = await readLog(table);
    const needed = new Set<string>();
    for (const version of versions.slice(oldestKept(versions, keep))) {
      for (const path of version.files.keys()) needed.add(decodeURIComponent(path));
      for (const file of version.cdc) needed.add(decodeURIComponent(file.path));
    }
    for (const path of await parquetFiles(table)) {
      if (!needed.has(path)) await rm(join(table, path), { force: true });
    }
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

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
