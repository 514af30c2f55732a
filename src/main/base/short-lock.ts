import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../preload/contract/errors';
import { isMissing, temporaryBeside } from './durable-file';
import { isAlive } from './owner-mark';

const TRY_EVERY_MS = 15;
const PATIENCE_MS = 6000;
/** A read and a write of a small file take milliseconds. */
const HELD_AT_MOST_MS = 4000;

/**
 * Runs `work` while no other process does the same with this lock file: for a read and a write
 * of a small file that have to be one step. A lock whose holder has died is ignored.
 *
 * @param locked what is locked, as a sentence begins: `The settings are`
 */
export async function withShortLock<Result>(
  lockFile: string,
  work: () => Promise<Result>,
  locked = 'The settings are',
): Promise<Result> {
  await mkdir(dirname(lockFile), { recursive: true });
  const until = Date.now() + PATIENCE_MS;
  while (!(await take(lockFile))) {
    await breakStale(lockFile);
    if (Date.now() > until) throw lockedError(lockFile, locked);
    await new Promise((again) => setTimeout(again, TRY_EVERY_MS));
  }
  try {
    return await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}

async function take(lockFile: string): Promise<boolean> {
  try {
    const file = await open(lockFile, 'wx', 0o600);
    try {
      await file.writeFile(String(process.pid));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    // On Windows a file that is just being deleted.
    if (process.platform === 'win32' && hasCode(error, 'EPERM')) return false;
    throw error;
  }
}

async function breakStale(lockFile: string): Promise<void> {
  try {
    const held = Date.now() - (await stat(lockFile)).mtimeMs;
    const holder = Number(await readFile(lockFile, 'utf8'));
    // The holder writes its number just after the file is there.
    const dead = holder > 0 && holder !== process.pid && !isAlive(holder);
    if (!dead && Math.abs(held) < HELD_AT_MOST_MS) return;
    // Of several processes that get here at once only one moves it away.
    const aside = temporaryBeside(lockFile);
    await rename(lockFile, aside);
    await rm(aside, { force: true });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function lockedError(lockFile: string, locked: string): AppError {
  return new AppError('locked', `${locked} in use by another process.`, {
    hint: `Try again; if it stays so, delete ${lockFile}.`,
  });
}
