import type { CardOf } from '../../../preload/contract/cards';
import { placeOfId } from '../../../preload/contract/descriptor';
import type { Density } from '../../../preload/contract/questions';
import { valueLabel } from '../../charts/format';
import { describedRow } from '../../state/column-words';
import type { CardTable } from '../card-table';
import { binColumns, countColumn, namesColumn, valueColumn } from '../frame/table-columns';
import { cellsOf } from './cells';
import { plotScale } from './plot-scale';

type Columns = Pick<CardOf<'density'>, 'x' | 'y' | 'color' | 'log'>;

/** One line per dot, or per cell that is not empty. */
export function densityTable(card: Columns, answer: Density): CardTable {
  return answer.drawn === 'points' ? dotsTable(card, answer.points) : cellsTable(card, answer);
}

type Dots = Extract<Density, { drawn: 'points' }>['points'];

function dotsTable({ x, y, color }: Columns, dots: Dots): CardTable {
  const { key, title } = describedRow();
  // Of a list or a text its name, of a number its value.
  const colors = (column: string) => ({
    ...valueColumn(column),
    text: (value: unknown) => (value === null ? '–' : valueLabel(column, value)),
  });
  const all = [
    {
      of: key ?? '#',
      column: key === null ? namesColumn('Row', String) : valueColumn(key),
      value: idOf,
    },
    ...(title === null || title === key
      ? []
      : [{ of: title, column: valueColumn(title), value: (dot: Dots[number]) => dot.title }]),
    { of: x, column: valueColumn(x), value: (dot: Dots[number]) => dot.x },
    { of: y, column: valueColumn(y), value: (dot: Dots[number]) => dot.y },
    ...(color === undefined
      ? []
      : [{ of: color, column: colors(color), value: (dot: Dots[number]) => dot.color }]),
  ];
  // A column that stands for two things is told once.
  const shown = all.filter(({ of }, at) => all.findIndex((other) => other.of === of) === at);
  return {
    columns: shown.map(({ column }) => column),
    rows: dots.map((dot) => shown.map(({ value }) => value(dot))),
  };
}

/** A key that is a number is copied as one; a row without a key is known by its place. */
function idOf({ id }: Dots[number]): string | number {
  const place = placeOfId(id);
  if (place !== null) return place;
  const number = Number(id);
  return Number.isSafeInteger(number) && String(number) === id ? number : id;
}

function cellsTable(
  { x, y, log }: Columns,
  cells: Extract<Density, { drawn: 'cells' }>,
): CardTable {
  return {
    columns: [...binColumns(x), ...binColumns(y), countColumn()],
    rows: cellsOf(cells, plotScale(cells, { x, y, log }), log).map(({ xs, ys, n }) => [
      ...xs,
      ...ys,
      n,
    ]),
  };
}
