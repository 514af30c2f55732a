import { lstat, realpath, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type DataPaths, dataPaths } from '../base/data-folder';
import { isMissing, namesIn, OWNED_TEMPORARY, temporaryBeside } from '../base/durable-file';
import { systemCode } from '../base/host-error';
import { isAbandoned } from '../base/owner-mark';

/** Its files go as all half-written ones do, once their owner has ended. */
const NAME = 'reading';

/** No mark can be left there; the reader then says that a version went, should that happen. */
const CANNOT_MARK = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOENT', 'ENOTDIR'];

/**
 * Reads old versions of the tables beside a writer that may be about to drop them: while the mark is
 * there, no file goes that the versions kept until then need. `read` has to look after the mark is
 * made which versions there are; a writer looks for marks after its commit, before it deletes.
 */
export async function whileMarked<T>(paths: DataPaths, read: () => Promise<T>): Promise<T> {
  const release = await markReading(paths);
  try {
    return await read();
  } finally {
    await release();
  }
}

/** The same for as long as something stays open: until what it resolves to is called. */
export async function markReading(paths: DataPaths): Promise<() => Promise<void>> {
  const mark = temporaryBeside(join(paths.data, NAME));
  try {
    await writeFile(mark, '', { flag: 'wx' });
  } catch (error) {
    if (!CANNOT_MARK.includes(systemCode(error) ?? '')) throw error;
    return async () => {};
  }
  return () => rm(mark, { force: true });
}

/**
 * Of a table that a person opens by its path: whose data folder it belongs to, where the app's own tables
 * are; null for any other.
 */
export async function dataFolderOf(table: string): Promise<DataPaths | null> {
  const paths = dataPaths(dirname(dirname(await realpath(table))));
  const isOwn = [paths.pokemonTable, paths.identitiesTable].includes(await realpath(table));
  return isOwn && (await namesIn(paths.data)).includes(basename(paths.parquet)) ? paths : null;
}

/** Whether a process reads old versions of the tables. */
export async function isBeingRead(paths: DataPaths): Promise<boolean> {
  for (const name of await namesIn(paths.data)) {
    const owner = name.startsWith(`.${NAME}.`) ? OWNED_TEMPORARY.exec(name)?.[1] : undefined;
    if (owner === undefined) continue;
    try {
      if (!isAbandoned(owner, await lstat(join(paths.data, name)))) return true;
    } catch (error) {
      // It has just been taken away.
      if (!isMissing(error)) throw error;
    }
  }
  return false;
}
