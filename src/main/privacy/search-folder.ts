import { open } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { type Database, quotedName } from '../base/duckdb';
import { scanParquetByName } from '../base/duckdb-scan';
import { isMissing } from '../base/durable-file';
import type { ErasureWork, Holder } from './holder';
import { filesBelow } from './own-walk';
import { isNamedInFile } from './search-file';

export interface Searched {
  files: number;
  bytes: number;
  /** Whose rows were read as values, out of packed pages and dictionaries. */
  parquet: number;
  /** Files that still name a subject, relative to the data folder. */
  hits: string[];
}

/** Of texts: what is no name of a subject there could be anything in a person's own file. */
const NUMBERED = /\.(?:json|ndjson|log)$/;

/**
 * Looks through every file of the data folder for every value of the subjects.
 * @param without files that name them for a reason: the plan of the erasure itself
 */
export async function searchFolder(
  work: ErasureWork,
  holders: readonly Holder[],
  without: ReadonlySet<string>,
): Promise<Searched> {
  const { paths, words } = work;
  const hits = new Set<string>();
  const parquet: string[] = [];
  let bytes = 0;
  const files = (await filesBelow(paths.data)).filter((path) => !without.has(path));
  for (const path of files) {
    const absolute = join(paths.data, ...path.split('/'));
    const holder = holderOf(holders, path);
    const numbered = holder?.keepsSubjects === true && NUMBERED.test(path);
    if (words.isNamed(`/${path}`) || words.areIn(path)) hits.add(path);
    try {
      const kind = await kindOf(absolute);
      if (kind === null) continue;
      bytes += kind.size;
      if (kind.isParquet) parquet.push(path);
      if (await isNamedInFile(absolute, words, numbered)) hits.add(path);
    } catch (error) {
      // A reader's mark, or another program's: it went meanwhile.
      if (!isMissing(error)) throw error;
    }
  }
  for (const path of await namedInParquet(work, holders, parquet)) hits.add(path);
  for (const holder of holders) {
    for (const path of (await holder.search?.(work)) ?? []) hits.add(path);
  }
  return { files: files.length, bytes, parquet: parquet.length, hits: [...hits].sort() };
}

export function holderOf(holders: readonly Holder[], path: string): Holder | undefined {
  return holders.find((holder) => holder.owns(path));
}

/** Null for what is no file: a pipe, a link to nowhere. */
async function kindOf(path: string): Promise<{ size: number; isParquet: boolean } | null> {
  const file = await open(path);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) return null;
    const start = Buffer.alloc(4);
    await file.read(start, 0, 4, 0);
    return { size: stats.size, isParquet: start.toString('latin1') === 'PAR1' };
  } finally {
    await file.close();
  }
}

/** Folder by folder, because the files of one folder mostly have the same columns. */
async function namedInParquet(
  work: ErasureWork,
  holders: readonly Holder[],
  files: readonly string[],
): Promise<string[]> {
  const byFolder = new Map<string, string[]>();
  for (const path of files) {
    const group = byFolder.get(dirname(path));
    if (group === undefined) byFolder.set(dirname(path), [path]);
    else group.push(path);
  }
  const hits: string[][] = [];
  for (const group of byFolder.values()) {
    const numbered = holderOf(holders, group[0] ?? '')?.keepsSubjects === true;
    hits.push(await namedTogether(work, group, numbered));
  }
  return hits.flat();
}

async function namedTogether(
  work: ErasureWork,
  files: readonly string[],
  numbered: boolean,
): Promise<string[]> {
  try {
    return await namedRows(work, files, numbered);
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw error;
    // One that cannot be read was searched as bytes; the others are read apart.
    if (files.length === 1) return [];
  }
  const hits: string[][] = [];
  for (const file of files) hits.push(await namedTogether(work, [file], numbered));
  return hits.flat();
}

async function namedRows(
  { paths, database, words }: ErasureWork,
  files: readonly string[],
  numbered: boolean,
): Promise<string[]> {
  const scan = scanParquetByName(
    files.map((path) => join(paths.data, ...path.split('/'))),
    FILE,
  );
  const columns = new Set(
    (await database.columns(`SELECT * FROM ${scan}`)).map(({ name }) => name),
  );
  const isNumbered = (name: string) => numbered && columns.has(name);
  const numbers = [
    ...(isNumbered('id')
      ? [`id::VARCHAR IN (${[...words.ids].map((id) => `'${id}'`).join(', ')})`]
      : []),
    ...(isNumbered('order') ? orderTests(words.subjects.flatMap(({ order }) => order ?? [])) : []),
  ];
  const values = [...columns].filter((name) => name !== FILE).map(quotedName);
  return valuesIn(
    database,
    `SELECT DISTINCT ${quotedName(FILE)} AS file FROM ${scan}
     WHERE ${[...numbers, `regexp_matches(to_json(struct_pack(${values.map((name) => `${name} := ${name}`).join(', ')}))::VARCHAR, $names, 'i')`].join(' OR ')}`,
    words.namePattern,
    paths.data,
  );
}

const FILE = 'file of the row';

function orderTests(orders: readonly number[]): string[] {
  return orders.length === 0
    ? []
    : [`"order"::VARCHAR IN (${orders.map((n) => `'${n}'`).join(', ')})`];
}

async function valuesIn(
  database: Database,
  sql: string,
  names: string,
  folder: string,
): Promise<string[]> {
  const rows = await database.rows<{ file: string }>(sql, { names });
  return rows.map(({ file }) => relative(folder, file).split(sep).join('/'));
}
