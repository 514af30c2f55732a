import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from './data-folder';
import { hasFile } from './has-file';

/** Whether a data folder holds only the redacted copy of protected data. */
export async function isProtected(paths: DataPaths): Promise<boolean> {
  return (await hasFile(paths, paths.protection)) && !(await hasFile(paths, paths.live));
}

/** Whoever would write there would write in the clear. Throws `protected`. */
export async function refuseProtected(paths: DataPaths): Promise<void> {
  if (!(await isProtected(paths))) return;
  throw new AppError('protected', 'The data are protected, and locked.', {
    hint: 'Unlock them in the app, or give the passphrase in POKEDEX_PASSPHRASE.',
  });
}
