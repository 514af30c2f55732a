import { BEFORE_ID } from '../../preload/contract/questions';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName, quotedText } from '../base/duckdb';
import { loadDatasetAt } from './load-dataset-at';

/** Versions of the dataset, written as Parquet for the process that answers. */

/** What tells the rows of two versions apart in one table, and what tells every row apart. */
export const VERSION_COLUMN = 'version';
export const ROW_COLUMN = 'row';

/** Throws `no-data`, `version-not-kept`, `table-unsupported`. @param to a path where nothing is yet */
export async function writeDatasetAt(
  database: Database,
  paths: DataPaths,
  version: number,
  to: string,
): Promise<void> {
  const table = await loadDatasetAt(database, paths, version);
  await copyTable(database, table, to);
}

/**
 * Both versions in one table: the dataset's columns, VERSION_COLUMN, and ROW_COLUMN, which is the id in
 * the rows of `now` and has BEFORE_ID before it in the others. Resolves to how many rows each has. Throws as
 * `writeDatasetAt`.
 */
export async function writeVersions(
  database: Database,
  paths: DataPaths,
  { now, before }: { now: number; before: number },
  to: string,
): Promise<{ now: number; before: number }> {
  const sides = [
    { version: now, table: await loadDatasetAt(database, paths, now, 'version_now'), mark: '' },
    {
      version: before,
      table: await loadDatasetAt(database, paths, before, 'version_before'),
      mark: BEFORE_ID,
    },
  ];
  const selects = sides.map(
    ({ version, table, mark }) =>
      `SELECT *, ${version}::INTEGER AS ${quotedName(VERSION_COLUMN)},
         '${mark}' || id AS ${quotedName(ROW_COLUMN)} FROM ${quotedName(table)}`,
  );
  await database.run(`CREATE OR REPLACE TEMP TABLE two_versions AS ${selects.join(' UNION ALL ')}`);
  await copyTable(database, 'two_versions', to);
  return database.row(
    `SELECT (SELECT count(*) FROM version_now)::INTEGER AS now,
       (SELECT count(*) FROM version_before)::INTEGER AS before`,
  );
}

async function copyTable(database: Database, table: string, to: string): Promise<void> {
  await database.run(`COPY ${quotedName(table)} TO ${quotedText(to)} (FORMAT parquet)`);
}
