import type { Scalar, ValueType } from '../../preload/contract/descriptor';
import { quotedName } from '../base/duckdb';
import type { ScanColumn } from '../base/scan';
import { valueTypeOf } from './value-types';

/** What a column holds, in figures; the same that SQL gives over the same rows. */
export interface ProfiledColumn {
  name: string;
  type: string;
  nulls: number;
  distinct: number;
  /** False where there are too many rows to tell them all apart. */
  distinct_exact: boolean;
  /** Of what is a number: NaN is neither; null where values have no order. */
  min: Scalar;
  max: Scalar;
  /** Of numbers and moments; null for all others. */
  median: Scalar;
  /** The most frequent values; of equally frequent ones the lower. */
  top: { value: Scalar; n: number }[];
  /** Values that are not a number and no null; not there where there are none. */
  nan?: number;
}

export interface Profile {
  rows: number;
  columns: ProfiledColumn[];
}

/** Up to so many rows distinct values are counted one by one. */
const EXACT_ROWS = 5_000_000;
const MOST_TOP = 10;

/** What a profile is asked of: a DuckDB here, or one in an engine's process. */
export interface Asks {
  rows<T>(sql: string): Promise<T[]>;
}

/** @param from what stands behind FROM; it is read twice per column */
export async function profileRows(
  database: Asks,
  from: string,
  columns: readonly ScanColumn[],
): Promise<Profile> {
  const rows = (
    await database.rows<{ rows: number }>(`SELECT count(*)::DOUBLE AS rows FROM ${from}`)
  )[0]?.rows;
  if (rows === undefined) throw new Error('no count');
  const profiled: ProfiledColumn[] = [];
  for (const column of columns) profiled.push(await profileColumn(database, from, column, rows));
  return { rows, columns: profiled };
}

async function profileColumn(
  database: Asks,
  from: string,
  { name, sqlType }: ScanColumn,
  rows: number,
): Promise<ProfiledColumn> {
  const c = quotedName(name);
  const type = valueTypeOf(sqlType);
  const ordered = hasOrder(type);
  const measured = hasMedian(type);
  const isExact = rows <= EXACT_ROWS;
  const number = type === 'double' ? ` FILTER (NOT isnan(${c}))` : '';
  const text = (sql: string, when: boolean) => (when ? `(${sql})::VARCHAR` : 'NULL::VARCHAR');
  const [figures] = await database.rows<{
    nulls: number;
    distinct: number;
    nan: number;
    min: string | null;
    max: string | null;
    median: string | null;
  }>(
    `SELECT (count(*) - count(${c}))::DOUBLE AS nulls,
       ${isExact ? `count(DISTINCT ${c})` : `approx_count_distinct(${c})`}::DOUBLE AS distinct,
       ${type === 'double' ? `(count(*) FILTER (isnan(${c})))::DOUBLE` : '0::DOUBLE'} AS nan,
       ${text(`min(${c})${number}`, ordered)} AS min,
       ${text(`max(${c})${number}`, ordered)} AS max,
       ${text(`median(${c})${number}`, measured)} AS median
     FROM ${from}`,
  );
  const top = await database.rows<{ value: string; n: number }>(
    // In a select of its own: the column itself may be named value or n.
    `SELECT v::VARCHAR AS value, times::DOUBLE AS n FROM (
       SELECT ${c} AS v, count(*) AS times FROM ${from} WHERE ${c} IS NOT NULL GROUP BY ALL
     ) ORDER BY times DESC, v LIMIT ${MOST_TOP}`,
  );
  if (figures === undefined) throw new Error(`no figures of ${name}`);
  const { nulls, distinct, nan, min, max, median } = figures;
  return {
    name,
    type: sqlType,
    nulls,
    distinct,
    distinct_exact: isExact,
    min: scalarOf(min, type),
    max: scalarOf(max, type),
    // Of whole numbers it may lie between two.
    median: scalarOf(median, type === 'integer' ? 'decimal' : type),
    top: top.map(({ value, n }) => ({ value: scalarOf(value, type), n })),
    ...(nan === 0 ? {} : { nan }),
  };
}

export function hasOrder(type: ValueType): boolean {
  return !['binary', 'list', 'struct', 'map'].includes(type);
}

function hasMedian(type: ValueType): boolean {
  return ['integer', 'double', 'decimal', 'date', 'timestamp'].includes(type);
}

/** Digits that every reader of JSON keeps. */
const JSON_DIGITS = 15;

/** A value as JSON holds it without bending it: a number where that keeps all of it, or its text. */
export function scalarOf(text: string | null, type: ValueType): Scalar {
  if (text === null) return null;
  switch (type) {
    case 'boolean':
      return text === 'true';
    case 'integer': {
      const number = Number(text);
      return Number.isSafeInteger(number) ? number : text;
    }
    case 'decimal':
      return text.replace(/\D/g, '').length <= JSON_DIGITS ? Number(text) : text;
    case 'double':
      if (/nan/i.test(text)) return 'NaN';
      if (/inf/i.test(text)) return text.startsWith('-') ? '-Infinity' : 'Infinity';
      return Number(text);
    default:
      return text;
  }
}
