import { quotedName } from '../../base/duckdb';
import { knownColumn, scalarOf, valuesSql } from '../column-axis';
import { type AnswerKind, count } from './answer-kind';

/** Not the name of one of the columns. */
const VALUE = '"#value"';

export const counts: AnswerKind<'counts'> = ({ columns, most }, { dataset, selected }) => {
  const known = columns.map((name) => knownColumn(dataset, name));
  const [first] = known;
  const element = first?.type === 'list' ? { ...first, type: 'text' as const } : first;
  const having = known.map((column, at) => {
    const sql = quotedName(column.name);
    const has =
      column.type === 'list'
        ? `list_contains(list_transform(${sql}, lambda e: e::VARCHAR), ${VALUE})`
        : `${sql}::VARCHAR = ${VALUE}`;
    const lacks = column.type === 'list' ? `coalesce(len(${sql}), 0) = 0` : `${sql} IS NULL`;
    return `count(*) FILTER (CASE WHEN ${VALUE} IS NULL THEN ${lacks} ELSE ${has} END)::DOUBLE AS n${at}`;
  });
  const single = known.length === 1;
  const each = single ? 'count(*)::DOUBLE AS n0' : having.join(', ');
  // A list's elements are told apart once a row, so that a row counts once for each.
  const value =
    first?.type === 'list' || !single
      ? `unnest(${valuesSql(dataset, columns)})`
      : `${quotedName(first?.name ?? '')}::VARCHAR`;
  const names = single ? [] : columns.map(quotedName);
  const source = `(SELECT ${[...names, `${value} AS ${VALUE}`].join(', ')} FROM ${selected})`;
  return {
    sql: `SELECT ${VALUE} AS value, ${each}, count(*)::DOUBLE AS n, (count(*) OVER ())::DOUBLE AS groups
      FROM ${source} GROUP BY ${VALUE} ORDER BY n DESC, value NULLS LAST LIMIT ${most}`,
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
