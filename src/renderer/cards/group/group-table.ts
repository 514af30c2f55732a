import type { CardOf } from '../../../preload/contract/cards';
import type { Answers } from '../../../preload/contract/questions';
import { colorLabel } from '../../charts/color-scale';
import { columnTitle, measureTitle } from '../../charts/format';
import { isOrdered } from '../../state/column-words';
import type { CardTable } from '../card-table';
import { binColumns, countColumn, namesColumn, valueColumn } from '../frame/table-columns';

export function groupTable(
  { x, y, color, aggregate }: Pick<CardOf<'group'>, 'x' | 'y' | 'color' | 'aggregate'>,
  answer: Pick<Answers['group'], 'groups'>,
): CardTable {
  const grouped = (column: string) =>
    isOrdered(column)
      ? binColumns(column)
      : [namesColumn(columnTitle(column), (value) => colorLabel(column, value))];
  const keys = (column: string, value: unknown, upper: unknown) =>
    isOrdered(column) ? [value, upper ?? null] : [value];
  return {
    columns: [
      ...grouped(x),
      ...(color === undefined ? [] : grouped(color)),
      aggregate === 'count' || y === undefined
        ? countColumn()
        : valueColumn(y, measureTitle(aggregate, y)),
    ],
    rows: answer.groups.map((group) => [
      ...keys(x, group.x, group.x1),
      ...(color === undefined ? [] : keys(color, group.color, group.color1)),
      group.y,
    ]),
  };
}
