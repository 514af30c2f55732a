import { randomUUID } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Database, quotedName, quotedText } from '../base/duckdb';
import type { AddFile, CdcFile } from './delta-actions';
import type { StagedFiles } from './staged-files';
import type { StoredColumn } from './stored-column';

export const CHANGE_FOLDER = '_change_data';

/** Other engines name files differently, so theirs are never taken for an aborted commit's. */
const OUR_FILE = /^(?:_change_data\/)?pokedex-[0-9a-f-]{36}\.snappy\.parquet$/;

/** Whether this app made a file, by its path relative to the table. */
export function isOurFile(path: string): boolean {
  return OUR_FILE.test(path);
}

/** Writes a query's rows as one Parquet file of the table; its name reveals nothing. */
async function writeParquet(
  database: Database,
  staged: StagedFiles,
  folder: string,
  query: string,
): Promise<{ name: string; size: number; modified: number }> {
  await mkdir(folder, { recursive: true });
  const name = `pokedex-${randomUUID()}.snappy.parquet`;
  const path = join(folder, name);
  staged.add(path);
  await database.run(`COPY (${query}) TO ${quotedText(path)} (FORMAT parquet, COMPRESSION snappy)`);
  const { size, mtimeMs } = await stat(path);
  return { name, size, modified: Math.trunc(mtimeMs) };
}

/**
 * Writes `rows` as a data file, sorted by key so that row order reveals nothing about the subject.
 *
 * @param withValues whether Delta's per-file statistics have values (min, max, null count) beside
 *   the number of rows
 */
export async function writeDataFile(
  database: Database,
  staged: StagedFiles,
  table: string,
  rows: string,
  columns: readonly StoredColumn[],
  withValues: boolean,
): Promise<AddFile> {
  const names = columns.map((column) => quotedName(column.name)).join(', ');
  const file = await writeParquet(
    database,
    staged,
    table,
    `SELECT ${names} FROM ${quotedName(rows)} ORDER BY pokemon_key`,
  );
  return {
    path: file.name,
    partitionValues: {},
    size: file.size,
    modificationTime: file.modified,
    dataChange: true,
    stats: withValues
      ? await fileStats(database, rows, columns)
      : JSON.stringify({ numRecords: await countRows(database, rows) }),
  };
}

/** Writes a change feed file: `query` yields the table's columns and `_change_type`. */
export async function writeChangeFile(
  database: Database,
  staged: StagedFiles,
  table: string,
  query: string,
): Promise<CdcFile> {
  const file = await writeParquet(database, staged, join(table, CHANGE_FOLDER), query);
  return {
    path: `${CHANGE_FOLDER}/${file.name}`,
    partitionValues: {},
    size: file.size,
    dataChange: false,
  };
}

async function countRows(database: Database, rows: string): Promise<number> {
  const { n } = await database.row<{ n: number }>(
    `SELECT count(*)::INTEGER AS n FROM ${quotedName(rows)}`,
  );
  return n;
}

/** Source: PROTOCOL.md of delta-io/delta, “Per-file Statistics”. Lists have a null count only. */
async function fileStats(
  database: Database,
  rows: string,
  columns: readonly StoredColumn[],
): Promise<string> {
  const ranged = columns.filter((column) => ['INTEGER', 'DOUBLE', 'VARCHAR'].includes(column.type));
  const fields = [
    ...ranged.flatMap((column) => [
      `min(${quotedName(column.name)}) AS ${quotedName(`min ${column.name}`)}`,
      `max(${quotedName(column.name)}) AS ${quotedName(`max ${column.name}`)}`,
    ]),
    ...columns.map(
      (column) =>
        `(count(*) - count(${quotedName(column.name)}))::INTEGER AS ${quotedName(`nulls ${column.name}`)}`,
    ),
  ];
  const row = await database.row<Record<string, unknown>>(
    `SELECT count(*)::INTEGER AS n, ${fields.join(', ')} FROM ${quotedName(rows)}`,
  );
  const pick = (prefix: string, of: readonly StoredColumn[]) =>
    Object.fromEntries(
      of
        .map((column) => [column.name, row[`${prefix} ${column.name}`]] as const)
        .filter(([, value]) => value !== null),
    );
  return JSON.stringify({
    numRecords: row['n'],
    minValues: pick('min', ranged),
    maxValues: pick('max', ranged),
    nullCount: pick('nulls', columns),
  });
}
