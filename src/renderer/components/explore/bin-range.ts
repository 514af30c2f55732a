import { datasetColumn } from '../../../preload/contract/dataset';

/** Bins are open to the right, a range is not; and a value this near an edge counts as on it. */
const EDGE = 1e-9;

/** The range that keeps exactly a bin's values. */
export function binRange(column: string, x0: number, x1: number): [number, number] {
  // One bin for a column whose values are all equal.
  if (x1 === x0) return [x0, x1];
  if (datasetColumn(column)?.type === 'INTEGER') return [Math.ceil(x0), Math.ceil(x1) - 1];
  return [x0, x1 - (x1 - x0) * EDGE];
}
