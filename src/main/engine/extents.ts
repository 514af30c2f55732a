import type { ChartRow } from '../../preload/contract/chart-query';
import { type ColumnName, DATASET_COLUMNS, isNumberColumn } from '../../preload/contract/dataset';
import { quotedName } from '../base/duckdb';
import type { PlainStatement } from './bound-statements';

/** The least and the greatest value of a column; null where it has none. */
export type Extent = readonly [low: number, high: number] | null;

/** What stays the same under every filter, and so is asked once a dataset. */
export interface Extents {
  /** Pokémon of the whole dataset. */
  rows: number;
  extentOf(column: ColumnName): Extent;
}

const NUMBER_COLUMNS = DATASET_COLUMNS.map(({ name }) => name).filter(isNumberColumn);

/** Asks for what `readExtents` reads. */
export const EXTENTS_STATEMENT: PlainStatement = {
  sql: `SELECT count(*)::INTEGER AS rows, ${NUMBER_COLUMNS.map((name) => {
    const column = quotedName(name);
    return `[min(${column})::DOUBLE, max(${column})::DOUBLE] AS ${column}`;
  }).join(', ')} FROM pokemon`,
  values: {},
};

export function readExtents([row]: readonly ChartRow[]): Extents {
  return {
    rows: Number(row?.['rows'] ?? 0),
    extentOf(column) {
      const [low, high] = (row?.[column] ?? []) as (number | null)[];
      return typeof low === 'number' && typeof high === 'number' ? [low, high] : null;
    },
  };
}
