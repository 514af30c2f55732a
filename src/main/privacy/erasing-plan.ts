import { access } from 'node:fs/promises';
import type { DataPaths } from '../base/data-folder';
import { isMissing } from '../base/durable-file';

/** Whether an erasure was begun and is not finished. */
export async function isErasing(paths: DataPaths): Promise<boolean> {
  try {
    await access(paths.erasing);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
