import { readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { isMissing } from '../base/durable-file';
import { systemCode } from '../base/host-error';
import type { DatasetFormat } from './opened-scan';
import { sniff } from './sniff';

/** More folders than these are not looked at. */
const MOST_FOLDERS = 5_000;

/** Folders by the time of the last name that came to them or left. */
type Folders = ReadonlyMap<string, number>;

/**
 * Tells whether an opened folder or pattern has files that it had not when it was read. Only where a
 * name came to a folder, or left it, is everything listed again.
 */
export class Listing {
  private readonly known: Set<string>;
  /** Files that were empty: what they are is not known yet. */
  private undecided: string[] = [];

  private constructor(
    private readonly top: string,
    private readonly levels: number,
    private readonly list: () => Promise<string[]>,
    private folders: Folders,
    files: readonly string[],
  ) {
    this.known = new Set(files);
  }

  /**
   * @param top the folder above all that may come
   * @param levels how many levels of folders below it count
   * @param list the files there are
   */
  static async of(
    top: string,
    levels: number,
    list: () => Promise<string[]>,
  ): Promise<{ listing: Listing; files: string[] }> {
    // Looked at first: what comes between is then seen as new.
    const folders = await foldersBelow(top, levels);
    const files = await list();
    return { listing: new Listing(top, levels, list, folders, files), files };
  }

  /** Whether files of this format have come. */
  async hasNew(format: DatasetFormat): Promise<boolean> {
    if (await isTouched(this.folders)) {
      this.folders = await foldersBelow(this.top, this.levels);
      this.undecided = (await this.list()).filter((file) => !this.known.has(file));
    }
    const empty: string[] = [];
    for (const file of this.undecided) {
      const is = await kindOf(file);
      if (is === format) return true;
      if (is === 'empty') empty.push(file);
      else this.known.add(file);
    }
    this.undecided = empty;
    return false;
  }
}

/** The part of a pattern above its first wildcard, and how many levels below it the pattern reaches. */
export function reachOf(pattern: string): { top: string; levels: number } {
  const at = pattern.search(/[*?[]/);
  const top = dirname(`${pattern.slice(0, at)}x`);
  const levels = pattern.includes('**') ? Infinity : relative(top, pattern).split(sep).length - 1;
  return { top, levels };
}

async function foldersBelow(top: string, levels: number): Promise<Folders> {
  const found = new Map<string, number>();
  let level = [top];
  for (let deep = 0; level.length > 0 && deep <= levels; deep += 1) {
    const next: string[] = [];
    for (const folder of level) {
      if (found.size >= MOST_FOLDERS) return found;
      const time = await timeOf(folder);
      if (time === null) continue;
      found.set(folder, time);
      if (deep < levels) for (const inside of await foldersIn(folder)) next.push(inside);
    }
    level = next;
  }
  return found;
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name))
      .slice(0, MOST_FOLDERS);
  } catch (error) {
    if (isOutOfReach(error)) return [];
    throw error;
  }
}

async function isTouched(folders: Folders): Promise<boolean> {
  for (const [folder, time] of folders) if ((await timeOf(folder)) !== time) return true;
  return false;
}

/** Null for a folder that is gone or not ours to look at. */
async function timeOf(folder: string): Promise<number | null> {
  try {
    return (await stat(folder)).mtimeMs;
  } catch (error) {
    if (isOutOfReach(error)) return null;
    throw error;
  }
}

/** Null for a file that is gone again. */
async function kindOf(file: string): Promise<string | null> {
  try {
    return (await sniff(file)).kind.is;
  } catch (error) {
    if (isOutOfReach(error)) return null;
    throw error;
  }
}

function isOutOfReach(error: unknown): boolean {
  return isMissing(error) || ['EACCES', 'EPERM', 'ENOTDIR'].includes(systemCode(error) ?? '');
}
