import { access } from 'node:fs/promises';
import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from './data-folder';
import { isMissing } from './durable-file';

/** Whether a data folder holds only the redacted copy of protected data. */
export async function isProtected(paths: DataPaths): Promise<boolean> {
  return (await isThere(paths.protection)) && !(await isThere(paths.live));
}

/** Whoever would write there would write in the clear. Throws `protected`. */
export async function refuseProtected(paths: DataPaths): Promise<void> {
  if (!(await isProtected(paths))) return;
  throw new AppError('protected', 'The data are protected, and locked.', {
    hint: 'Unlock them in the app, or give the passphrase in POKEDEX_PASSPHRASE.',
  });
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
