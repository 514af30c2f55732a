import { type Database, quotedName } from '../base/duckdb';
import type { Action } from './delta-actions';
import type { TableVersion } from './delta-log';
import type { StagedFiles } from './staged-files';
import { IDENTITY_COLUMNS, POKEMON_COLUMNS, type StoredColumn } from './table-schemas';
import { writeChangeFile, writeDataFile } from './write-files';

/** What differs between the two tables in how they are written. */
export interface TableKind {
  columns: readonly StoredColumn[];
  /** Whether its columns may show in the log and in a change feed. */
  anonymous: boolean;
}

export const POKEMON: TableKind = { columns: POKEMON_COLUMNS, anonymous: true };
export const IDENTITIES: TableKind = { columns: IDENTITY_COLUMNS, anonymous: false };

/**
 * Writes a table's files for the rows of `next` and tells the actions that put them in the old
 * ones' place.
 */
export async function tableActions(
  database: Database,
  staged: StagedFiles,
  table: string,
  kind: TableKind,
  previous: TableVersion,
  timestamp: number,
): Promise<Action[]> {
  const removes: Action[] = [...previous.files.values()].map((file) => ({
    remove: {
      path: file.path,
      deletionTimestamp: timestamp,
      dataChange: true,
      extendedFileMetadata: true,
      partitionValues: {},
      size: file.size,
    },
  }));
  const add = await writeDataFile(database, staged, table, 'next', kind.columns, kind.anonymous);
  const actions: Action[] = [...removes, { add }];
  if (kind.anonymous) {
    actions.push({ cdc: await writeChangeFile(database, staged, table, changeRows(kind.columns)) });
  }
  return actions;
}

/** The change feed's rows. Source: PROTOCOL.md of delta-io/delta, “Change Data Files”. */
function changeRows(columns: readonly StoredColumn[]): string {
  const names = columns.map((column) => quotedName(column.name)).join(', ');
  const side = (type: string, table: string, where: string) =>
    `SELECT ${names}, '${type}' AS _change_type FROM ${table} JOIN changed USING (id) WHERE ${where}`;
  return `SELECT * FROM (${[
    side('insert', 'next', `change = 'insert'`),
    side('update_preimage', 'prev', `change = 'update' AND working`),
    side('update_postimage', 'next', `change = 'update' AND working`),
    side('delete', 'prev', `change = 'delete'`),
  ].join(' UNION ALL ')}) ORDER BY pokemon_key, _change_type DESC`;
}
