import type { Aggregate } from '../../../preload/contract/questions';
import { numberSql } from '../column-axis';
import { type AnswerKind, count, figure } from './answer-kind';

/** Of the finite values of a column as a DOUBLE. */
export const AGGREGATE_SQL: Record<Aggregate, (column: string) => string> = {
  count: (column) => `count(${column})::DOUBLE`,
  mean: (column) => `avg(${column})`,
  median: (column) => `median(${column})`,
  min: (column) => `min(${column})`,
  max: (column) => `max(${column})`,
  sum: (column) => `sum(${column})`,
};

export const summary: AnswerKind<'summary'> = ({ of }, { dataset, selected }) => {
  const figures = of.map(
    ({ column, as }, at) => `, ${AGGREGATE_SQL[as](numberSql(dataset, column))} AS f${at}`,
  );
  return {
    sql: `SELECT count(*)::DOUBLE AS n${figures.join('')} FROM ${selected}`,
    read: ([row]) => ({
      n: count(row?.['n']),
      total: dataset.rows,
      values: of.map((_, at) => {
        const value = figure(row?.[`f${at}`]);
        return value === null ? null : { value, exact: true };
      }),
    }),
  };
};
