import type { DataPaths } from '../base/data-folder';
import { hasFile } from '../base/has-file';

/** Whether an erasure was begun and is not finished. */
export function isErasing(paths: DataPaths): Promise<boolean> {
  return hasFile(paths, paths.erasing);
}
