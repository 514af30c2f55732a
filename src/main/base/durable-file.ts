import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { access, link, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MARK, ownerMark } from './owner-mark';

/** The answers of file systems that have no such call: network drives, FUSE. */
const CANNOT_FLUSH = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EPERM', 'EACCES', 'EISDIR'];

/**
 * Ignores that a file system cannot flush: what is written there cannot be made more durable. A flush
 * that was tried and failed (EIO, ENOSPC) is an error.
 */
export async function whereFlushable(flush: () => Promise<void>): Promise<void> {
  try {
    await flush();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!CANNOT_FLUSH.includes(code)) throw error;
  }
}

/**
 * Makes a folder's entries survive a power cut. Windows has no such call for folders and
 * journals renames itself.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await whereFlushable(async () => {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/** Flushes a file that something else wrote (DuckDB's COPY) to the disk. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await whereFlushable(() => handle.sync());
  } finally {
    await handle.close();
  }
}

/** Only this much of a long name is used: the temporary name has to fit in 255 bytes too. */
const NAMED = 40;

/** Where a file is written before it takes its place: the same folder, hidden, never guessable. */
export function temporaryBeside(path: string): string {
  const named = [...basename(path)].slice(0, NAMED).join('');
  return join(dirname(path), `.${named}.${ownerMark()}-${randomUUID()}.tmp`);
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** Earlier releases used only a random number, without the owner. */
const TEMPORARY = new RegExp(`^\\.(.+?)\\.(?:${MARK}-)?${UUID}\\.tmp$`);
export const OWNED_TEMPORARY = new RegExp(`^\\..+\\.${MARK}-${UUID}\\.tmp$`);

/**
 * Removes half-written files that a killed writer left in a folder, for the file names that `of`
 * accepts. Only for the one writer of these files.
 */
export async function removeTemporaries(
  folder: string,
  of: (name: string) => boolean,
): Promise<void> {
  for (const name of await namesIn(folder)) {
    const target = TEMPORARY.exec(name)?.[1];
    if (target !== undefined && of(target)) await rm(join(folder, name), { force: true });
  }
}

/** The names in a folder; none where there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Writes everything, blocking: write(2) may write less than it is given. */
export function writeWhole(file: number, content: Uint8Array): void {
  for (let at = 0; at < content.length;) at += writeSync(file, content, at);
}

/** For files that hold a secret: nobody else on this computer may read them. */
export const OWNER_ONLY = 0o600;

/** A new file, flushed to the disk. */
export async function writeSynced(
  path: string,
  content: string | Uint8Array,
  mode?: number,
): Promise<void> {
  const handle = await open(path, 'wx', mode);
  try {
    await handle.writeFile(content);
    await whereFlushable(() => handle.sync());
  } finally {
    await handle.close();
  }
}

/** Moves a finished temporary file into place; readers see the old file or the new one. */
export async function moveIntoPlace(temporary: string, path: string): Promise<void> {
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Replaces `path` by `write`'s output, whole or not at all: temp → fsync → rename → fsync(dir). */
export async function replaceFile(
  path: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    await write(temporary);
    await syncFile(temporary);
    await moveIntoPlace(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

export async function replaceFileContent(
  path: string,
  content: string | Uint8Array,
  mode?: number,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, (temporary) => writeSynced(temporary, content, mode));
}

/**
 * Creates `path` with its whole content, or fails with EEXIST: the put-if-absent that Delta's
 * log needs. A hard link does it in one step; a file system without them falls back to a
 * rename, which the data folder's single writer makes safe.
 */
export async function createFileExclusive(path: string, content: string): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    await writeSynced(temporary, content);
    try {
      await link(temporary, path);
    } catch (error) {
      if (!isUnsupportedLink(error)) throw error;
      await refuseExisting(path);
      await rename(temporary, path);
    }
    await syncFolder(dirname(path));
  } finally {
    await rm(temporary, { force: true });
  }
}

async function refuseExisting(path: string): Promise<void> {
  try {
    await access(path);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  throw Object.assign(new Error(`${path} is there already`), { code: 'EEXIST' });
}

function isUnsupportedLink(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(String(error.code))
  );
}

/** True for the error of a missing file, also where a file is in place of its folder. */
export function isMissing(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false;
  return error.code === 'ENOENT' || error.code === 'ENOTDIR';
}
