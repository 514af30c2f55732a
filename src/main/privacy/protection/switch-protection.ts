import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../preload/contract/errors';
import type { DataPaths } from '../../base/data-folder';
import { namesIn } from '../../base/durable-file';
import { folderKey } from '../../base/folder-keys';
import { publishedFile } from '../../base/published-file';
import { acquireWriterLock } from '../../base/writer-lock';
import { noteAccess } from '../access-log';
import {
  clearAbandonedLive,
  DATA_NAMES,
  inUse,
  isSealed,
  LiveFolder,
  requireMemory,
} from './live-folder';
import { mirrorFolder } from './mirror-folder';
import {
  type Protection,
  readProtection,
  removeProtection,
  writeProtection,
} from './protection-file';
import { writeRedacted } from './redacted-folder';
import { openFolder, opensFolder, sealFolder } from './sealed-folder';
import { newDataKey, recoveryCode, unwrapKey, wrapKey, wrongPassphrase } from './secrets';

/**
 * Switching the protected mode. What the folder will be is made whole beside it first (`sealed/`); then
 * it is decided in one step, and only then does it take the folder's place. Killed before the decision
 * nothing was changed; killed after it, the next start completes it without any key.
 */

const LOCK_AFTER_MINUTES = 15;

/** Resolves to the recovery code. @param how by which way, for the access log */
export async function protectOn(
  paths: DataPaths,
  passphrase: string,
  how: string,
): Promise<string> {
  await requireMemory();
  return underLock(paths, 'protect on', async () => {
    if ((await readProtection(paths)) !== null) throw alreadyOn();
    await publishedFile(paths);
    const dataKey = newDataKey();
    const wrapped = await wrapKey(dataKey, passphrase);
    // The access log's key also gives the folder its id, by which programs find each other.
    await folderKey(paths, 'access-log', true);
    await rm(paths.sealed, { recursive: true, force: true });
    await sealFolder(paths.data, paths.sealed, dataKey, isSealed);
    await writeRedacted(paths, stagedIn(paths));
    await noteAccess(paths, { what: 'protection', how: `${how}, on` });
    const protection = { passphrase: wrapped, lock_after: LOCK_AFTER_MINUTES };
    await writeProtection(paths, { state: 'turning-on', ...protection });
    await complete(paths, { state: 'turning-on', ...protection });
    return recoveryCode(dataKey);
  });
}

/** Throws `wrong-passphrase`. */
export async function protectOff(paths: DataPaths, secret: string, how: string): Promise<void> {
  const dataKey = await dataKeyOf(paths, secret);
  // What other programs have changed is sealed first; whoever still uses it keeps this from going on.
  await sealAll(paths, dataKey);
  await underLock(paths, 'protect off', async () => {
    const protection = await requireOn(paths);
    const staged = stagedIn(paths);
    await rm(staged, { recursive: true, force: true });
    await mkdir(staged, { recursive: true, mode: 0o700 });
    await openFolder(paths.sealed, staged, dataKey);
    await noteAccess(paths, { what: 'protection', how: `${how}, off` });
    await writeProtection(paths, { ...protection, state: 'turning-off' });
    await complete(paths, { ...protection, state: 'turning-off' });
  });
}

/**
 * Brings to its end what a killed program has begun, and takes away what it has left. Nothing is done
 * where nothing was begun.
 */
export async function completeSwitch(paths: DataPaths): Promise<void> {
  const protection = await readProtection(paths);
  if (protection === null) {
    if ((await namesIn(paths.sealed)).length === 0) return;
    return underLock(paths, 'protect', async () => {
      // Not decided: nothing was changed yet.
      if ((await readProtection(paths)) === null) {
        await rm(paths.sealed, { recursive: true, force: true });
      }
    });
  }
  await clearAbandonedLive();
  const isStaged = (await namesIn(paths.sealed)).includes(STAGED);
  if (protection.state === 'on' && !isStaged) return;
  await underLock(paths, 'protect', async () => {
    const decided = await readProtection(paths);
    if (decided !== null) await complete(paths, decided);
  });
}

/** The data key. @param secret the passphrase or the recovery code. Throws `wrong-passphrase`. */
export async function dataKeyOf(paths: DataPaths, secret: string): Promise<Buffer> {
  const dataKey = await unwrapKey((await requireOn(paths)).passphrase, secret);
  // A recovery code may be that of another folder.
  if (!(await opensFolder(paths.sealed, dataKey))) throw wrongPassphrase();
  return dataKey;
}

async function complete(paths: DataPaths, { state, ...kept }: Protection): Promise<void> {
  const staged = stagedIn(paths);
  switch (state) {
    case 'turning-on':
      await mirrorFolder(staged, paths.data, DATA_NAMES);
      await writeProtection(paths, { state: 'on', ...kept });
      break;
    case 'turning-off':
      await mirrorFolder(staged, paths.data, DATA_NAMES);
      await removeProtection(paths);
      await rm(paths.sealed, { recursive: true, force: true });
      return;
    case 'on':
      break;
    default: {
      const never: never = state;
      throw new Error(`unknown state ${String(never)}`);
    }
  }
  await rm(staged, { recursive: true, force: true });
}

const STAGED = 'staged';

function stagedIn({ sealed }: DataPaths): string {
  return join(sealed, STAGED);
}

async function sealAll(paths: DataPaths, dataKey: Uint8Array): Promise<void> {
  const live = await LiveFolder.enter(paths, dataKey);
  await live.leave();
  if (await live.isThere()) throw inUse();
}

async function underLock<Result>(
  paths: DataPaths,
  command: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const lock = await acquireWriterLock(paths, command, { evenProtected: true });
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

async function requireOn(paths: DataPaths): Promise<Protection> {
  const protection = await readProtection(paths);
  if (protection !== null) return protection;
  throw new AppError('usage', 'The data folder is not protected.', {
    hint: 'pokedex protect on protects it.',
  });
}

function alreadyOn(): AppError {
  return new AppError('usage', 'The data folder is protected already.', {
    hint: 'pokedex protect status says how.',
  });
}
