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
/** A statement costs most of its time to plan where a table has thousands of columns. */
const MOST_AT_ONCE = 40;
/** Of a large table single columns are asked for: all their distinct values are in memory at once. */
const VALUES_AT_ONCE = 1_000_000;

/** What a profile is asked of: a DuckDB here, or one in an engine's process. */
export interface Asks {
  rows<T>(sql: string): Promise<T[]>;
}

/** @param from what stands behind FROM; it is read twice for a few columns */
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
  const atOnce = Math.min(MOST_AT_ONCE, Math.max(1, Math.floor(VALUES_AT_ONCE / (rows + 1))));
  for (let start = 0; start < columns.length; start += atOnce) {
    const some = columns.slice(start, start + atOnce);
    for (const column of await profileColumns(database, from, some, rows)) profiled.push(column);
  }
  return { rows, columns: profiled };
}

interface Figures {
  nulls: number;
  distinct: number;
  nan: number;
  min: string | null;
  max: string | null;
  median: string | null;
}

async function profileColumns(
  database: Asks,
  from: string,
  columns: readonly ScanColumn[],
  rows: number,
): Promise<ProfiledColumn[]> {
  const isExact = rows <= EXACT_ROWS;
  const [figures] = await database.rows<Record<string, Figures>>(
    `SELECT ${columns.map((column, i) => `${figuresSql(column, isExact)} AS f${i}`).join(', ')} FROM ${from}`,
  );
  const named = columns.map(({ name }, i) => `${quotedName(name)} AS c${i}`).join(', ');
  const tops = await database.rows<{ i: number; value: string; n: number }>(
    `WITH narrowed AS (SELECT ${named} FROM ${from}) ${columns.map((_, i) => topSql(i)).join(' UNION ALL ')}`,
  );
  return columns.map(({ name, sqlType }, i) => {
    const type = valueTypeOf(sqlType);
    const found = figures?.[`f${i}`];
    if (found === undefined) throw new Error(`no figures of ${name}`);
    const { nulls, distinct, nan, min, max, median } = found;
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
      top: tops.flatMap((top) =>
        top.i === i ? [{ value: scalarOf(top.value, type), n: top.n }] : [],
      ),
      ...(nan === 0 ? {} : { nan }),
    };
  });
}

function figuresSql({ name, sqlType }: ScanColumn, isExact: boolean): string {
  const c = quotedName(name);
  const type = valueTypeOf(sqlType);
  const ordered = hasOrder(type);
  const measured = hasMedian(type);
  const number = type === 'double' ? ` FILTER (NOT isnan(${c}))` : '';
  const text = (sql: string, when: boolean) => (when ? `(${sql})::VARCHAR` : 'NULL::VARCHAR');
  return `{
    nulls: (count(*) - count(${c}))::DOUBLE,
    "distinct": ${isExact ? `count(DISTINCT ${c})` : `approx_count_distinct(${c})`}::DOUBLE,
    nan: ${type === 'double' ? `(count(*) FILTER (isnan(${c})))::DOUBLE` : '0::DOUBLE'},
    min: ${text(`min(${c})${number}`, ordered)},
    max: ${text(`max(${c})${number}`, ordered)},
    median: ${text(`median(${c})${number}`, measured)}
  }`;
}

function topSql(i: number): string {
  return `(SELECT ${i} AS i, v::VARCHAR AS value, times::DOUBLE AS n FROM (
      SELECT c${i} AS v, count(*) AS times FROM narrowed WHERE c${i} IS NOT NULL GROUP BY ALL
    ) ORDER BY times DESC, v LIMIT ${MOST_TOP})`;
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
