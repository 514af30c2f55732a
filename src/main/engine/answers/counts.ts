import { isNumberColumn } from '../../../preload/contract/descriptor';
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
  const having = known.map((column, at) => {
    const sql = quotedName(column.name);
    const has =
      column.type === 'list'
        ? `list_contains(list_transform(${sql}, lambda e: e::VARCHAR), ${value})`
        : `${sql}::VARCHAR = ${value}`;
    const lacks = column.type === 'list' ? `coalesce(len(${sql}), 0) = 0` : `${sql} IS NULL`;
    return `sum(${rows.n}) FILTER (CASE WHEN ${value} IS NULL THEN ${lacks} ELSE ${has} END)::DOUBLE AS n${at}`;
  });
  const each = known.length === 1 ? `sum(${rows.n})::DOUBLE AS n0` : having.join(', ');
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
      FROM ${source} GROUP BY ${value} ORDER BY n DESC, ${inOwnOrder}value NULLS LAST LIMIT ${most}`,
    read: (rows) => ({
      values: rows.map((row) => ({
        value: element === undefined ? null : scalarOf(row['value'], element),
        n: columns.map((_, at) => count(row[`n${at}`])),
        rows: count(row['n']),
      })),
      others: Math.max(0, count(rows[0]?.['groups']) - rows.length),
    }),
    ...(await byPlace(columns, most, of)),
  };
};

/** More values than these are counted by SQL, which looks through all of them for each row. */
const MOST_PLACES = 100;

/** By a value's place among those there are, where they are few. */
async function byPlace(
  columns: readonly string[],
  most: number,
  of: AskedOf,
): Promise<{ byNumber?: ByNumber }> {
  const [name = ''] = columns;
  const column = knownColumn(of.dataset, name);
  if (of.counted === null || columns.length > 1) return {};
  // A list has several values, and numbers have an order of their own.
  if (column.type === 'list' || isNumberColumn(column)) return {};
  const { values, all } = await of.frequentOf(name, MOST_PLACES);
  if (!all) return {};
  const binder = Binder.empty();
  const list = binder.bind(new TextList(values));
  return {
    byNumber: {
      sql: `list_position(${list}, ${quotedName(name)}::VARCHAR) - 1`,
      values: binder.values,
      rows: (counted) =>
        counted
          .map(({ code, n }) => ({ value: code === null ? null : (values[code] ?? null), n }))
          .sort((one, other) => other.n - one.n || inOrder(one.value, other.value))
          .map((row) => ({ ...row, n0: row.n, groups: counted.length }))
          .slice(0, most),
    },
  };
}

/** As DuckDB sorts text, nulls last. */
function inOrder(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
