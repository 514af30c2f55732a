import type { DataPaths } from '../base/data-folder';
import type { Database } from '../base/duckdb';
import type { SubjectWords } from './subject-words';

export interface ErasureWork {
  paths: DataPaths;
  database: Database;
  words: SubjectWords;
}

/**
 * Something that keeps files in the data folder. Every file there belongs to one; what belongs to none is
 * a person's own, which an erasure searches and never changes.
 */
export interface Holder {
  /** What is in its files, for people. */
  readonly what: string;
  /** Whether these files can say something of a subject. */
  readonly keepsSubjects: boolean;
  /** @param path relative to the data folder, with `/` */
  owns(path: string): boolean;
  /** Takes the subjects out of its files. May be done again. The caller holds the writer's lock. */
  erase?(work: ErasureWork): Promise<void>;
  /** Its files that still have a subject by a number alone, which no search of bytes tells. */
  search?(work: ErasureWork): Promise<string[]>;
}
