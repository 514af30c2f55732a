import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { AppError } from '../../preload/contract/errors';
import { type DataPaths, OWN_NAMES } from './data-folder';
import { isMissing } from './durable-file';

/**
 * Throws `not-writable` where a file that a person wants to write is one that the app keeps, by
 * whatever name: through links, in other case, or as a hard link.
 */
export async function refuseOwnFile(out: string, paths: DataPaths): Promise<void> {
  const path = await resolved(out);
  if ((await isBelow(path, paths)) || (await isHardLink(path, paths))) {
    throw new AppError('not-writable', `${out} belongs to the data folder.`, {
      hint: 'Choose another place: the app needs this file as it is.',
    });
  }
}

/** The path with its links resolved, as far as it exists. */
async function resolved(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const folder = await realpath(dirname(path)).catch(() => dirname(path));
    return join(folder, basename(path));
  }
}

async function isBelow(path: string, paths: DataPaths): Promise<boolean> {
  const data = await realpath(paths.data).catch(() => paths.data);
  const [first = ''] = relative(data, path).split(/[\\/]/);
  return OWN_NAMES.has(first.toLowerCase());
}

/** Few files have a second name, so the app's own are searched only for those. */
async function isHardLink(path: string, paths: DataPaths): Promise<boolean> {
  const file = await identity(path);
  if (file === null || file.names < 2) return false;
  for (const name of OWN_NAMES) {
    for (const own of await filesBelow(join(paths.data, name))) {
      if ((await identity(own))?.id === file.id) return true;
    }
  }
  return false;
}

async function filesBelow(place: string): Promise<string[]> {
  try {
    const entries = await readdir(place, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (isMissing(error)) return [place];
    throw error;
  }
}

async function identity(path: string): Promise<{ id: string; names: number } | null> {
  try {
    const { dev, ino, nlink } = await lstat(path, { bigint: true });
    return { id: `${dev} ${ino}`, names: Number(nlink) };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
