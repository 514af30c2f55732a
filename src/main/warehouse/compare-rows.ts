import { type Database, quotedName } from '../base/duckdb';
import { countRowChanges } from './compare-states';
import { nextRows, type TableKind } from './table-kinds';

export interface Changes {
  inserted: number;
  updated: number;
  deleted: number;
}

/** Compares tables `next_rows` and `prev` by id, as a person sees the dataset. */
export async function compareRows(database: Database): Promise<Changes> {
  const { inserted, updated, deleted } = await countRowChanges(database, 'prev', 'next_rows');
  return { inserted, updated, deleted };
}

/** Whether a table holds anything other than its part of `next`, extra rows included. */
export async function differsFromNext(
  database: Database,
  held: string,
  kind: TableKind,
): Promise<boolean> {
  const columns = kind.columns.map(({ name }) => quotedName(name)).join(', ');
  const [one, other] = [held, nextRows(kind)].map(
    (table) => `SELECT ${columns} FROM ${quotedName(table)}`,
  );
  const { differs } = await database.row<{ differs: boolean }>(
    `SELECT EXISTS ((${one}) EXCEPT ALL (${other})) OR EXISTS ((${other}) EXCEPT ALL (${one}))
       AS differs`,
  );
  return differs;
}
