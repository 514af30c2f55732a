import { join } from 'node:path';
import { type Database, literalPath, quotedName, TextList } from '../base/duckdb';
import type { TableVersion } from './delta-log';
import type { StoredColumn } from './table-schemas';

/** Paths in the log are URL-encoded and relative to the table. */
export function filePath(table: string, path: string): string {
  return join(table, decodeURIComponent(path));
}

/**
 * A query for a table's rows at a version, none where there is no version.
 *
 * @param parameter the name under which `files` is to be bound
 */
export function versionRows(
  parameter: string,
  table: string,
  columns: readonly StoredColumn[],
  version: TableVersion | undefined,
): { query: string; values: Record<string, TextList> } {
  const files = [...(version?.files.keys() ?? [])].map((path) => filePath(table, path));
  if (files.length === 0) {
    const typed = columns.map((column) => `NULL::${column.type} AS ${quotedName(column.name)}`);
    return { query: `SELECT ${typed.join(', ')} WHERE false`, values: {} };
  }
  const names = columns.map((column) => quotedName(column.name)).join(', ');
  return {
    query: `SELECT ${names} FROM read_parquet($${parameter})`,
    values: { [parameter]: new TextList(files.map(literalPath)) },
  };
}

/** Makes temp table `name` hold a table's rows at a version; empty where there is no version. */
export async function loadVersion(
  database: Database,
  name: string,
  table: string,
  columns: readonly StoredColumn[],
  version: TableVersion | undefined,
): Promise<void> {
  const { query, values } = versionRows('files', table, columns, version);
  await database.run(`CREATE OR REPLACE TEMP TABLE ${quotedName(name)} AS ${query}`, values);
}
