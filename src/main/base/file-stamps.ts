import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { isMissing } from './durable-file';
import type { FileStamp } from './scan';

const PART_BYTES = 4096;

/** Content is compared for at most this many files; for more, size and time have to be enough. */
const MOST_HASHED = 1_000;

/** The files' states now. Rejects with the system's error where one is gone. */
export async function stampsOf(paths: readonly string[]): Promise<FileStamp[]> {
  const stamps: FileStamp[] = [];
  for (const path of paths) stamps.push(await stampOf(path, paths.length <= MOST_HASHED));
  return stamps;
}

async function stampOf(path: string, withContent: boolean): Promise<FileStamp> {
  if (!withContent) {
    const { size, mtimeMs } = await stat(path);
    return { path, size, mtimeMs, parts: null };
  }
  const file = await open(path, 'r');
  try {
    const { size, mtimeMs } = await file.stat();
    const hash = createHash('sha256');
    for (const at of new Set([0, Math.max(0, size - PART_BYTES)])) {
      const part = Buffer.alloc(PART_BYTES);
      const { bytesRead } = await file.read(part, 0, PART_BYTES, at);
      hash.update(part.subarray(0, bytesRead));
    }
    return { path, size, mtimeMs, parts: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** The files that have changed or are gone. */
export async function changedFiles(stamps: readonly FileStamp[]): Promise<string[]> {
  const changed: string[] = [];
  for (const stamp of stamps) {
    const now = await stampOrNull(stamp);
    const same =
      now !== null &&
      now.size === stamp.size &&
      now.mtimeMs === stamp.mtimeMs &&
      now.parts === stamp.parts;
    if (!same) changed.push(stamp.path);
  }
  return changed;
}

async function stampOrNull({ path, parts }: FileStamp): Promise<FileStamp | null> {
  try {
    return await stampOf(path, parts !== null);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
