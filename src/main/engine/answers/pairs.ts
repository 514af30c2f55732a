import { knownColumn, scalarOf, valuesSql } from '../column-axis';
import { type AnswerKind, alike, count } from './answer-kind';

/** More pairs than a screen can show: the most frequent ones are. */
const MOST_PAIRS = 5000;

export const pairs: AnswerKind<'pairs'> = ({ x, y }, of) => {
  const { dataset } = of;
  const rows = alike([x, y], of);
  const [xOf, yOf] = [x, y].map((name) => {
    const column = knownColumn(dataset, name);
    return column.type === 'list' ? { ...column, type: 'text' as const } : column;
  });
  // One within the other: side by side DuckDB would unnest them in step.
  const source = `(SELECT x, unnest(ys) AS y, n FROM (SELECT unnest(xs) AS x, ys, n FROM
    (SELECT ${valuesSql(dataset, [x])} AS xs, ${valuesSql(dataset, [y])} AS ys, ${rows.n} AS n
      FROM ${rows.from})))`;
  return {
    sql: `SELECT x, y, sum(n)::DOUBLE AS n FROM ${source}
      GROUP BY x, y ORDER BY n DESC, x NULLS LAST, y NULLS LAST LIMIT ${MOST_PAIRS}`,
    read: (rows) => ({
      pairs: rows.map((row) => ({
        x: xOf === undefined ? null : scalarOf(row['x'], xOf),
        y: yOf === undefined ? null : scalarOf(row['y'], yOf),
        n: count(row['n']),
      })),
    }),
  };
};
