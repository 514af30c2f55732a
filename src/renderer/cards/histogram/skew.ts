import { highestOf } from '../../../preload/contract/extent';
import type { Bin } from './histogram-option';

/** Most of the rows in so little of the axis: the rest of it is nearly empty. */
const MOST_ROWS = 0.75;
const LITTLE = 0.2;

/** Whether bins as wide as each other show most rows in a few of them. */
export function isSkewed(bins: readonly Bin[]): boolean {
  const total = bins.reduce((sum, { n }) => sum + n, 0);
  const few = Math.max(1, Math.floor(bins.length * LITTLE));
  if (total === 0 || bins.length < 5) return false;
  const within = bins.map((_, at) => bins.slice(at, at + few).reduce((sum, { n }) => sum + n, 0));
  return highestOf(within, 0) >= total * MOST_ROWS;
}
