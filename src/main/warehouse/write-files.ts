import { randomUUID } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Database, quotedName, quotedText } from '../base/duckdb';
import type { AddFile, CdcFile } from './delta-actions';
import type { StagedFiles } from './staged-files';
import type { StoredColumn } from './table-schemas';

export const CHANGE_FOLDER = '_change_data';

/** Writes a query's rows as one Parquet file of the table; its name says nothing. */
async function writeParquet(
  database: Database,
  staged: StagedFiles,
  folder: string,
  prefix: string,
  query: string,
): Promise<{ name: string; size: number; modified: number }> {
  await mkdir(folder, { recursive: true });
  const name = `${prefix}-00000-${randomUUID()}.c000.snappy.parquet`;
  const path = join(folder, name);
  staged.add(path);
  await database.run(`COPY (${query}) TO ${quotedText(path)} (FORMAT parquet, COMPRESSION snappy)`);
  const { size, mtimeMs } = await stat(path);
  return { name, size, modified: Math.trunc(mtimeMs) };
}

/**
 * Writes `rows` as a data file, sorted by key so that row order tells nothing of the subject.
 *
 * @param withStats adds Delta's per-file statistics (record count, min, max, null count)
 */
export async function writeDataFile(
  database: Database,
  staged: StagedFiles,
  table: string,
  rows: string,
  columns: readonly StoredColumn[],
  withStats: boolean,
): Promise<AddFile> {
  const names = columns.map((column) => quotedName(column.name)).join(', ');
  const file = await writeParquet(
    database,
    staged,
    table,
    'part',
    `SELECT ${names} FROM ${quotedName(rows)} ORDER BY pokemon_key`,
  );
  const add: AddFile = {
    path: file.name,
    partitionValues: {},
    size: file.size,
    modificationTime: file.modified,
    dataChange: true,
  };
  return withStats ? { ...add, stats: await fileStats(database, rows, columns) } : add;
}

/** Writes a change feed file: `query` yields the table's columns and `_change_type`. */
export async function writeChangeFile(
  database: Database,
  staged: StagedFiles,
  table: string,
  query: string,
): Promise<CdcFile> {
  const file = await writeParquet(database, staged, join(table, CHANGE_FOLDER), 'cdc', query);
  return {
    path: `${CHANGE_FOLDER}/${file.name}`,
    partitionValues: {},
    size: file.size,
    dataChange: false,
  };
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
