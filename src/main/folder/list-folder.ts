import type { BigIntStats, Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { isMissing } from '../base/durable-file';
import { systemCode } from '../base/host-error';

export interface ListedFile {
  /** In the folder, with `/` between names. */
  path: string;
  absolute: string;
  size: number;
  modifiedNs: bigint;
  /** The same as long as the file was not written, replaced or touched. */
  stamp: string;
}

export interface FolderListing {
  /** By path. */
  files: ListedFile[];
  /** What is there and cannot be looked at, with the reason. */
  closed: { path: string; reason: string }[];
  /** Where they are: whole paths, the folder itself first. */
  folders: string[];
}

const STATS_AT_ONCE = 64;

/**
 * The files in a folder and its folders, but for hidden ones and the data folder. A link to a file counts as
 * that file; a link to a folder is not followed, because it may lead back. Nothing is opened.
 */
export async function listFolder(folder: string, data: string): Promise<FolderListing> {
  const own = await realpath(data).catch(() => null);
  const limit = pLimit(STATS_AT_ONCE);
  const listing: FolderListing = { files: [], closed: [], folders: [] };

  const look = async (path: string, entry: Dirent): Promise<void> => {
    const absolute = join(folder, ...path.split('/'));
    try {
      const found = await limit(() => stat(absolute, { bigint: true }));
      if (found.isDirectory()) return;
      if (!found.isFile()) {
        listing.closed.push({ path, reason: 'is not an ordinary file' });
        return;
      }
      const { size, mtimeNs } = found;
      const stamp = stampOf(found);
      listing.files.push({ path, absolute, size: Number(size), modifiedNs: mtimeNs, stamp });
    } catch (error) {
      const reason = await closedReason(error, absolute, entry);
      if (reason !== null) listing.closed.push({ path, reason });
    }
  };
  const walk = async (path: string): Promise<void> => {
    const entries = await entriesOf(folder, path, listing);
    listing.folders.push(join(folder, ...path.split('/')));
    await Promise.all(
      entries.map(async (entry) => {
        if (isHidden(entry.name)) return;
        const inner = path === '' ? entry.name : `${path}/${entry.name}`;
        if (!entry.isDirectory()) return look(inner, entry);
        const real = await realpath(join(folder, inner)).catch(() => null);
        if (own === null || real !== own) await walk(inner);
      }),
    );
  };
  await walk('');
  const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
  listing.files.sort(byPath);
  listing.closed.sort(byPath);
  return listing;
}

/** A file that was replaced has another number, and one that was written another time of change, whatever it says. */
export function stampOf({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return `${size}:${mtimeNs}:${ctimeNs}:${ino}`;
}

/** As tools call what they are still writing, and systems what nobody should see. */
function isHidden(name: string): boolean {
  return name.startsWith('.') || name.endsWith('~');
}

async function entriesOf(folder: string, path: string, listing: FolderListing): Promise<Dirent[]> {
  try {
    return await readdir(join(folder, ...path.split('/')), { withFileTypes: true });
  } catch (error) {
    // The folder itself has to be there; one in it may go away, or be closed.
    if (path === '') throw error;
    if (isMissing(error)) return [];
    listing.closed.push({ path, reason: `cannot be read (${systemCode(error) ?? 'unknown'})` });
    return [];
  }
}

/** Why a name that is listed cannot be looked at; null where it is gone. */
async function closedReason(
  error: unknown,
  absolute: string,
  entry: Dirent,
): Promise<string | null> {
  if (!isMissing(error)) return `cannot be read (${systemCode(error) ?? 'unknown'})`;
  if (entry.name.includes('\uFFFD')) return 'has a name that is not UTF-8';
  if (!entry.isSymbolicLink()) return null;
  const isThere = await lstat(absolute).then(
    () => true,
    () => false,
  );
  return isThere ? 'is a link that leads nowhere' : null;
}
