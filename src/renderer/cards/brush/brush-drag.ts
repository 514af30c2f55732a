import { extentOf } from '../../../preload/contract/extent';

/** What a drag on a range does: draws a new one, moves it, or pulls one of its ends. */
export type Grip = 'new' | 'move' | 'low' | 'high' | 'add';
export type Range = readonly [number, number];

/** What a press at `at` takes hold of; an end is held within `slack` of it. Shift adds. */
export function gripAt(at: number, range: Range | null, slack: number, shift: boolean): Grip {
  if (range === null) return 'new';
  if (shift) return 'add';
  const [low, high] = range;
  const [fromLow, fromHigh] = [Math.abs(at - low), Math.abs(at - high)];
  if (Math.min(fromLow, fromHigh) <= slack) return fromLow < fromHigh ? 'low' : 'high';
  return at > low && at < high ? 'move' : 'new';
}

/** The range after a drag from `start` to `at` that began with `range`, within `domain`. */
export function dragged(
  grip: Grip,
  start: number,
  at: number,
  range: Range | null,
  domain: Range,
): [number, number] {
  const between = (...values: number[]): [number, number] => {
    const [low, high] = extentOf(values) ?? domain;
    return [low, high];
  };
  if (range === null || grip === 'new') return between(start, at);
  const [low, high] = range;
  switch (grip) {
    case 'add':
      return between(low, high, start, at);
    case 'low':
      return between(at, high);
    case 'high':
      return between(low, at);
    case 'move': {
      const by = Math.min(domain[1] - high, Math.max(domain[0] - low, at - start));
      return [low + by, high + by];
    }
    default: {
      const never: never = grip;
      throw new Error(`unknown grip ${String(never)}`);
    }
  }
}

/** The roundest step within a pixel: 1, 2 or 5 times a power of ten. */
export function roundStep(pixel: number): number {
  const power = 10 ** Math.floor(Math.log10(pixel));
  return ([5, 2, 1].find((times) => times * power <= pixel) ?? 1) * power;
}

/** A value as round as a pixel is wide, so that a chip says just what filters: 38, not 38.00001. */
export function roundedTo(pixel: number, value: number): number {
  const step = roundStep(pixel);
  return Number((Math.round(value / step) * step).toPrecision(12));
}

export const CURSORS: Record<Grip, string> = {
  new: 'crosshair',
  move: 'grab',
  low: 'ew-resize',
  high: 'ew-resize',
  add: 'copy',
};
