import { access, stat } from 'node:fs/promises';
import type { DataPaths } from './data-folder';
import { isMissing } from './durable-file';

/**
 * Whether a data folder has this file of its own. False where there is no such folder: what is wrong with
 * the folder itself is said by whoever uses it, in better words.
 */
export async function hasFile({ data }: DataPaths, path: string): Promise<boolean> {
  if ((await stat(data).catch(() => null))?.isDirectory() !== true) return false;
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
