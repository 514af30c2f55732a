import type { CardOf } from '../../../preload/contract/cards';
import type { Answers } from '../../../preload/contract/questions';
import { measureTitle, valueLabel } from '../../charts/format';
import { columnLabel, columnsLabel, singular } from '../../state/column-words';
import type { CardTable } from '../card-table';
import { countColumn, namesColumn, valueColumn } from '../frame/table-columns';

/** `Speed by type`. */
export function spreadTitle(column: string, by: readonly string[]): string {
  return `${columnLabel(column)} by ${singular(columnsLabel(by)).toLowerCase()}`;
}

export function spreadTable(
  { column, by }: Pick<CardOf<'spread'>, 'column' | 'by'>,
  answer: Answers['spread'],
): CardTable {
  const taken = (measure: string) => valueColumn(column, measureTitle(measure, column));
  return {
    columns: [
      namesColumn(singular(columnsLabel(by)), (value) => valueLabel(by[0] ?? '', value)),
      countColumn(),
      taken('lowest'),
      taken('lower quartile of'),
      taken('median'),
      taken('upper quartile of'),
      taken('highest'),
    ],
    rows: answer.groups.map(({ value, n, least, q1, median, q3, most }) => [
      value,
      n,
      least,
      q1,
      median,
      q3,
      most,
    ]),
  };
}
