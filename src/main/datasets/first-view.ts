import type { Card } from '../../preload/contract/cards';
import {
  type ColumnDescriptor,
  type DatasetDescriptor,
  isNumberColumn,
} from '../../preload/contract/descriptor';
import { type NewView, newViewSchema } from '../../preload/contract/view-format';
import type { Profile } from './profile';

const MOST_HISTOGRAMS = 4;
const MOST_CATEGORIES = 3;
/** More colours than these nobody tells apart. */
const MOST_COLORS = 12;
const MOST_TABLE_COLUMNS = 30;
const MOST_TILES = 4;

/**
 * The view that a table without one gets: time, measures against each other, categories, each
 * measure. Never a colour by a key, nor bars by a name.
 */
export function firstView(dataset: DatasetDescriptor, { columns: profiled }: Profile): NewView {
  const distinct = new Map(profiled.map(({ name, distinct: values }) => [name, values]));
  const varies = ({ name }: ColumnDescriptor) => (distinct.get(name) ?? 0) > 1;
  const ofRole = (...roles: ColumnDescriptor['role'][]) =>
    dataset.columns.filter((column) => roles.includes(column.role) && varies(column));
  const measures = ofRole('measure');
  // Words before numbers, like that of a month; moments before years.
  const categories = lastOf(isNumberColumn, ofRole('category', 'flag'));
  const [time] = lastOf(isNumberColumn, ofRole('time'));
  const color = categories.find(({ name }) => (distinct.get(name) ?? 0) <= MOST_COLORS);
  const cards: Card[] = [
    ...(time === undefined ? [] : [overTime(time, measures[0])]),
    ...againstEachOther(measures, color),
    ...categories.slice(0, MOST_CATEGORIES).map(categoryCard),
    ...measures.slice(0, MOST_HISTOGRAMS).map(histogramCard),
  ];
  return newViewSchema.parse({
    pokeview: 2,
    title: dataset.title.slice(0, 200),
    dataset: {
      kind: 'file',
      name: dataset.title.slice(0, 1000),
      columns: dataset.columns.map(({ name }) => name),
    },
    columns: tableColumns(dataset).slice(0, MOST_TABLE_COLUMNS),
    cards,
    tiles: measures.slice(0, MOST_TILES).map(({ name }) => ({ column: name, as: 'mean' as const })),
  });
}

/** The columns in their order, but for those that stand behind all others. */
function lastOf(
  isLast: (column: ColumnDescriptor) => boolean,
  columns: readonly ColumnDescriptor[],
): ColumnDescriptor[] {
  return [...columns.filter((column) => !isLast(column)), ...columns.filter(isLast)];
}

function overTime(time: ColumnDescriptor, measure: ColumnDescriptor | undefined): Card {
  return {
    id: 'time',
    kind: 'group',
    shape: 'line',
    title: titled(
      measure === undefined ? `Rows by ${time.label}` : `${measure.label} by ${time.label}`,
    ),
    x: time.name,
    ...(measure === undefined ? {} : { y: measure.name }),
    aggregate: measure === undefined ? 'count' : 'mean',
    width: 12,
  };
}

function againstEachOther(
  [x, y]: readonly ColumnDescriptor[],
  color: ColumnDescriptor | undefined,
): Card[] {
  if (x === undefined || y === undefined) return [];
  return [
    {
      id: 'measures',
      kind: 'density',
      title: titled(`${x.label} and ${y.label}`),
      x: x.name,
      y: y.name,
      ...(color === undefined ? {} : { color: color.name }),
      log: false,
      width: 8,
    },
  ];
}

function categoryCard({ name, label }: ColumnDescriptor, index: number): Card {
  return {
    id: `category-${index + 1}`,
    kind: 'categories',
    title: titled(label),
    columns: [name],
    most: 20,
    width: 4,
  };
}

function histogramCard({ name, label }: ColumnDescriptor, index: number): Card {
  return {
    id: `measure-${index + 1}`,
    kind: 'histogram',
    title: titled(label),
    column: name,
    bins: 30,
    width: 4,
  };
}

/** A card's title is short; a column's name may have any length. */
function titled(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** What a row is called comes first, the rest as in the file. */
function tableColumns({ columns, row }: DatasetDescriptor): string[] {
  const first = [row.image, row.key, row.title].filter((name) => name !== null);
  return [...first, ...columns.map(({ name }) => name).filter((name) => !first.includes(name))];
}
