import type { ChangeEntry } from '../../preload/contract/reports';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName } from '../base/duckdb';
import { anyDiffers, type DatasetState, loadDataset, VALUE_COLUMNS } from './dataset-state';

/** One row per subject and column whose value differs; values keep their own types. */
export type FieldChange = Omit<ChangeEntry, 'version' | 'timestamp'>;

export interface ChangeCounts {
  rows: number;
  inserted: number;
  updated: number;
  deleted: number;
}

/** How many subjects were added, changed and removed between two states of the dataset. */
export async function countChanges(
  database: Database,
  paths: DataPaths,
  before: DatasetState,
  after: DatasetState,
): Promise<ChangeCounts> {
  await loadDataset(database, paths, 'before_rows', before);
  await loadDataset(database, paths, 'after_rows', after);
  return countRowChanges(database, 'before_rows', 'after_rows');
}

/** The same of two tables that have the dataset's columns. */
export async function countRowChanges(
  database: Database,
  before: string,
  after: string,
): Promise<ChangeCounts> {
  return database.row<ChangeCounts & Record<string, unknown>>(
    `SELECT count(a.id)::INTEGER AS rows,
       (count(*) FILTER (b.id IS NULL))::INTEGER AS inserted,
       (count(*) FILTER (a.id IS NOT NULL AND b.id IS NOT NULL
         AND (${anyDiffers(VALUE_COLUMNS)})))::INTEGER AS updated,
       (count(*) FILTER (a.id IS NULL))::INTEGER AS deleted
     FROM ${quotedName(before)} b FULL JOIN ${quotedName(after)} a USING (id)`,
  );
}

/** What was added, changed and removed between two states of the dataset, field by field. */
export async function stateChanges(
  database: Database,
  paths: DataPaths,
  before: DatasetState,
  after: DatasetState,
): Promise<FieldChange[]> {
  await loadDataset(database, paths, 'before_rows', before);
  await loadDataset(database, paths, 'after_rows', after);
  return changesOfLoaded(database);
}

/** The same of the tables `before_rows` and `after_rows`. */
export async function changesOfLoaded(database: Database): Promise<FieldChange[]> {
  const membership = await database.rows<FieldChange & Record<string, unknown>>(
    `SELECT CASE WHEN b.id IS NULL THEN 'insert' ELSE 'delete' END AS change,
       coalesce(a.id, b.id) AS id, coalesce(a.name, b.name) AS name,
       NULL AS column, NULL AS before, NULL AS after
     FROM before_rows b FULL JOIN after_rows a USING (id)
     WHERE a.id IS NULL OR b.id IS NULL`,
  );
  const updated = await fieldChanges(
    database,
    VALUE_COLUMNS,
    'before_rows b JOIN after_rows a USING (id)',
    'a.id AS id, a.name AS name',
  );
  return [...membership, ...updated];
}

/**
 * The fields that differ between rows that belong together.
 *
 * @param pairs a join of aliases `b` (before) and `a` (after)
 * @param subject what yields `id` and `name` in it
 */
export async function fieldChanges(
  database: Database,
  columns: readonly string[],
  pairs: string,
  subject: string,
): Promise<FieldChange[]> {
  const selected = columns.flatMap((column) => [
    `b.${quotedName(column)} AS ${quotedName(`before ${column}`)}`,
    `a.${quotedName(column)} AS ${quotedName(`after ${column}`)}`,
    `${anyDiffers([column])} AS ${quotedName(`differs ${column}`)}`,
  ]);
  const rows = await database.rows<Record<string, unknown> & { id: number; name: string }>(
    `SELECT ${subject}, ${selected.join(', ')} FROM ${pairs} WHERE ${anyDiffers(columns)}`,
  );
  return rows.flatMap((row) =>
    columns
      .filter((column) => row[`differs ${column}`] === true)
      .map((column) => ({
        change: 'update' as const,
        id: row.id,
        name: row.name,
        column,
        before: row[`before ${column}`],
        after: row[`after ${column}`],
      })),
  );
}
