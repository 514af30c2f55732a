import { extentOf } from '../../../preload/contract/extent';
import type { Density } from '../../../preload/contract/questions';
import { holdsMoments } from '../../state/column-words';
import { isSkewed } from '../frame/skew';

/** Columns that a plot's rows are counted in, to see whether they crowd at one end. */
const COUNTED = 30;

/** Whether a plot on linear axes crowds at one end of either, and logarithms have a place for all its rows. */
export function offersLog({ x, y }: { x: string; y: string }, whole: Density | null): boolean {
  if (whole === null || holdsMoments(x) || holdsMoments(y)) return false;
  const sides = (['x', 'y'] as const).map((side) => alongOf(whole, side));
  return sides.every(({ low }) => low > 0) && sides.some(({ counts }) => isSkewed(counts));
}

/** The least value along an axis, and how many rows are in each part of it. */
function alongOf(whole: Density, side: 'x' | 'y'): { low: number; counts: number[] } {
  if (whole.drawn === 'cells') {
    const length = side === 'x' ? whole.across : whole.up;
    const counts = Array.from({ length }, () => 0);
    for (const [index, n] of whole.counts.entries()) {
      const at = side === 'x' ? index % whole.across : Math.floor(index / whole.across);
      counts[at] = (counts[at] ?? 0) + n;
    }
    return { low: whole[side][0], counts };
  }
  const values = whole.points.map((point) => point[side]);
  const [low, high] = extentOf(values) ?? [0, 0];
  const counts = Array.from({ length: COUNTED }, () => 0);
  for (const value of values) {
    const at = Math.min(COUNTED - 1, Math.floor(((value - low) / (high - low || 1)) * COUNTED));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return { low, counts };
}
