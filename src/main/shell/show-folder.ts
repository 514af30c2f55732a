import { mkdir } from 'node:fs/promises';
import { shell } from 'electron';
import { AppError } from '../../preload/contract/errors';

/** Opens a folder of the app's own in the system's file manager. */
export async function showFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const problem = await shell.openPath(folder);
  if (problem === '') return;
  throw new AppError('internal', `The folder cannot be shown: ${problem}.`, {
    hint: `It is ${folder}.`,
  });
}
