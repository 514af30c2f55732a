import { extentOf } from '../../../preload/contract/extent';
import type { Density } from '../../../preload/contract/questions';
import { holdsDays, holdsMoments } from '../../state/column-words';
import { momentStep } from '../../words/moments';
import { roundedTo } from '../brush/brush-drag';
import { isBox, type Outline, type Point } from '../brush/outline';

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

/** Axes over the whole data, so that they stay still under filters, and over what is compared with it. */
export function plotScale(
  whole: Density | null,
  { x: across, y: up, log }: { x: string; y: string; log: boolean },
  before: Density | null = null,
): PlotScale {
  const along = (side: 'x' | 'y') =>
    extentOf([extentAlong(whole, side), extentAlong(before, side)].flatMap((pair) => pair ?? []));
  const x = ends(along('x'), log);
  const y = ends(along('y'), log);
  const share = ([low, high]: Pair, value: number) =>
    log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  const value = ([low, high]: Pair, part: number) =>
    log ? low * (high / low) ** part : low + part * (high - low);
  const rounded = (column: string, [low, high]: Pair, value: number) => {
    if (log) return Number(value.toPrecision(4));
    const pixel = (high - low) / 2000;
    if (!holdsMoments(column)) return roundedTo(pixel, value);
    const step = momentStep(pixel, holdsDays(column));
    return Math.round(value / step) * step;
  };
  return {
    x,
    y,
    toShare: ([px, py]) => [share(x, px), 1 - share(y, py)],
    toData: ([px, py]) => [value(x, px), value(y, 1 - py)],
    rounded: ([px, py]) => [rounded(across, x, px), rounded(up, y, py)],
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

/** Parts into which an edge is cut that is straight on other axes than these. */
const MOST_PARTS = 8;
const MOST_CORNERS = 900;

/** An area's outline on a card's axes; one that was drawn on axes of the other kind has bent edges. */
export function outlineOn(
  scale: PlotScale,
  outline: Outline,
  { drawnLog, log }: { drawnLog: boolean; log: boolean },
): Point[] {
  const isSame = drawnLog === log || isBox(outline);
  const corners = isSame ? outline : outline.flatMap((_, at) => edge(outline, at, drawnLog));
  // What is at or below 0 has no place on logarithmic axes: it lies beyond their ends.
  const placed = ([px, py]: Pair): Pair =>
    log ? [Math.max(px, scale.x[0]), Math.max(py, scale.y[0])] : [px, py];
  return corners.map((corner) => scale.toShare(placed(corner)));
}

/** The places along an edge, its end left out. */
function edge(outline: Outline, at: number, log: boolean): Pair[] {
  const parts = Math.max(1, Math.min(MOST_PARTS, Math.floor(MOST_CORNERS / outline.length)));
  const [from, to] = [outline[at], outline[(at + 1) % outline.length]];
  if (from === undefined || to === undefined) return [];
  const between = (a: number, b: number, share: number) =>
    log ? a * (b / a) ** share : a + share * (b - a);
  return Array.from({ length: parts }, (_, part): Pair => {
    const share = part / parts;
    return [between(from[0], to[0], share), between(from[1], to[1], share)];
  });
}
