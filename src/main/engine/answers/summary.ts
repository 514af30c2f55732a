import type { Aggregate } from '../../../preload/contract/questions';
import { AppError } from '../../../preload/contract/errors';
import {
  type ColumnDescriptor,
  isNumberColumn,
  type Measured,
} from '../../../preload/contract/descriptor';
import { quotedName } from '../../base/duckdb';
import { isFloat, isLongDecimal, knownColumn, numberSql } from '../column-axis';
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
    ({ column, as, exactly }, at) =>
      `, ${exactly === true ? exactSql(knownColumn(dataset, column), as) : AGGREGATE_SQL[as](numberSql(dataset, column))} AS f${at}`,
  );
  return {
    sql: `SELECT count(*)::DOUBLE AS n${figures.join('')} FROM ${selected}`,
    read: ([row]) => ({
      n: count(row?.['n']),
      total: dataset.rows,
      values: of.map(({ exactly }, at) => {
        const found = row?.[`f${at}`];
        if (exactly === true) return exactFigure(found);
        const value = figure(found);
        return value === null ? null : { value, exact: true };
      }),
    }),
    ...(of.length > 0
      ? {}
      : { byNumber: { sql: '0', rows: (counted) => [{ n: counted[0]?.n ?? 0 }] } }),
  };
};

/** As text, which holds what a double would bend. */
function exactSql(column: ColumnDescriptor, as: Aggregate): string {
  if (!isNumberColumn(column) || !['min', 'max', 'median'].includes(as)) {
    throw new AppError('bad-view', `There is no exact ${as} of the column ${column.name}.`, {
      hint: 'Ask for the least, the greatest or the median of a number column.',
    });
  }
  const name = quotedName(column.name);
  const number = isFloat(column) ? ` FILTER (NOT isnan(${name}))` : '';
  return `(${as}(${name})${number})::VARCHAR`;
}

function exactFigure(text: unknown): Measured | null {
  if (typeof text !== 'string') return null;
  if (/inf/i.test(text)) {
    const sign = text.startsWith('-') ? -1 : 1;
    // JSON has no infinity.
    return { value: sign * Number.MAX_VALUE, exact: true, text: `${sign < 0 ? '-' : ''}Infinity` };
  }
  const value = Number(text);
  // The shortest text of a double may have 17 digits, and reads back as that double.
  const isKept = !isLongDecimal(text) || String(value) === text;
  return { value, exact: true, ...(isKept ? {} : { text }) };
}
