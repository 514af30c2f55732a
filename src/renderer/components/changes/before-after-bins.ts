import { extentOf } from '../../../preload/contract/extent';
import type { Bin } from '../../cards/histogram/histogram-option';
import type { RowChange } from './group-changes';

/** How a number was spread over the rows that changed in it, before and after, by the same bins. */
export interface BeforeAndAfter {
  before: Bin[];
  after: Bin[];
  rows: number;
}

/** Fields whose numbers changed, and in how many rows; the one that changed most comes first. */
export function changedNumbers(groups: readonly RowChange[]): [column: string, n: number][] {
  const counts = new Map<string, number>();
  for (const { fields } of groups) {
    for (const { column, before, after } of fields) {
      if (typeof before === 'number' && typeof after === 'number') {
        counts.set(column, (counts.get(column) ?? 0) + 1);
      }
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}

const MOST_BINS = 24;

/** Null where no row has a number before and after. */
export function beforeAndAfter(
  groups: readonly RowChange[],
  column: string,
): BeforeAndAfter | null {
  const pairs = groups.flatMap(({ fields }) =>
    fields.flatMap(({ column: name, before, after }) =>
      name === column && typeof before === 'number' && typeof after === 'number'
        ? [{ before, after }]
        : [],
    ),
  );
  const extent = extentOf(pairs.flatMap(({ before, after }) => [before, after]));
  if (extent === null) return null;
  const [low, high] = extent;
  const step = roundStep((high - low) / MOST_BINS || 1);
  const start = Math.floor(low / step) * step;
  const count = Math.floor((high - start) / step) + 1;
  const binned = (values: readonly number[]): Bin[] => {
    const bins = Array.from({ length: count }, (_, at) => ({
      x0: start + at * step,
      x1: start + (at + 1) * step,
      n: 0,
    }));
    for (const value of values) {
      const bin = bins[Math.min(count - 1, Math.floor((value - start) / step))];
      if (bin !== undefined) bin.n += 1;
    }
    return bins;
  };
  return {
    before: binned(pairs.map(({ before }) => before)),
    after: binned(pairs.map(({ after }) => after)),
    rows: pairs.length,
  };
}

/** The next of 1, 2, 5 × a power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? least;
}
