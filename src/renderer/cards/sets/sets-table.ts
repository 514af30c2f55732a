import type { CardOf } from '../../../preload/contract/cards';
import type { Answers } from '../../../preload/contract/questions';
import type { CardTable } from '../card-table';
import { countColumn, namesColumn } from '../frame/table-columns';
import { setNames } from './sets-option';

export function setsTable(
  { column }: Pick<CardOf<'sets'>, 'column'>,
  answer: Answers['sets'],
): CardTable {
  return {
    columns: [
      namesColumn('In exactly', (value) => setNames(column, Array.isArray(value) ? value : [])),
      countColumn(),
    ],
    rows: answer.sets.map(({ set, n }) => [set, n]),
  };
}
