import { type DatasetDescriptor, placeOfId, type RowId } from '../../preload/contract/descriptor';
import type { Answers } from '../../preload/contract/questions';
import type { Cell } from '../../preload/contract/value-text';
import { formatNumber } from '../words/numbers';

/** A row of the described data, as far as it was asked for. */
export interface Row {
  readonly id: RowId;
  /** What its cells are of, in their order; one list for all rows of an answer. */
  readonly columns: readonly string[];
  readonly cells: readonly Cell[];
}

type Shown = Pick<DatasetDescriptor, 'row' | 'groups'>;

export function rowsOf({ columns, rows }: Answers['rows']): Row[] {
  return rows.map(({ id, cells }) => ({ id, columns, cells }));
}

const places = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** A row's value in a column; null where there is none, or where the row was not asked for it. */
export function cellOf(row: Row, column: string): Cell {
  const place = placesIn(row).get(column);
  return place === undefined ? null : (row.cells[place] ?? null);
}

/** Whether the row was asked for that column. */
export function hasCell(row: Row, column: string): boolean {
  return placesIn(row).has(column);
}

function placesIn({ columns }: Row): ReadonlyMap<string, number> {
  const known = places.get(columns) ?? new Map(columns.map((name, place) => [name, place]));
  places.set(columns, known);
  return known;
}

/** A row's number in a column; null where it is not one. */
export function numberOf(row: Row, column: string): number | null {
  const cell = cellOf(row, column);
  return typeof cell === 'number' && Number.isFinite(cell) ? cell : null;
}

/** What a row is called: its title, or its id where it has none. */
export function titleOfRow({ row: { title } }: Pick<Shown, 'row'>, row: Row): string {
  const cell = title === null ? null : cellOf(row, title);
  return cell === null ? nameOfId(row.id) : String(cell);
}

/** `No. 25`, `Row 41,236`: what names a row where nothing calls it. */
export function nameOfId(id: RowId): string {
  const place = placeOfId(id);
  return place === null ? `No. ${id}` : `Row ${formatNumber(place)}`;
}

/** The columns whose values colour a row's picture: those of its first group of slots. */
export function colorColumns({ groups }: Pick<Shown, 'groups'>): readonly string[] {
  return groups.find(({ kind }) => kind === 'slots')?.columns ?? [];
}

/** The columns that it takes to say which row it is: its title, and what draws its picture. */
export function namingColumns({ row: { title, image }, groups }: Shown): string[] {
  return [...(title === null ? [] : [title]), ...(image === null ? [] : colorColumns({ groups }))];
}
