import { columnTitle, exactPlace, formatNumber, formatValue } from '../../charts/format';
import { holdsNumbers, rowsTitle } from '../../state/column-words';
import type { CardColumn } from '../card-table';

/** The columns that cards' tables are made of, in the words and decimals of the data's own. */

export function valueColumn(column: string, title = columnTitle(column)): CardColumn {
  return {
    title,
    isNumber: holdsNumbers(column),
    text: (value) => formatValue(column, value),
  };
}

/** A bin holds the values from its one edge up to the other, which is the next bin's. */
export function binColumns(column: string): CardColumn[] {
  const edge = { isNumber: true, text: (value: unknown) => exactPlace(column, value) };
  return [
    { ...edge, title: `${columnTitle(column)} from` },
    { ...edge, title: 'to below' },
  ];
}

export function countColumn(title = rowsTitle()): CardColumn {
  return { title, isNumber: true, text: (value) => formatNumber(value) };
}

export function namesColumn(title: string, text: (value: unknown) => string): CardColumn {
  return { title, isNumber: false, text };
}
