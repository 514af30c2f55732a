import { boundsOf, boxOf, clamp, moved, type Outline, type Point, stretched } from './outline';

/** A key as the areas of a plot take it. */
export interface AreaKey {
  key: string;
  shiftKey: boolean;
  /** Ctrl, or ⌘ on a Mac: small steps. */
  fine: boolean;
}

export interface Areas {
  outlines: readonly Outline[];
  /** The one that keys change. */
  at: number;
}

/** As many as a filter takes beside the one that is made. */
export const MOST_BESIDE = 20;
const STEP = 0.04;
const FINE_STEP = 0.01;
/** A new box lies a little beside the last one, so that both are seen. */
const APART = 0.05;
const FIRST_BOX = boxOf([0.35, 0.35], [0.65, 0.65]);

/** The way an arrow goes; null for another key. */
export function arrowStep({ key, fine }: Pick<AreaKey, 'key' | 'fine'>): Point | null {
  const size = fine ? FINE_STEP : STEP;
  const steps: Record<string, Point> = {
    ArrowLeft: [-size, 0],
    ArrowRight: [size, 0],
    ArrowUp: [0, -size],
    ArrowDown: [0, size],
  };
  return steps[key] ?? null;
}

/** Which area is at hand after Page Up or Page Down, or which are left after Delete; else null. */
export function pickedArea({ key }: Pick<AreaKey, 'key'>, { outlines, at }: Areas): Areas | null {
  const { length } = outlines;
  if (length === 0) return null;
  if (key === 'PageDown') return { outlines, at: (at + 1) % length };
  if (key === 'PageUp') return { outlines, at: (at - 1 + length) % length };
  if (key !== 'Delete') return null;
  return { outlines: outlines.filter((_, index) => index !== at), at: Math.max(0, at - 1) };
}

/**
 * Arrows move the area at hand, with Shift they change its size; Enter adds a box, the
 * first one where `first` is; else null.
 */
export function changedArea(
  press: AreaKey,
  { outlines, at }: Areas,
  first: Outline = FIRST_BOX,
): Areas | null {
  const step = arrowStep(press);
  const outline = outlines[at];
  if (press.key === 'Enter' || (step !== null && outline === undefined)) {
    const kept = outlines.slice(-MOST_BESIDE);
    const beside = APART * kept.length;
    return { outlines: [...kept, moved(first, beside, beside)], at: kept.length };
  }
  if (step === null || outline === undefined) return null;
  const changed = press.shiftKey ? grown(outline, step) : moved(outline, ...step);
  return { outlines: outlines.map((other, index) => (index === at ? changed : other)), at };
}

/** Its right or lower edge elsewhere, no further than the left or upper one and the plot's. */
function grown(outline: Outline, step: Point): Point[] {
  const { low, high } = boundsOf(outline);
  const edge = (axis: 0 | 1) => Math.max(low[axis] + FINE_STEP, clamp(high[axis] + step[axis]));
  return stretched(outline, [edge(0), edge(1)]);
}
