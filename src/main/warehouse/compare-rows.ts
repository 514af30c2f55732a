import { DATASET_COLUMNS } from '../../preload/contract/dataset';
import { type Database, quotedName } from '../base/duckdb';

export interface Changes {
  inserted: number;
  updated: number;
  deleted: number;
  /** Of the updated, those whose working columns changed. */
  working: number;
  /** Of the updated, those whose identity columns changed. */
  identity: number;
  /** Numbers of the inserted. */
  insertedIds: number[];
}

interface ChangedRow {
  id: number;
  change: 'insert' | 'update' | 'delete';
  working: boolean;
  identity: boolean;
}

/**
 * Compares tables `next_rows` and `prev` by id. Makes temp table `changed`: one row a subject
 * that is inserted, updated or deleted.
 */
export async function compareRows(database: Database): Promise<Changes> {
  await database.run(
    `CREATE OR REPLACE TEMP TABLE changed AS
     SELECT * FROM (
       SELECT
         coalesce(n.id, p.id) AS id,
         CASE WHEN p.id IS NULL THEN 'insert' WHEN n.id IS NULL THEN 'delete' ELSE 'update' END
           AS change,
         n.id IS NOT NULL AND p.id IS NOT NULL AND ${differs(false)} AS working,
         n.id IS NOT NULL AND p.id IS NOT NULL AND ${differs(true)} AS identity
       FROM next_rows n FULL JOIN prev p ON n.id = p.id
     ) WHERE change <> 'update' OR working OR identity`,
  );
  const rows = await database.rows<ChangedRow>('SELECT * FROM changed ORDER BY id');
  const inserted = rows.filter((row) => row.change === 'insert');
  return {
    inserted: inserted.length,
    updated: rows.filter((row) => row.change === 'update').length,
    deleted: rows.filter((row) => row.change === 'delete').length,
    working: rows.filter((row) => row.working).length,
    identity: rows.filter((row) => row.identity).length,
    insertedIds: inserted.map((row) => row.id),
  };
}

function differs(identity: boolean): string {
  const columns = DATASET_COLUMNS.filter(
    (column) => column.identity === identity && column.name !== 'id',
  );
  const side = (alias: string) =>
    `ROW(${columns.map((column) => `${alias}.${quotedName(column.name)}`).join(', ')})`;
  return `${side('n')} IS DISTINCT FROM ${side('p')}`;
}
