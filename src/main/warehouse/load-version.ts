import { join } from 'node:path';
import { type Database, quotedName } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import type { TableVersion } from './delta-log';
import type { StoredColumn } from './table-schemas';

/** Paths in the log are URL-encoded and relative to the table. */
export function filePath(table: string, path: string): string {
  return join(table, decodeURIComponent(path));
}

/** A query for a table's rows at a version, none where there is no version. */
export function versionRows(
  table: string,
  columns: readonly StoredColumn[],
  version: TableVersion | undefined,
): string {
  const files = [...(version?.files.keys() ?? [])].map((path) => filePath(table, path));
  if (files.length === 0) {
    const typed = columns.map((column) => `NULL::${column.type} AS ${quotedName(column.name)}`);
    return `SELECT ${typed.join(', ')} WHERE false`;
  }
  const names = columns.map((column) => quotedName(column.name)).join(', ');
  return `SELECT ${names} FROM ${scanParquet(files)}`;
}

/** Makes temp table `name` hold a table's rows at a version; empty where there is no version. */
export async function loadVersion(
  database: Database,
  name: string,
  table: string,
  columns: readonly StoredColumn[],
  version: TableVersion | undefined,
): Promise<void> {
  const rows = versionRows(table, columns, version);
  await database.run(`CREATE OR REPLACE TEMP TABLE ${quotedName(name)} AS ${rows}`);
}
