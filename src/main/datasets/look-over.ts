import type { Role } from '../../preload/contract/descriptor';
import { quotedName } from '../base/duckdb';
import type { ScanColumn } from '../base/scan';
import {
  type Asks,
  hasOrder,
  type Profile,
  type ProfiledColumn,
  profileRows,
  scalarOf,
} from './profile';

import { isNumberType, rolesOf } from './roles';
import { valueTypeOf } from './value-types';

/** Tables of so many rows are looked at whole; larger ones by as many rows, spread evenly. */
export const MOST_LOOKED_AT = 20_000;

const SPREAD = quotedName('#spread');

interface LookedTable {
  /** Name of the table as SQL. */
  from: string;
  /** Name of its column of positions, from 0. */
  position: string;
  columns: readonly ScanColumn[];
  rows: number;
}

/**
 * Enough of a table to describe it and to draw its first view: what a role or a card depends on is
 * exact, all else is of some of the rows and not to be shown to anyone.
 */
export async function lookOver(database: Asks, table: LookedTable): Promise<Profile> {
  const { rows, from, position } = table;
  const step = Math.ceil(rows / MOST_LOOKED_AT);
  if (step <= 1) return profileRows(database, from, table.columns);
  await database.rows(
    `CREATE OR REPLACE TABLE ${SPREAD} AS SELECT * FROM ${from} WHERE ${quotedName(position)} % ${step} = 0`,
  );
  const spread = await profileRows(database, SPREAD, table.columns);
  await database.rows(`DROP TABLE ${SPREAD}`);
  const columns = spread.columns.map((column) => estimated(column, step, rows));
  const checked = new Set<ProfiledColumn>();
  // Where the likeliest key or title turns out to be none, the next one is to be checked.
  for (;;) {
    const roles = rolesOf(columns, rows);
    const at = columns.findIndex(
      (each, place) => !checked.has(each) && isDoubtful(each, roles[place]),
    );
    const column = columns[at];
    if (column === undefined) return { rows, columns };
    const known = { ...column, ...(await counted(database, from, column, roles[at])) };
    columns[at] = known;
    checked.add(known);
  }
}

/** Whether rows that were not looked at could make it another: they have more values, never fewer. */
function isDoubtful({ type, distinct }: ProfiledColumn, role: Role | undefined): boolean {
  if (role === 'key' || role === 'title' || role === 'category') return true;
  if (role !== 'measure' && isNumberType(valueTypeOf(type))) return true;
  return distinct <= 1 || valueTypeOf(type) === 'list';
}

/** Values that come several times are all there are; of others there are as many more as rows. */
function estimated(column: ProfiledColumn, step: number, rows: number): ProfiledColumn {
  const { nulls, distinct } = column;
  const filled = Math.ceil(rows / step) - nulls;
  return {
    ...column,
    nulls: Math.min(rows, nulls * step),
    distinct: distinct * 2 > filled ? Math.min(rows, distinct * step) : distinct,
  };
}

/** Over all rows. That a title's values nearly all differ need not be counted one by one. */
async function counted(
  database: Asks,
  from: string,
  { name, type: sqlType }: ProfiledColumn,
  role: Role | undefined,
): Promise<Pick<ProfiledColumn, 'nulls' | 'distinct' | 'min' | 'max'>> {
  const c = quotedName(name);
  const type = valueTypeOf(sqlType);
  const number = type === 'double' ? ` FILTER (NOT isnan(${c}))` : '';
  const end = (least: string) => (hasOrder(type) ? `(${least}(${c})${number})::VARCHAR` : 'NULL');
  const [row] = await database.rows<{
    nulls: number;
    distinct: number;
    min: string | null;
    max: string | null;
  }>(
    `SELECT (count(*) - count(${c}))::DOUBLE AS nulls,
       ${role === 'title' ? `approx_count_distinct(${c})` : `count(DISTINCT ${c})`}::DOUBLE AS distinct,
       ${end('min')} AS min, ${end('max')} AS max
     FROM ${from}`,
  );
  if (row === undefined) throw new Error(`no figures of ${name}`);
  const { nulls, distinct, min, max } = row;
  return { nulls, distinct, min: scalarOf(min, type), max: scalarOf(max, type) };
}
