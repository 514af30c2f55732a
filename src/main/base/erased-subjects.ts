import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from './data-folder';
import { isMissing, namesIn, OWNER_ONLY, replaceFileContent } from './durable-file';
import { folderKey } from './folder-keys';
import { readText } from './read-text';

/**
 * Who was erased: tombstones, which keep a subject from coming back, and the pseudonyms under which
 * working data stays. Nothing in the file ties one to the other, and numbers and names are few enough to be
 * tried one after the other, so tombstones are HMACs with a key that lies outside the data folder.
 */
const erasedSchema = z.object({
  erased: z.literal(1),
  /** What the right key makes of a fixed text: with another one nobody would be known again. */
  check: z.hex().length(64),
  tombstones: z.array(z.hex().length(64)),
  /** With the numbers that stand in their rows, so that these stay what they are. */
  pseudonyms: z.array(z.object({ key: z.hex().length(32), id: z.int().negative() })),
});

type Erased = z.infer<typeof erasedSchema>;

/** What stands for an erased subject wherever a row needs its number and its name. */
export interface ErasedRow {
  pokemon_key: string;
  /** Below zero, so that no document has it. */
  id: number;
  /** `Erased subject 3f2a…` */
  name: string;
}

/** A subject to be known again: its number and every name that it goes by. */
export interface KnownSubject {
  id: number;
  names: readonly string[];
}

const HIDDEN = /^erased-[0-9a-f]{32}$/;
const CHECKED = 'tombstones of this data folder';

/** Knows erased subjects again. Without any, no key is needed. */
export class ErasedSubjects {
  private readonly marks: ReadonlySet<string>;

  private constructor(
    private readonly key: Buffer | null,
    erased: Erased | null,
  ) {
    this.marks = new Set(erased?.tombstones);
  }

  static readonly none = new ErasedSubjects(null, null);

  /** Throws `no-key` where somebody was erased and cannot be known again: nothing may be landed then. */
  static async read(paths: DataPaths): Promise<ErasedSubjects> {
    const erased = await readErased(paths);
    if (erased === null) return ErasedSubjects.none;
    return new ErasedSubjects(await checkedKey(paths, erased), erased);
  }

  get size(): number {
    return this.marks.size;
  }

  /** Whether that is somebody who was erased, going by the number or by any of the names. */
  isAbout({ id, names }: { id?: number | null | undefined; names: readonly string[] }): boolean {
    if (this.key === null) return false;
    return (typeof id === 'number' && this.has(id)) || names.some((name) => this.hasName(name));
  }

  has(id: number): boolean {
    return this.key !== null && this.marks.has(mark(this.key, idText(id)));
  }

  private hasName(name: string): boolean {
    return this.key !== null && this.marks.has(mark(this.key, nameText(name)));
  }

  /** Whether a file's name gives away an erased subject: by its number alone, or by a name in it. */
  isNamedIn(path: string): boolean {
    if (this.key === null) return false;
    const [stem = ''] = (path.split(/[\\/]/).at(-1) ?? '').split('.');
    if (/^\d{1,9}$/.test(stem)) return this.has(Number(stem));
    const words = path.split(/[^\p{L}\p{N}-]+/u).filter((word) => word !== '');
    return words.some((word) => this.hasName(word) || word.split('-').some((w) => this.hasName(w)));
  }

  /** With a path that names nobody and is the same for the same path. */
  hidden<Row extends { path: string }>(row: Row): Row {
    return { ...row, path: this.hiddenPath(row.path) ?? row.path };
  }

  /** Null where nobody was erased. */
  hiddenPath(path: string): string | null {
    if (this.key === null || HIDDEN.test(path)) return null;
    return `erased-${mark(this.key, `path ${path}`).slice(0, 32)}`;
  }
}

/** The rows of erased subjects, by pseudonym. Needs no key. */
export async function readErasedRows(paths: DataPaths): Promise<ErasedRow[]> {
  const erased = await readErased(paths);
  return (erased?.pseudonyms ?? []).map(({ key, id }) => erasedRow(key, id));
}

export function erasedRow(pokemonKey: string, id: number): ErasedRow {
  return {
    pokemon_key: pokemonKey,
    id,
    name: `Erased subject ${pokemonKey.slice(0, 4)}…`,
  };
}

/** Adds subjects with what stands for them; those that are known already stay once. */
export async function noteErased(
  paths: DataPaths,
  subjects: readonly KnownSubject[],
  rows: readonly ErasedRow[],
): Promise<void> {
  const before = await readErased(paths);
  const key =
    before === null ? await folderKey(paths, 'tombstones', true) : await checkedKey(paths, before);
  const marks = subjects.flatMap(({ id, names }) => [
    mark(key, idText(id)),
    ...names.map((name) => mark(key, nameText(name))),
  ]);
  const pseudonyms = new Map<string, number>([
    ...(before?.pseudonyms ?? []).map((one) => [one.key, one.id] as const),
    ...rows.map(({ pokemon_key, id }) => [pokemon_key, id] as const),
  ]);
  const erased: Erased = {
    erased: 1,
    check: mark(key, CHECKED),
    // Sorted, so that their order ties nothing together.
    tombstones: [...new Set([...(before?.tombstones ?? []), ...marks])].sort(),
    pseudonyms: [...pseudonyms].map(([key, id]) => ({ key, id })),
  };
  await replaceFileContent(paths.erased, `${JSON.stringify(erased, null, 2)}\n`, OWNER_ONLY);
}

async function readErased(paths: DataPaths): Promise<Erased | null> {
  try {
    return erasedSchema.parse(JSON.parse(await readText(paths.erased)));
  } catch (cause) {
    if (isMissing(cause)) {
      const receipts = await namesIn(paths.receipts);
      if (!receipts.some((name) => name.endsWith('.json'))) return null;
      throw lost('is missing, but there are receipts of erasures', cause);
    }
    if (!(cause instanceof SyntaxError || cause instanceof z.ZodError)) throw cause;
    throw lost('cannot be read', cause);
  }
}

function lost(what: string, cause: unknown): AppError {
  return new AppError('no-key', `The list of erased subjects, privacy/erased.json, ${what}.`, {
    hint: 'Bring it back from a copy: without it, erased subjects would come back. Nothing was changed.',
    cause,
  });
}

async function checkedKey(paths: DataPaths, erased: Erased): Promise<Buffer> {
  const key = await folderKey(paths, 'tombstones', false);
  if (mark(key, CHECKED) === erased.check) return key;
  throw new AppError(
    'no-key',
    'The key “tombstones” is not the one by which erased subjects of this data folder are known.',
    { hint: 'Bring the right one back from a copy: erased subjects would come back without it.' },
  );
}

function idText(id: number): string {
  return `id ${id}`;
}

function nameText(name: string): string {
  return `name ${name.normalize('NFC').toLowerCase()}`;
}

function mark(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}
