import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, namesIn, OWNED_TEMPORARY } from './durable-file';
import { isAbandoned } from './owner-mark';

/**
 * Removes from a folder what a killed process left there: entries that `pattern` matches (its first
 * group is the owner's mark), that belong to this user, and whose owner has ended.
 */
export async function removeAbandoned(folder: string, pattern: RegExp): Promise<void> {
  for (const name of await namesIn(folder)) {
    const mark = pattern.exec(name)?.[1];
    if (mark === undefined) continue;
    const path = join(folder, name);
    try {
      if (isAbandoned(mark, await lstat(path))) await rm(path, { recursive: true, force: true });
    } catch (error) {
      // Another process may be cleaning up too.
      if (!isMissing(error)) throw error;
    }
  }
}

/** Half-written files, whichever file they were meant to become. */
export function removeAbandonedTemporaries(folder: string): Promise<void> {
  return removeAbandoned(folder, OWNED_TEMPORARY);
}
