import { isNumberColumn } from '../../../preload/contract/descriptor';
import { MANY_ROWS, MOST_COUNTED } from '../../../preload/contract/questions';
import { quotedName, TextList } from '../../base/duckdb';
import { Binder } from '../binder';
import { eachValueSql, knownColumn, scalarOf } from '../column-axis';
import { freeName } from '../free-name';
import { type AnswerKind, alike, type AskedOf, type ByNumber, count } from './answer-kind';

export const counts: AnswerKind<'counts'> = async ({ columns, most }, of) => {
  const { dataset } = of;
  const known = columns.map((name) => knownColumn(dataset, name));
  const [first] = known;
  const element = first?.type === 'list' ? { ...first, type: 'text' as const } : first;
  const rows = alike(columns, of);
  const value = quotedName(freeName(columns, '#value'));
  const has = known.map((column) => {
    const sql = quotedName(column.name);
    const isThere =
      column.type === 'list'
        ? `list_contains(list_transform(${sql}, lambda e: e::VARCHAR), ${value})`
        : `${sql}::VARCHAR = ${value}`;
    const lacks = column.type === 'list' ? `coalesce(len(${sql}), 0) = 0` : `${sql} IS NULL`;
    return `CASE WHEN ${value} IS NULL THEN ${lacks} ELSE ${isThere} END`;
  });
  const each =
    known.length === 1
      ? `sum(${rows.n})::DOUBLE AS n0`
      : has.map((is, at) => `sum(${rows.n}) FILTER (${is})::DOUBLE AS n${at}`).join(', ');
  // Of equally frequent numbers 2 comes before 10.
  const inOwnOrder =
    known.length === 1 && isNumberColumn(first)
      ? `min(${quotedName(first?.name ?? '')}) NULLS LAST, `
      : '';
  // A list's elements are told apart once per row, so that a row counts once for each.
  const source = `(SELECT *, ${eachValueSql(dataset, columns)} AS ${value} FROM ${rows.from})`;
  return {
    sql: `SELECT ${value} AS value, ${each}, sum(${rows.n})::DOUBLE AS n,
        (count(*) OVER ())::DOUBLE AS groups
      FROM ${source} GROUP BY ${value} ORDER BY n DESC, ${inOwnOrder}value NULLS LAST LIMIT ${MOST_COUNTED}`,
    read: (rows) => ({
      values: rows.slice(0, most).map((row) => ({
        value: element === undefined ? null : scalarOf(row['value'], element),
        n: columns.map((_, at) => count(row[`n${at}`])),
        rows: count(row['n']),
      })),
      others: Math.max(0, count(rows[0]?.['groups']) - Math.min(rows.length, most)),
    }),
    ...((await byPlace(columns, of)) ?? (await byCombination(columns, has, value, of))),
  };
};

/** More values than these are counted by SQL, which looks through all of them for each row. */
const MOST_PLACES = 100;

/** By a value's place among those there are, where they are few. */
async function byPlace(
  columns: readonly string[],
  of: AskedOf,
): Promise<{ byNumber: ByNumber } | null> {
  const [name = ''] = columns;
  const column = knownColumn(of.dataset, name);
  if (of.counted === null || columns.length > 1) return null;
  // A list has several values, and numbers have an order of their own.
  if (column.type === 'list' || isNumberColumn(column)) return null;
  const { values, all } = await of.frequentOf(name, MOST_PLACES);
  if (!all) return null;
  const binder = Binder.empty();
  const list = binder.bind(new TextList(values));
  return {
    byNumber: {
      sql: `list_position(${list}, ${quotedName(name)}::VARCHAR) - 1`,
      values: binder.values,
      rows: (counted) =>
        inOrder(
          counted.map(({ code, n }) => ({
            value: code === null ? null : (values[code] ?? null),
            n,
            n0: n,
          })),
        ),
    },
  };
}

/** Combinations and values in them that are counted one by one; SQL is quicker with more. */
const MOST_PARTS = 5_000;

interface Part {
  value: string | null;
  /** Which of the columns have it. */
  has: boolean[];
}

/** By the combination of what a row has in the columns, for lists and several columns. */
async function byCombination(
  columns: readonly string[],
  has: readonly string[],
  value: string,
  of: AskedOf,
): Promise<{ byNumber?: ByNumber }> {
  const known = columns.map((name) => knownColumn(of.dataset, name));
  const isOneNumber = known.length === 1 && isNumberColumn(known[0]);
  if (of.counted === null || of.dataset.rows > MANY_ROWS || isOneNumber) return {};
  const names = [...new Set(columns)].map(quotedName).join(', ');
  const code = `dense_rank() OVER (ORDER BY ${names}) - 1`;
  const place = quotedName(freeName(columns, '#code'));
  const parts = await of.once(
    `SELECT ${place}::INTEGER AS code, ${value} AS value, [${has.join(', ')}] AS has
      FROM (
        SELECT *, ${eachValueSql(of.dataset, columns)} AS ${value}
        FROM (SELECT *, ${code} AS ${place} FROM (SELECT DISTINCT ${names} FROM ${of.from}))
      ) LIMIT ${MOST_PARTS + 1}`,
    (rows) => {
      if (rows.length > MOST_PARTS) return null;
      const byCode = new Map<number, Part[]>();
      for (const row of rows) {
        const part = {
          value: row['value'] === null ? null : String(row['value']),
          has: (row['has'] as unknown[]).map((is) => is === true),
        };
        const at = Number(row['code']);
        byCode.set(at, [...(byCode.get(at) ?? []), part]);
      }
      return byCode;
    },
  );
  if (parts === null) return {};
  return {
    byNumber: {
      sql: code,
      rows: (counted) => {
        const sums = new Map<string | null, { value: string | null; n: number; each: number[] }>();
        for (const { code, n } of counted) {
          for (const { value, has } of parts.get(code ?? -1) ?? []) {
            const sum = sums.get(value) ?? { value, n: 0, each: has.map(() => 0) };
            sums.set(value, sum);
            sum.n += n;
            for (const [at, is] of has.entries()) if (is) sum.each[at] = (sum.each[at] ?? 0) + n;
          }
        }
        return inOrder(
          [...sums.values()].map(({ value, n, each }) => ({
            value,
            n,
            ...Object.fromEntries(each.map((sum, at) => [`n${at}`, sum])),
          })),
        );
      },
    },
  };
}

/** As SQL gives them: the most frequent first, then as DuckDB sorts text, nulls last. */
function inOrder(rows: readonly { value: string | null; n: number }[]): Record<string, unknown>[] {
  return rows
    .toSorted((one, other) => other.n - one.n || inTextOrder(one.value, other.value))
    .map((row) => ({ ...row, groups: rows.length }));
}

function inTextOrder(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
