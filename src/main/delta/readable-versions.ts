import { access } from 'node:fs/promises';
import { isMissing } from '../base/durable-file';
import { type KeptVersions, snapshotAt } from './kept-versions';
import { filePath } from './table-rows';

/** Only the end of a long history is searched. */
const MOST = 200;

/** The kept versions of a table whose data files are all there: VACUUM removes files of others. */
export async function readableVersions(versions: KeptVersions): Promise<number[]> {
  const { table, kept } = versions;
  const known = new Map<string, Promise<boolean>>();
  const isThere = (path: string) => {
    const found = known.get(path) ?? exists(filePath(table, path));
    known.set(path, found);
    return found;
  };
  const readable: number[] = [];
  for (const version of kept.slice(-MOST)) {
    const { files } = await snapshotAt(versions, version);
    const there = await Promise.all([...files.keys()].map(isThere));
    if (!there.includes(false)) readable.push(version);
  }
  return readable;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
