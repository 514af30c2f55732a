import type { ColumnDescriptor } from '../../../preload/contract/descriptor';
import { highestOf } from '../../../preload/contract/extent';
import { numberOf, type Row } from '../../row/row';
import type { RowParts } from '../../row/row-parts';

/** The number columns of the differences table, top to bottom. */
export function comparedColumns({ profiles, total, measures }: RowParts): ColumnDescriptor[] {
  const profiled = profiles.flatMap(({ columns }) => columns);
  const summed = total === null || profiles.length === 0 ? [] : [total];
  return [...profiled, ...summed, ...measures];
}

export interface ComparedCell {
  value: number | null;
  /** True for the highest of the row, where the values differ. */
  best: boolean;
  /** How far below the highest; null where unknown or where it is the highest. */
  behind: number | null;
}

/** One line of the differences table: each row's value against the highest. */
export function comparedCells(column: string, rows: readonly Row[]): ComparedCell[] {
  const values = rows.map((row) => numberOf(row, column));
  const known = values.filter((value) => value !== null);
  const highest = highestOf(known, -Infinity);
  const differ = known.some((value) => value !== highest);
  return values.map((value) => ({
    value,
    best: differ && value === highest,
    behind: value === null || value === highest ? null : highest - value,
  }));
}
