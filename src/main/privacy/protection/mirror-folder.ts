import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pLimit from 'p-limit';
import { isMissing, namesIn, replaceFileContent } from '../../base/durable-file';
import { pathsBelow } from './sealed-folder';

const AT_ONCE = 16;

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
    const [data = [], logs = []] = [false, true].map((isLog) =>
      paths.filter((path) => path.includes('_delta_log/') === isLog).sort(),
    );
    const turn = pLimit(AT_ONCE);
    for (const group of [data, logs]) {
      await Promise.all(
        group.map((path) => turn(() => copyWhole(join(from, name, path), join(to, name, path)))),
      );
    }
    await removeOthers(join(to, name), paths);
  }
}

/** Nothing is done where the file is the same already. */
async function copyWhole(from: string, to: string): Promise<void> {
  const content = await readFile(from);
  if (!(await holds(to, content))) await replaceFileContent(to, content);
}

/** What is published comes last. */
function byTurn(one: string, other: string): number {
  const turn = (name: string) => (name === 'pokemon.parquet' ? 1 : 0);
  return turn(one) - turn(other) || (one < other ? -1 : 1);
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
