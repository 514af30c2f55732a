import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import pLimit from 'p-limit';
import { z } from 'zod';
import { AppError } from '../../../preload/contract/errors';
import {
  isMissing,
  OWNER_ONLY,
  namesIn,
  replaceFileContent,
  syncFolder,
  writeSynced,
} from '../../base/durable-file';
import { openBytes, sealBytes } from './sealed-bytes';

/**
 * A folder kept encrypted: `files/<random>` for each of its files, and `index`, which says, sealed too,
 * what they are. The index is replaced in one step, so the folder is always that of one moment.
 */

const INDEX = 'index';
const FILES = 'files';
const AT_ONCE = 16;

const entrySchema = z.strictObject({
  /** With `/`, whatever the system. */
  path: z.string().min(1),
  file: z.uuid(),
  size: z.int(),
  /** Milliseconds since 1970. */
  modified: z.int(),
});
const indexSchema = z.strictObject({ files: z.array(entrySchema) });
type Entry = z.infer<typeof entrySchema>;

/**
 * Seals what has changed since the last time. Resolves to whether anything had.
 * @param belongs tells by its path which files are sealed; the others are left alone
 */
export async function sealFolder(
  folder: string,
  sealed: string,
  dataKey: Uint8Array,
  belongs: (path: string) => boolean,
): Promise<boolean> {
  const before = await readIndex(sealed, dataKey);
  const known = new Map(before.map((entry) => [entry.path, entry]));
  const places = join(sealed, FILES);
  await mkdir(places, { recursive: true, mode: 0o700 });
  const turn = pLimit(AT_ONCE);
  const found = (await pathsBelow(folder)).filter(belongs).sort();
  const sealOne = async (path: string): Promise<Entry> => {
    const from = join(folder, path);
    const { size, mtimeMs } = await stat(from);
    const modified = Math.round(mtimeMs);
    const same = known.get(path);
    if (same?.size === size && same.modified === modified) return same;
    const file = randomUUID();
    const content = await readFile(from);
    await writeSynced(join(places, file), sealBytes(dataKey, 'file', content), OWNER_ONLY);
    return { path, file, size: content.length, modified };
  };
  const files = (
    await Promise.all(found.map((path) => turn(() => whereThere(() => sealOne(path)))))
  ).filter((entry) => entry !== null);
  const kept = new Set(before.map(({ file }) => file));
  const changed = files.length !== before.length || files.some(({ file }) => !kept.has(file));
  if (!changed) return false;
  await syncFolder(places);
  const index = Buffer.from(JSON.stringify({ files }));
  await replaceFileContent(join(sealed, INDEX), sealBytes(dataKey, 'index', index), OWNER_ONLY);
  await removeOthers(places, new Set(files.map(({ file }) => file)));
  return true;
}

/** Whether `sealFolder` would seal anything. */
export async function hasChanged(
  folder: string,
  sealed: string,
  dataKey: Uint8Array,
  belongs: (path: string) => boolean,
): Promise<boolean> {
  const known = new Map((await readIndex(sealed, dataKey)).map((entry) => [entry.path, entry]));
  const found = (await pathsBelow(folder)).filter(belongs);
  if (found.length !== known.size) return true;
  const isSame = async (path: string) => {
    const file = await whereThere(() => stat(join(folder, path)));
    const entry = known.get(path);
    return entry?.size === file?.size && entry?.modified === Math.round(file?.mtimeMs ?? 0);
  };
  return (await Promise.all(found.map(isSame))).includes(false);
}

/** Writes the files of a sealed folder in the clear. Throws `wrong-key`. */
export async function openFolder(
  sealed: string,
  folder: string,
  dataKey: Uint8Array,
): Promise<void> {
  const turn = pLimit(AT_ONCE);
  await Promise.all(
    (await readIndex(sealed, dataKey)).map(({ path, file, modified }) =>
      turn(async () => {
        const to = join(folder, path);
        await mkdir(dirname(to), { recursive: true, mode: 0o700 });
        const content = openBytes(dataKey, 'file', await readFile(join(sealed, FILES, file)));
        await writeFile(to, content, { mode: OWNER_ONLY });
        // By its time an unchanged file is known when the folder is sealed again.
        await utimes(to, modified / 1000, modified / 1000);
      }),
    ),
  );
}

/** Whether the key is that of the sealed folder. */
export async function opensFolder(sealed: string, dataKey: Uint8Array): Promise<boolean> {
  try {
    await readIndex(sealed, dataKey);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'wrong-key') return false;
    throw error;
  }
}

/** Of nothing where nothing is sealed yet. Throws `wrong-key`. */
async function readIndex(sealed: string, dataKey: Uint8Array): Promise<Entry[]> {
  if (!(await namesIn(sealed)).includes(INDEX)) return [];
  const index = openBytes(dataKey, 'index', await readFile(join(sealed, INDEX)));
  return indexSchema.parse(JSON.parse(index.toString())).files;
}

/** Of all files below a folder, with `/`. */
export async function pathsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** Null where the file went away meanwhile. */
async function whereThere<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function removeOthers(folder: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (!kept.has(name)) await rm(join(folder, name), { force: true });
  }
}
