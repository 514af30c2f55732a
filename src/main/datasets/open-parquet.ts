import { humanCount } from '../../preload/contract/counts';
import { type Database, quotedName, quotedText } from '../base/duckdb';
import {
  scanParquet,
  scanParquetByName,
  scanParquetFooter,
  scanParquetSchemas,
} from '../base/duckdb-scan';
import type { ScanColumn, ScanNote } from '../base/scan';
import type { Partitions } from './list-files';
import { cannotOpen, encrypted } from './open-problems';
import type { Reading } from './opened-scan';
import { columnsOf } from './scan-columns';
import { typeColumns } from './type-columns';
import { wideDecimals } from './wide-decimals';

/** @param partitions the columns that the files' folders spell; null where they spell none */
export async function openParquet(
  database: Database,
  files: readonly string[],
  partitions: Partitions | null,
  name: string,
): Promise<Reading> {
  let notes: ScanNote[] = files.length > 1 ? await differences(database, files) : [];
  const plain = files.length === 1 ? scanParquet(files) : scanParquetByName(files, null);
  let from = plain;
  if (partitions !== null) {
    const parted = await partitioned(database, plain, partitions);
    from = parted.from;
    notes = [...notes, ...parted.notes];
  }
  await refuseEncrypted(database, files, name);
  const unread = await wideDecimals(database, files);
  notes = [...notes, ...unread, ...(await cutMoments(database, files))];
  if (unread.length > 0) from = without(unread, await columnsOf(database, from), from, name);
  const columns = await columnsOf(database, from);
  // What DuckDB cannot unpack is seen in the first row.
  await database.run(`SELECT * FROM ${from} LIMIT 1`);
  const { rows } = await database.row<{ rows: number }>(
    `SELECT count(*)::DOUBLE AS rows FROM ${plain}`,
  );
  return {
    from,
    columns,
    notes: [...(await renamed(database, files, columns)), ...notes],
    rows,
    csv: null,
  };
}

/** INT96 has nanoseconds; DuckDB cuts them off. */
async function cutMoments(database: Database, files: readonly string[]): Promise<ScanNote[]> {
  const found = await database.rows<{ name: string }>(
    `SELECT DISTINCT name FROM ${scanParquetSchemas(files)} WHERE type = 'INT96' ORDER BY name`,
  );
  return found.map(({ name }) => ({
    column: name,
    count: 1,
    what: 'Its moments are stored as INT96: read to the microsecond.',
  }));
}

function without(
  unread: readonly ScanNote[],
  columns: readonly ScanColumn[],
  from: string,
  name: string,
): string {
  const left = new Set(unread.map(({ column }) => column?.toLowerCase()));
  const kept = columns.filter((column) => !left.has(column.name.toLowerCase()));
  if (kept.length === 0) {
    throw cannotOpen(
      name,
      'all its numbers may have more digits than DuckDB’s DECIMAL',
      'Write them as text or with at most 38 digits, and open that.',
    );
  }
  return `(SELECT ${kept.map((column) => quotedName(column.name)).join(', ')} FROM ${from})`;
}

/** The names of the columns may be readable all the same. */
async function refuseEncrypted(
  database: Database,
  files: readonly string[],
  name: string,
): Promise<void> {
  for (const file of files) {
    if (await isEncrypted(database, file)) throw encrypted(name);
  }
}

async function isEncrypted(database: Database, file: string): Promise<boolean> {
  try {
    const { algorithm } = await database.row<{ algorithm: string | null }>(
      `SELECT encryption_algorithm AS algorithm FROM ${scanParquetFooter(file)}`,
    );
    return algorithm !== null && algorithm !== '';
  } catch (error) {
    // Only the footer of an encrypted file has a key's metadata in it, which DuckDB takes for text.
    if (error instanceof Error && /Invalid unicode/.test(error.message)) return true;
    throw error;
  }
}

/** Each file's values of the partitions, found by the file's number. */
async function partitioned(
  database: Database,
  scan: string,
  { columns, values }: Partitions,
): Promise<{ from: string; notes: ScanNote[] }> {
  const text = (value: string | null) => (value === null ? 'NULL' : quotedText(value));
  const lists = columns.map(
    (_, index) => `[${values.map((row) => text(row[index] ?? null)).join(', ')}]::VARCHAR[]`,
  );
  const typed = await typeColumns(
    database,
    `(SELECT ${lists.map((list, index) => `unnest(${list}) AS k${index}`).join(', ')})`,
    columns.map((name, index) => ({ name, text: `k${index}`, held: 'any' })),
    '.',
  );
  const stored = new Map(
    (await columnsOf(database, scan)).map(({ name }) => [name.toLowerCase(), name]),
  );
  const hidden = columns.flatMap((name) => stored.get(name.toLowerCase()) ?? []);
  const kept = hidden.length === 0 ? 'r.*' : `r.* EXCLUDE (${hidden.map(quotedName).join(', ')})`;
  const added = typed.columns.map(({ name, sqlType }, index) => {
    const sql = typed.columns[index]?.sql.replaceAll(
      `k${index}`,
      `(${lists[index]})[file_index::BIGINT + 1]`,
    );
    return `${sqlType === 'VARCHAR' ? `(${lists[index]})[file_index::BIGINT + 1]` : sql} AS ${quotedName(name)}`;
  });
  return {
    from: `(SELECT ${kept}, ${added.join(', ')} FROM ${scan} AS r)`,
    notes: typed.notes,
  };
}

/** What a person has to know where files of one table do not have the same columns. */
async function differences(database: Database, files: readonly string[]): Promise<ScanNote[]> {
  const found = await database.rows<{ name: string; files: number; types: string[] }>(
    `WITH parts AS (
       SELECT *, row_number() OVER (PARTITION BY file_name) AS place FROM ${scanParquetSchemas(files)}
     ), leaves AS (
       SELECT file_name, name, coalesce(duckdb_type, type) AS type, num_children FROM parts
       WHERE place > 1
     )
     SELECT name, count(DISTINCT file_name)::INTEGER AS files, list_sort(list(DISTINCT type)) AS types
     FROM leaves WHERE coalesce(num_children, 0) = 0 GROUP BY name
     HAVING count(DISTINCT file_name) < ${files.length} OR count(DISTINCT type) > 1`,
  );
  return found.map(({ name, files: having, types }) => ({
    column: name,
    count: types.length > 1 ? types.length : files.length - having,
    what:
      types.length > 1
        ? `Its type differs between the files (${types.join(', ')}): the widest is used.`
        : `${humanCount(files.length - having)} of ${humanCount(files.length)} files lack it: empty there.`,
  }));
}

/** DuckDB renames columns that it could not tell apart. */
async function renamed(
  database: Database,
  files: readonly string[],
  columns: readonly ScanColumn[],
): Promise<ScanNote[]> {
  if (files.length > 1) return [];
  const stored = await database.rows<{ name: string }>(
    `SELECT name FROM ${scanParquetSchemas(files)}`,
  );
  const names = new Set(stored.map(({ name }) => name));
  return columns
    .filter(({ name }) => !names.has(name))
    .map(({ name }) => ({
      column: name,
      count: 1,
      what: 'It is named so here: in the file its name is empty, or differs from another in upper and lower case only.',
    }));
}
