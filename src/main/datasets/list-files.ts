import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { cannotOpen } from './open-problems';

const MOST_FILES = 100_000;

/**
 * The data files below a folder, in the order of their paths: without what Spark, Hive and systems
 * put beside them (`_SUCCESS`, `_metadata`, `.crc`). Folders `_a=1` are partitions all the same.
 */
export async function dataFilesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const shown = entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => ({ path: join(entry.parentPath, entry.name), isLink: entry.isSymbolicLink() }))
    .filter(({ path }) => !relative(folder, path).split(sep).some(isHidden));
  for (const { path, isLink } of shown) {
    // What it leads to may be a folder of rows, or a pipe that never ends.
    if (isLink && !(await leadsToFile(path))) {
      throw cannotOpen(
        basename(folder),
        `the link “${basename(path)}” in it leads to no file`,
        'Remove the link, or open single files.',
      );
    }
  }
  const files = shown.map(({ path }) => path);
  return files.sort(byCodeUnits).slice(0, MOST_FILES);
}

async function leadsToFile(link: string): Promise<boolean> {
  try {
    return (await stat(link)).isFile();
  } catch {
    // To nothing, to itself, or to what is not ours to see.
    return false;
  }
}

function isHidden(part: string): boolean {
  return part.startsWith('.') || (part.startsWith('_') && !part.includes('='));
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export interface Partitions {
  columns: string[];
  /** Per file, in the order of `columns`; null for Hive's word for it. */
  values: (string | null)[][];
}

const HIVE_NULL = '__HIVE_DEFAULT_PARTITION__';

/**
 * The columns that the folders between `root` and its files spell (`year=2024/month=01`); null where
 * not all files are in folders of the same names.
 */
export function partitionsOf(root: string, files: readonly string[]): Partitions | null {
  const parted = files.map((file) =>
    relative(root, file)
      .split(sep)
      .slice(0, -1)
      .flatMap((part) => {
        const at = part.indexOf('=');
        return at <= 0 ? [] : [[unescaped(part.slice(0, at)), part.slice(at + 1)] as const];
      }),
  );
  const columns = (parted[0] ?? []).map(([name]) => name);
  if (columns.length === 0 || new Set(columns).size < columns.length) return null;
  const same = parted.every(
    (parts) =>
      parts.length === columns.length && parts.every(([name], index) => name === columns[index]),
  );
  if (!same) return null;
  return {
    columns,
    values: parted.map((parts) =>
      parts.map(([, value]) => (value === HIVE_NULL ? null : unescaped(value))),
    ),
  };
}

/** Spark and Hive write what a folder's name cannot hold as `%3A`. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that stands for itself.
    return text;
  }
}
