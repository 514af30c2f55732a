import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMissing, namesIn, replaceFileContent } from '../../base/durable-file';
import { pathsBelow } from './sealed-folder';

/**
 * Makes `to` hold the files of `from` under these names and nothing else of those. It can be done again
 * whenever it was interrupted. Each file takes its place whole: data before the logs that name them, logs
 * before the published file; what is no longer there goes last.
 */
export async function mirrorFolder(
  from: string,
  to: string,
  names: Iterable<string>,
): Promise<void> {
  for (const name of [...names].sort(byTurn)) {
    const paths = await filesOf(join(from, name));
    for (const path of paths.sort(byTurn)) {
      const target = path === '' ? join(to, name) : join(to, name, path);
      const content = await readFile(path === '' ? join(from, name) : join(from, name, path));
      if (await holds(target, content)) continue;
      await mkdir(dirname(target), { recursive: true });
      await replaceFileContent(target, content);
    }
    await removeOthers(join(to, name), paths);
  }
}

/** Data files, then logs, then what is at the top. */
function byTurn(one: string, other: string): number {
  return turnOf(one) - turnOf(other) || (one < other ? -1 : 1);
}

function turnOf(path: string): number {
  if (path === 'pokemon.parquet') return 2;
  return path.includes('_delta_log/') ? 1 : 0;
}

/** Below a folder; `['']` for a file, none where there is nothing. */
async function filesOf(place: string): Promise<string[]> {
  try {
    return await pathsBelow(place);
  } catch (error) {
    if (isMissing(error)) return (await exists(place)) ? [''] : [];
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return (await namesIn(dirname(path))).some((name) => join(dirname(path), name) === path);
}

async function holds(path: string, content: Buffer): Promise<boolean> {
  try {
    return (await readFile(path)).equals(content);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

async function removeOthers(place: string, kept: readonly string[]): Promise<void> {
  if (kept.length === 0) return rm(place, { recursive: true, force: true });
  if (kept[0] === '') return;
  const there = new Set(kept);
  for (const path of await pathsBelow(place)) {
    if (!there.has(path)) await rm(join(place, path), { force: true });
  }
}
