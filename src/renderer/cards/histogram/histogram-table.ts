import type { CardOf } from '../../../preload/contract/cards';
import type { Answers } from '../../../preload/contract/questions';
import type { CardTable } from '../card-table';
import { binColumns, countColumn } from '../frame/table-columns';
import { toBins } from './histogram-option';

export function histogramTable(
  { column }: Pick<CardOf<'histogram'>, 'column'>,
  answer: Answers['histogram'],
): CardTable {
  return {
    columns: [...binColumns(column), countColumn()],
    rows: toBins(answer).map(({ x0, x1, n }) => [x0, x1, n]),
  };
}
