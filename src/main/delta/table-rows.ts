import { access } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Database, quotedName } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import { isMissing } from '../base/durable-file';
import type { Snapshot } from './snapshot';
import type { StoredColumn } from './stored-column';

/** Paths in the log are URL-encoded; most are relative to the table. */
export function filePath(table: string, path: string): string {
  if (path.startsWith('file:')) return fileURLToPath(path);
  const decoded = decodeURIComponent(path);
  return isAbsolute(decoded) ? decoded : join(table, decoded);
}

/** A query for a table's rows at a version. */
export function snapshotRows(
  table: string,
  columns: readonly StoredColumn[],
  snapshot: Snapshot,
): string {
  const files = [...snapshot.files.keys()].map((path) => filePath(table, path));
  if (files.length === 0) {
    const typed = columns.map((column) => `NULL::${column.type} AS ${quotedName(column.name)}`);
    return `SELECT ${typed.join(', ')} WHERE false`;
  }
  const names = columns.map((column) => quotedName(column.name)).join(', ');
  return `SELECT ${names} FROM ${scanParquet(files)}`;
}

/** Makes temp table `name` hold a table's rows at a version. */
export async function loadSnapshot(
  database: Database,
  name: string,
  table: string,
  columns: readonly StoredColumn[],
  snapshot: Snapshot,
): Promise<void> {
  const rows = snapshotRows(table, columns, snapshot);
  await database.run(`CREATE OR REPLACE TEMP TABLE ${quotedName(name)} AS ${rows}`);
}

/** True while all these files of a table are there. */
export async function filesThere(table: string, paths: Iterable<string>): Promise<boolean> {
  try {
    await Promise.all([...paths].map((path) => access(filePath(table, path))));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
