import {
  type ColumnDescriptor,
  type DatasetDescriptor,
  isBinnedColumn,
  isNumberColumn,
  isOrderedColumn,
} from '../../../preload/contract/descriptor';

/** The columns that builders offer. */

export const numberColumns = named(isNumberColumn);
export const orderedColumns = named(isOrderedColumn);
export const allColumns = named(() => true);
/** Columns whose values are told apart one by one. */
export const valuedColumns = named((column) => !isBinnedColumn(column));
export const listColumns = named(({ type }) => type === 'list');

/** Why nothing can be measured along an axis; null where something can. */
export function whyNothingOrdered(dataset: DatasetDescriptor): string | null {
  return orderedColumns(dataset).length === 0 ? 'no column holds numbers or dates' : null;
}

function named(fits: (column: ColumnDescriptor) => boolean) {
  return (dataset: DatasetDescriptor): readonly string[] =>
    dataset.columns.filter(fits).map(({ name }) => name);
}
