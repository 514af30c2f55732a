import { lstat, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from './data-folder';
import { hostError } from './host-error';
import { isMissing, temporaryBeside } from './durable-file';
import { refuseProtected } from './protected-folder';
import { readRecord } from './record-file';

const holderSchema = z.object({ pid: z.number(), command: z.string(), since: z.string() });

export interface WriterLock {
  release(): Promise<void>;
}

/** The kernel's lock is per process; this set keeps a second job of the same process out. */
const heldHere = new Set<string>();

/**
 * Takes the one writer's lock of a data folder. The lock is the one DuckDB holds on a database
 * file it has open, which the kernel drops with the process: a crash cannot leave it behind.
 * The file beside it says who holds the lock, but does not decide whether it is held.
 *
 * Throws `locked`, naming the holder, and `protected` where what is there is only the redacted copy of
 * protected data, unless it is `evenProtected`.
 */
export async function acquireWriterLock(
  paths: DataPaths,
  command: string,
  { evenProtected = false } = {},
): Promise<WriterLock> {
  if (!evenProtected) await refuseProtected(paths);
  if (heldHere.has(paths.lock)) throw await lockedError(paths);
  heldHere.add(paths.lock);
  try {
    await makeFolder(paths.data);
    await refuseForeignLock(paths);
    const instance = await openLockFile(paths);
    await nameHolder(paths, command).catch((error: unknown) => {
      instance.closeSync();
      throw error;
    });
    return {
      async release() {
        await rm(paths.lockHolder, { force: true });
        instance.closeSync();
        heldHere.delete(paths.lock);
      },
    };
  } catch (error) {
    heldHere.delete(paths.lock);
    throw hostError(error, `The data folder ${paths.data}`) ?? error;
  }
}

/** A new file each time: one that is there may be a link to a file outside. */
async function nameHolder({ lockHolder }: DataPaths, command: string): Promise<void> {
  const holder = { pid: process.pid, command, since: new Date().toISOString() };
  await rm(lockHolder, { force: true });
  await writeFile(lockHolder, JSON.stringify(holder), { flag: 'wx' });
}

/**
 * DuckDB would follow a link and write where it leads. A link that is taken away is not an answer
 * either: another writer may hold the lock through it.
 */
async function refuseForeignLock({ lock, data }: DataPaths): Promise<void> {
  for (const path of [lock, `${lock}.wal`]) {
    const file = await lstatOrNull(path);
    if (file === null || file.isFile()) continue;
    const what = file.isSymbolicLink() ? 'a link' : file.isDirectory() ? 'a folder' : 'no file';
    throw new AppError(
      'not-writable',
      `The data folder ${data} cannot be written: ${path} is ${what} where the app’s own file belongs.`,
      {
        hint: 'Remove it and run it again; nothing of the data is in it, and nothing was changed.',
      },
    );
  }
}

async function lstatOrNull(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function makeFolder(data: string): Promise<void> {
  try {
    await makeFolders(data);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    if (code !== 'EEXIST' && code !== 'ENOENT') throw cause;
    const isLink = (await lstatOrNull(data))?.isSymbolicLink() === true;
    const taken = isLink ? 'is a link that leads to no folder' : 'is a file, not a folder';
    const what = code === 'EEXIST' ? taken : 'cannot be made there';
    throw new AppError('not-writable', `${data} ${what}.`, {
      hint: 'Choose another folder with --data DIR.',
      cause,
    });
  }
}

/**
 * Node's own `recursive` never returns where a file system answers ENOENT although the
 * parent is there (/proc, some network drives).
 */
async function makeFolders(folder: string, mayLack = true): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (isMissing(error) && mayLack && dirname(folder) !== folder) {
      await makeFolders(dirname(folder));
      return makeFolders(folder, false);
    }
    if ((await stat(folder).catch(() => null))?.isDirectory() !== true) throw error;
  }
}

async function openLockFile(paths: DataPaths, mend = true): Promise<DuckDBInstance> {
  try {
    return await DuckDBInstance.create(paths.lock, { threads: '1' });
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    if (/lock on file|being used by another process/i.test(text)) {
      throw (await canLock(paths)) ? await lockedError(paths) : cannotLock(paths, error);
    }
    if (!mend || hostError(error, paths.lock) !== null) throw error;
    // A holder killed while it made the file leaves one that DuckDB does not know as its own.
    await mendLockFile(paths);
    return openLockFile(paths, false);
  }
}

/**
 * Whether the file system has locks at all: nobody else can hold one on a file just made. DuckDB
 * speaks of a conflict whatever the system answered.
 */
async function canLock(paths: DataPaths): Promise<boolean> {
  const fresh = temporaryBeside(paths.lock);
  try {
    (await DuckDBInstance.create(fresh, { threads: '1' })).closeSync();
    return true;
  } catch (error) {
    return !(error instanceof Error && /lock on file/i.test(error.message));
  } finally {
    await rm(fresh, { force: true });
  }
}

function cannotLock({ data }: DataPaths, cause: unknown): AppError {
  return new AppError(
    'not-writable',
    `The data folder ${data} is on a file system that cannot lock files, without which two writers would mix their data.`,
    {
      hint: 'Choose a folder on a local disk with --data DIR, or mount that drive with locks.',
      cause,
    },
  );
}

/** Overwrites the file in place: on a new one another writer could hold a lock of its own. */
async function mendLockFile(paths: DataPaths): Promise<void> {
  const sound = temporaryBeside(paths.lock);
  await refuseOtherNames(paths.lock);
  try {
    (await DuckDBInstance.create(sound, { threads: '1' })).closeSync();
    await writeFile(paths.lock, await readFile(sound));
    await rm(`${paths.lock}.wal`, { force: true });
  } finally {
    await rm(sound, { force: true });
  }
}

/** A hard link: what is written here would be written to that file too. */
async function refuseOtherNames(lock: string): Promise<void> {
  if ((await lstat(lock)).nlink === 1) return;
  throw new AppError('not-writable', `${lock} is a hard link to another file.`, {
    hint: 'Remove it and run it again; nothing of the data is in it, and nothing was changed.',
  });
}

async function lockedError(paths: DataPaths): Promise<AppError> {
  const holder = await readHolder(paths);
  const who = holder
    ? `“${holder.command}” (process ${holder.pid}, since ${holder.since})`
    : 'another process';
  return new AppError('locked', `The data folder is in use by ${who}.`, {
    hint: 'Wait until it has ended, or choose another folder with --data DIR.',
  });
}

/** The holder writes it just after taking the lock, so it may be missing or half there. */
function readHolder(paths: DataPaths) {
  return readRecord(paths.lockHolder, holderSchema);
}
