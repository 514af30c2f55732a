import { extentOf } from '../../../preload/contract/extent';
import type { Density } from '../../../preload/contract/questions';
import { roundedTo } from '../brush/brush-drag';
import type { Point } from '../brush/outline';

type Pair = readonly [number, number];

/** What both axes have in common with the brush that lies over them. */
export interface PlotScale {
  /** The ends of the axes, a little beyond the data. */
  x: Pair;
  y: Pair;
  /** Parts of the plot area's width and height, from its upper left corner. */
  toShare(point: Pair): Point;
  toData(point: Point): [number, number];
  /** As round as nobody sees: what a chip says of a box is just what filters. */
  rounded(point: Pair): [number, number];
}

/** Axes over the whole data, so that they stay still under filters. */
export function plotScale(whole: Density | null, log: boolean): PlotScale {
  const x = ends(extentAlong(whole, 'x'), log);
  const y = ends(extentAlong(whole, 'y'), log);
  const share = ([low, high]: Pair, value: number) =>
    log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  const value = ([low, high]: Pair, part: number) =>
    log ? low * (high / low) ** part : low + part * (high - low);
  const rounded = ([low, high]: Pair, value: number) =>
    log ? Number(value.toPrecision(4)) : roundedTo((high - low) / 2000, value);
  return {
    x,
    y,
    toShare: ([px, py]) => [share(x, px), 1 - share(y, py)],
    toData: ([px, py]) => [value(x, px), value(y, 1 - py)],
    rounded: ([px, py]) => [rounded(x, px), rounded(y, py)],
  };
}

function extentAlong(whole: Density | null, side: 'x' | 'y'): Pair | null {
  if (whole === null) return null;
  return whole.drawn === 'cells' ? whole[side] : extentOf(whole.points.map((point) => point[side]));
}

function ends(extent: Pair | null, log: boolean): Pair {
  const [low, high] = extent ?? [1, 10];
  if (log) return [low * 0.85, high * 1.18];
  // A column of one value: whole numbers around it, not hundredths that it never has.
  const pad = high === low ? 1.5 : (high - low) * 0.04;
  return [low - pad, high + pad];
}
