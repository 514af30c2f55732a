import type { CardOf } from '../../../preload/contract/cards';
import type { Answers } from '../../../preload/contract/questions';
import { labelWithin, valueLabel } from '../../charts/format';
import { columnsLabel, singular } from '../../state/column-words';
import type { CardTable } from '../card-table';
import { countColumn, namesColumn } from '../frame/table-columns';

export function categoriesTable(
  { columns }: Pick<CardOf<'categories'>, 'columns'>,
  answer: Answers['counts'],
): CardTable {
  const [first = ''] = columns;
  return {
    columns: [
      namesColumn(singular(columnsLabel(columns)), (value) => valueLabel(first, value)),
      ...(columns.length === 1
        ? [countColumn()]
        : columns.map((column) => countColumn(`As ${labelWithin(column)}`))),
    ],
    rows: answer.values.map(({ value, n }) => [value, ...n]),
  };
}
