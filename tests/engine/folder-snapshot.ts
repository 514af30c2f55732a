import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Every entry below a folder with its kind, mode, time of change and content: two snapshots
 * are equal only if nothing was written, made or removed between them.
 */
export async function folderSnapshot(folder: string): Promise<Record<string, string>> {
  const snapshot: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true })) {
    const path = join(folder, entry);
    const info = await lstat(path);
    const content = info.isSymbolicLink()
      ? await readlink(path)
      : info.isFile()
        ? createHash('sha256')
            .update(await readFile(path))
            .digest('hex')
        : '';
    snapshot[entry] = `${info.mode} ${info.mtimeMs} ${content}`;
  }
  return snapshot;
}
