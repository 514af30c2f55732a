import { highestOf } from '../../../preload/contract/extent';

/** Most of the rows in so little of the axis: the rest of it is nearly empty. */
const MOST_ROWS = 0.75;
const LITTLE = 0.2;
const FEWEST_BINS = 5;

/** Whether bins as wide as each other show most rows in a few of them. */
export function isSkewed(counts: readonly number[]): boolean {
  const total = sum(counts);
  if (total === 0 || counts.length < FEWEST_BINS) return false;
  const few = Math.floor(counts.length * LITTLE);
  const within = counts.map((_, at) => sum(counts.slice(at, at + few)));
  return highestOf(within, 0) >= total * MOST_ROWS;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, n) => total + n, 0);
}
