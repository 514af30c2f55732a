import { isNumberColumn } from '../../../preload/contract/descriptor';
import { quotedName } from '../../base/duckdb';
import { eachValueSql, knownColumn, scalarOf } from '../column-axis';
import { freeName } from '../free-name';
import { type AnswerKind, alike, count } from './answer-kind';

export const counts: AnswerKind<'counts'> = ({ columns, most }, of) => {
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
  };
};
