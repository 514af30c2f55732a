import { extentOf } from '../../../preload/contract/extent';

/** Outlines on a plot area, in shares of its width and height. */
export type Point = readonly [number, number];
export type Outline = readonly Point[];

export function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

export function boxOf(a: Point, b: Point): Point[] {
  return [
    [a[0], a[1]],
    [b[0], a[1]],
    [b[0], b[1]],
    [a[0], b[1]],
  ];
}

/** Whether an outline is a box, its sides along the axes. */
export function isBox(outline: Outline): boolean {
  const sides = (axis: 0 | 1) => new Set(outline.map((point) => point[axis])).size;
  return outline.length === 4 && sides(0) === 2 && sides(1) === 2;
}

export function boundsOf(outline: Outline): { low: Point; high: Point } {
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  const [left, right] = extentOf(xs) ?? [0, 0];
  const [top, bottom] = extentOf(ys) ?? [0, 0];
  return { low: [left, top], high: [right, bottom] };
}

/** The outline somewhere else, as far as it can go. */
export function moved(outline: Outline, dx: number, dy: number): Point[] {
  const { low, high } = boundsOf(outline);
  const by = (axis: 0 | 1, step: number) => Math.min(1 - high[axis], Math.max(-low[axis], step));
  const [right, down] = [by(0, dx), by(1, dy)];
  return outline.map(([x, y]) => [x + right, y + down]);
}

/** The outline with its upper left corner where it is and its lower right one at `to`. */
export function stretched(outline: Outline, to: Point): Point[] {
  const { low, high } = boundsOf(outline);
  const at = (axis: 0 | 1, value: number) => {
    const size = high[axis] - low[axis] || 1;
    return low[axis] + ((value - low[axis]) / size) * (to[axis] - low[axis]);
  };
  return outline.map(([x, y]) => [at(0, x), at(1, y)]);
}

/** Whether a point of the screen is inside an outline drawn there; even-odd rule. */
export function isInside([x, y]: Point, outline: Outline): boolean {
  return outline.reduce((inside, [ax, ay], index) => {
    const [bx, by] = outline[(index + 1) % outline.length] ?? [ax, ay];
    const crossed = ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax;
    return crossed ? !inside : inside;
  }, false);
}

/** A filter takes at most a thousand vertices; a hundred draw any lasso. */
export function thinned(points: readonly Point[]): Point[] {
  const every = Math.ceil(points.length / 100);
  return points.filter((_, index) => index % every === 0);
}
