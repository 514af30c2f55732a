import type { CardOf } from '../../../preload/contract/cards';
import type { Answers } from '../../../preload/contract/questions';
import { columnTitle, formatValue } from '../../charts/format';
import type { CardTable } from '../card-table';
import { countColumn, namesColumn } from '../frame/table-columns';

export function pairsTable(
  { x, y }: Pick<CardOf<'pairs'>, 'x' | 'y'>,
  answer: Answers['pairs'],
): CardTable {
  const names = (column: string) =>
    namesColumn(columnTitle(column), (value) => formatValue(column, value));
  return {
    columns: [names(x), names(y), countColumn()],
    rows: answer.pairs.map((pair) => [pair.x, pair.y, pair.n]),
  };
}
