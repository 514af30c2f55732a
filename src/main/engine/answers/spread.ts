import { MOST_OUTLIERS } from '../../../preload/contract/questions';
import { quotedName } from '../../base/duckdb';
import { eachValueSql, knownColumn, numberSql, scalarOf } from '../column-axis';
import { type AnswerKind, count } from './answer-kind';
import { rowIdSql, rowTitleSql } from './row-id';

/** Boxes that are drawn: those of the most rows. */
const MOST_BOXES = 200;

/** Whiskers reach to the last value within 1.5 × the box. Source: J. W. Tukey, “Exploratory Data Analysis”. */
const WHISKER = 1.5;

export const spread: AnswerKind<'spread'> = ({ column, by }, of) => {
  const measure = numberSql(of.dataset, column);
  const first = knownColumn(of.dataset, by[0] ?? '');
  const element = first.type === 'list' ? { ...first, type: 'text' as const } : first;
  const beyond = 'm < lower OR m > upper';
  return {
    sql: `
      WITH measured AS (
        SELECT ${quotedName(of.position)} AS position, ${rowIdSql(of)} AS id, ${rowTitleSql(of)} AS title,
          ${measure} AS m, ${eachValueSql(of.dataset, by)} AS value FROM ${of.selected}
      ), each AS (
        SELECT * FROM measured WHERE m IS NOT NULL
      ), boxes AS (
        SELECT value, count(*)::DOUBLE AS n, min(m) AS least, max(m) AS most,
          quantile_cont(m, [0.25, 0.5, 0.75]) AS q
        FROM each GROUP BY value ORDER BY n DESC, value LIMIT ${MOST_BOXES}
      ), fences AS (
        SELECT *, q[1] - ${WHISKER} * (q[3] - q[1]) AS lower, q[3] + ${WHISKER} * (q[3] - q[1]) AS upper
        FROM boxes
      )
      SELECT f.value, any_value(f.n) AS n, any_value(least) AS least, any_value(most) AS most,
        any_value(q[1]) AS q1, any_value(q[2]) AS median, any_value(q[3]) AS q3,
        min(m) FILTER (m >= lower) AS low, max(m) FILTER (m <= upper) AS high,
        (count(*) FILTER (${beyond}))::DOUBLE AS outlying,
        min_by({id: id, title: title, value: m}, position, ${MOST_OUTLIERS}) FILTER (${beyond}) AS outliers,
        any_value(missing.n) AS left_out
      FROM (SELECT count(*)::DOUBLE AS n FROM ${of.selected} WHERE ${measure} IS NULL) missing
      LEFT JOIN (fences f JOIN each e ON f.value IS NOT DISTINCT FROM e.value) ON true
      GROUP BY f.value ORDER BY median DESC, f.value NULLS LAST`,
    read: (rows) => ({
      // Without a box there is one row still, which tells how many have no value.
      groups: rows
        .filter(({ n }) => n !== null)
        .map((row) => ({
          value: scalarOf(row['value'], element),
          n: count(row['n']),
          least: Number(row['least']),
          low: Number(row['low']),
          q1: Number(row['q1']),
          median: Number(row['median']),
          q3: Number(row['q3']),
          high: Number(row['high']),
          most: Number(row['most']),
          outliers: outliersOf(row['outliers']),
          outlying: count(row['outlying']),
        })),
      leftOut: count(rows[0]?.['left_out']),
    }),
  };
};

function outliersOf(list: unknown): { id: string; title: string; value: number }[] {
  if (!Array.isArray(list)) return [];
  return (list as { id: unknown; title: unknown; value: unknown }[]).map(
    ({ id, title, value }) => ({
      id: String(id),
      title: String(title),
      value: Number(value),
    }),
  );
}
