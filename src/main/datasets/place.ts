import type { Stats } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { cannotOpen, openingProblem } from './open-problems';

/** What a person named: a file or a folder that is there and can be read. */
export interface Place {
  kind: 'file' | 'folder';
  path: string;
  name: string;
  stats: Stats;
}

/** Throws `not-readable` for what is not there, may not be read, or is a pipe or device. */
export async function placeOf(path: string): Promise<Place> {
  const full = resolve(path);
  const name = nameOf(full);
  try {
    const stats = await stat(full);
    if (stats.isDirectory()) return { kind: 'folder', path: full, name, stats };
    if (!stats.isFile()) {
      throw cannotOpen(
        name,
        stats.isFIFO() ? 'it is a pipe, not a file' : 'it is a device, not a file',
        'Save what it gives to a file, and open that.',
      );
    }
    await access(full, constants.R_OK);
    return { kind: 'file', path: full, name, stats };
  } catch (error) {
    throw openingProblem(error, name);
  }
}

export function nameOf(path: string): string {
  return basename(path) || path;
}
