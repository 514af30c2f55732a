import { quotedName } from '../base/duckdb';
import type { ScanColumn } from '../base/scan';
import type { ProfiledColumn } from './profile';
import { rolesOf } from './roles';
import { valueTypeOf } from './value-types';

/** What a column's role is told by. */
export type LookedColumn = Pick<ProfiledColumn, 'name' | 'type' | 'nulls' | 'distinct' | 'top'>;

/**
 * Enough of a table to describe it and to draw its first view. Figures on which a role or a card
 * depends are exact; others may be estimates, so nobody is to be shown them.
 */
export interface Look {
  rows: number;
  columns: LookedColumn[];
}

/** Tables of so many rows are looked at whole; larger ones by as many rows, spread evenly. */
export const MOST_LOOKED_AT = 20_000;
/** As many columns per statement. */
const COLUMNS_AT_ONCE = 50;
const MOST_TOP = 10;
/** A column of so few values may vary beyond the rows looked at. */
const FEW = 1;

/** Runs statements side by side; the rows of each. */
type Run = (statements: string[]) => Promise<Record<string, unknown>[][]>;

export interface LookedTable {
  /** Name of the table as SQL. */
  from: string;
  /** Name of its column of positions, from 0. */
  position: string;
  columns: readonly ScanColumn[];
  rows: number;
}

export async function lookOver(run: Run, table: LookedTable): Promise<Look> {
  const { rows } = table;
  const step = Math.ceil(rows / MOST_LOOKED_AT);
  if (step <= 1) return { rows, columns: await look(run, table.from, table.columns) };
  const spread = `(SELECT * FROM ${table.from} WHERE ${quotedName(table.position)} % ${step} = 0)`;
  const looked = await look(run, spread, table.columns);
  const columns = looked.map((column) => estimated(column, step, rows));
  const checked = new Set<number>();
  // Where the likeliest key or title turns out to be none, the next one is to be checked.
  for (;;) {
    const roles = rolesOf(columns, rows);
    const doubtful = [...columns.keys()].filter(
      (at) => !checked.has(at) && isDoubtful(roles[at], columns[at]),
    );
    if (doubtful.length === 0) return { rows, columns };
    const exact = await countAll(run, table, doubtful);
    for (const [index, at] of doubtful.entries()) {
      checked.add(at);
      const column = columns[at];
      if (column !== undefined) columns[at] = { ...column, ...exact[index] };
    }
  }
}

function isDoubtful(role: string | undefined, column: LookedColumn | undefined): boolean {
  if (role === 'key' || role === 'title' || role === 'category') return true;
  return column === undefined || column.distinct <= FEW || valueTypeOf(column.type) === 'list';
}

/** Values that come several times are all there are; of others there are as many more as rows. */
function estimated(column: LookedColumn, step: number, rows: number): LookedColumn {
  const { nulls, distinct } = column;
  const filled = Math.ceil(rows / step) - nulls;
  return {
    ...column,
    nulls: Math.min(rows, nulls * step),
    distinct: distinct * 2 > filled ? Math.min(rows, distinct * step) : distinct,
  };
}

async function look(
  run: Run,
  from: string,
  columns: readonly ScanColumn[],
): Promise<LookedColumn[]> {
  const texts = columns.filter(({ sqlType }) => valueTypeOf(sqlType) === 'text');
  const [counts, tops] = await Promise.all([
    countsOf(run, from, columns),
    run(texts.map(({ name }) => topSql(from, name))),
  ]);
  const topOf = new Map(texts.map(({ name }, index) => [name, tops[index] ?? []]));
  return columns.map(({ name, sqlType }, at) => ({
    name,
    type: sqlType,
    nulls: counts[at]?.nulls ?? 0,
    distinct: counts[at]?.distinct ?? 0,
    top: (topOf.get(name) ?? []).map(({ value, n }) => ({ value: String(value), n: Number(n) })),
  }));
}

function countAll(run: Run, { from, columns }: LookedTable, places: readonly number[]) {
  return countsOf(
    run,
    from,
    places.flatMap((at) => columns[at] ?? []),
  );
}

async function countsOf(
  run: Run,
  from: string,
  columns: readonly ScanColumn[],
): Promise<{ nulls: number; distinct: number }[]> {
  const parts: (readonly ScanColumn[])[] = [];
  for (let at = 0; at < columns.length; at += COLUMNS_AT_ONCE) {
    parts.push(columns.slice(at, at + COLUMNS_AT_ONCE));
  }
  const answers = await run(parts.map((part) => countsSql(from, part)));
  return parts.flatMap((part, index) =>
    part.map((_, at) => ({
      nulls: Number(answers[index]?.[0]?.[`nulls${at}`]),
      distinct: Number(answers[index]?.[0]?.[`distinct${at}`]),
    })),
  );
}

function countsSql(from: string, columns: readonly ScanColumn[]): string {
  const counts = columns.flatMap(({ name }, at) => {
    const c = quotedName(name);
    return [
      `(count(*) - count(${c}))::DOUBLE AS nulls${at}`,
      `count(DISTINCT ${c})::DOUBLE AS distinct${at}`,
    ];
  });
  return `SELECT ${counts.join(', ')} FROM ${from}`;
}

function topSql(from: string, name: string): string {
  // In a select of its own: the column itself may be named value or n.
  return `SELECT v::VARCHAR AS value, times::DOUBLE AS n FROM (
      SELECT ${quotedName(name)} AS v, count(*) AS times FROM ${from}
      WHERE ${quotedName(name)} IS NOT NULL GROUP BY ALL
    ) ORDER BY times DESC, v LIMIT ${MOST_TOP}`;
}
