import { join } from 'node:path';
import { type Database, quotedName, TextList } from '../base/duckdb';
import type { TableVersion } from './delta-log';
import type { StoredColumn } from './table-schemas';

/** Paths in the log are URL-encoded and relative to the table. */
export function filePath(table: string, path: string): string {
  return join(table, decodeURIComponent(path));
}

/** Makes temp table `name` hold a table's rows at a version; empty where there is no version. */
export async function loadVersion(
  database: Database,
  name: string,
  table: string,
  columns: readonly StoredColumn[],
  version: TableVersion | undefined,
): Promise<void> {
  const target = `CREATE OR REPLACE TEMP TABLE ${quotedName(name)}`;
  const files = [...(version?.files.keys() ?? [])].map((path) => filePath(table, path));
  if (files.length === 0) {
    const typed = columns.map((column) => `${quotedName(column.name)} ${column.type}`);
    await database.run(`${target} (${typed.join(', ')})`);
    return;
  }
  const names = columns.map((column) => quotedName(column.name)).join(', ');
  await database.run(`${target} AS SELECT ${names} FROM read_parquet($files)`, {
    files: new TextList(files),
  });
}
