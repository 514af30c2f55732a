import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Receipt } from '../../preload/contract/erasure';
import type { DataPaths } from '../base/data-folder';
import { isMissing } from '../base/durable-file';
import { HOLDINGS } from './holdings';
import { filesBelow } from './own-walk';
import { holderOf } from './search-folder';
import type { SubjectWords } from './subject-words';

/** SHA-256 by path. */
export type Fingerprints = Readonly<Record<string, string>>;

/** Files of one subject alone, by whose hash it is known. */
const OF_ONE = /^(?:landing\/pokemon|sprites|uploads|folder\/quarantine|alerts\/rules)\//;

/**
 * The hashes of all files that say something of subjects, but for those of other subjects alone.
 * @param ids whose own files are among them
 */
export async function fingerprints(
  { data }: DataPaths,
  ids: ReadonlySet<number>,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const path of await filesBelow(data)) {
    if (holderOf(HOLDINGS, path)?.keepsSubjects !== true) continue;
    const own = /^(?:landing\/pokemon|sprites)\/(\d+)\.\w+$/.exec(path)?.[1];
    if (own !== undefined && !ids.has(Number(own))) continue;
    try {
      const hash = createHash('sha256');
      await pipeline(createReadStream(join(data, ...path.split('/'))), hash);
      found[path] = hash.digest('hex');
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  return found;
}

/** What an erasure changed, by path; a path that names a subject is told without. */
export function changedFiles(
  before: Fingerprints,
  after: Fingerprints,
  words: SubjectWords,
): Receipt['files'] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths
    .filter((path) => before[path] !== after[path])
    .map((path) => {
      const isOfOne = OF_ONE.test(path) && after[path] === undefined;
      const file = isOfOne || words.areIn(path) ? withoutName(path) : path;
      return {
        file,
        before: isOfOne ? null : (before[path] ?? null),
        after: after[path] ?? null,
      };
    });
}

function withoutName(path: string): string {
  const ending = /\.[a-z]+$/.exec(path)?.[0] ?? '';
  return `${path.slice(0, path.lastIndexOf('/') + 1)}(erased)${ending}`;
}
