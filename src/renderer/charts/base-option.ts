import { holdsMoments, holdsWholes, isZoned } from '../state/column-words';
import type { ChartTheme } from './chart-theme';
import { columnTitle, exactPlace } from './format';
import { areUneven } from '../words/bins';
import { DAY, edgesWithin, edgeText } from '../words/moments';

/** What all cards' charts share: quiet axes, no HTML tooltips (they take markup from data). */
export function axis(theme: ChartTheme, name?: string) {
  return {
    ...(name === undefined
      ? {}
      : {
          name,
          nameLocation: 'middle' as const,
          nameMoveOverlap: false,
          nameGap: 28,
          nameTextStyle: { color: theme.muted },
        }),
    axisLine: { lineStyle: { color: theme.line } },
    axisTick: { show: false },
    axisLabel: { color: theme.muted, fontSize: 11, hideOverlap: true },
    splitLine: { lineStyle: { color: theme.line, opacity: 0.6 } },
    minorSplitLine: { show: false },
  };
}

/** Names beside or under an axis, no longer than their place in the plot's inset; tooltips have all. */
export function within(width: number) {
  return { interval: 0, width, overflow: 'truncate' as const };
}

/** Nothing stands between two whole numbers. */
export function steps(column: string) {
  return holdsWholes(column) ? { minInterval: 1 } : {};
}

export function tooltip(theme: ChartTheme) {
  return {
    renderMode: 'richText' as const,
    confine: true,
    backgroundColor: theme.surface,
    borderColor: theme.line,
    textStyle: { color: theme.ink, fontSize: 12 },
  };
}

/** Labels under an axis of bins, at most. */
const MOST_EDGES = 8;

/**
 * Two axes in one place for bars over bins: one of places, a bar each, that is not drawn, and one
 * of numbers, whose labels stand where the bins' edges are.
 */
export function binAxes(
  theme: ChartTheme,
  column: string,
  bins: readonly { x0: number; x1: number }[],
) {
  const { min, max, shown, words, within = '' } = edgesOf(column, bins);
  const numbers = axis(theme, `${columnTitle(column)}${within}`);
  return [
    { type: 'category' as const, show: false, data: bins.map(({ x0 }) => String(x0)) },
    {
      ...numbers,
      type: 'value' as const,
      position: 'bottom' as const,
      min,
      max,
      axisLine: { ...numbers.axisLine, onZero: false },
      axisTick: { show: true, length: 4, lineStyle: { color: theme.line }, customValues: shown },
      axisLabel: {
        ...numbers.axisLabel,
        customValues: shown,
        formatter: words,
        ...lastLabel(shown.at(-1) === max ? words(max) : ''),
      },
      splitLine: { show: false },
    },
  ];
}

/** Pixels of a letter at the axes' size. */
const LETTER = 6;

/** One at the plot's end that is wider than the room beside it would be cut off: it ends there. */
function lastLabel(words: string) {
  return (words.length * LETTER) / 2 <= GRID.right ? {} : { alignMaxLabel: 'right' as const };
}

type Bins = readonly { x0: number; x1: number }[];

function edgesOf(column: string, bins: Bins): Edges {
  if (holdsMoments(column)) return momentEdges(column, bins);
  return areUneven(bins) ? unevenEdges(column, bins) : numberEdges(column, bins);
}

/** Bins of several widths stand side by side: an edge's place is its number. */
function unevenEdges(column: string, bins: Bins): Edges {
  const edges = [...bins.map(({ x0 }) => x0), ...bins.slice(-1).map(({ x1 }) => x1)];
  const isClipped = !areUneven(bins.slice(1, -1));
  const { shown, words } = isClipped
    ? clippedEdges(column, bins, edges)
    : { shown: decadesIn(edges), words: (at: number) => exactPlace(column, edges[at]) };
  return { min: 0, max: bins.length, shown, words };
}

/** All that is far off is in one bin at an end: `8,000+` begins the upper one, `<20` ends the lower. */
function clippedEdges(
  column: string,
  bins: Bins,
  edges: readonly number[],
): Pick<Edges, 'shown' | 'words'> {
  const isFar = (bin: Bins[number] | undefined) =>
    bin !== undefined && areUneven([...bins.slice(1, 2), bin]);
  const low = isFar(bins[0]) ? 1 : null;
  const high = isFar(bins.at(-1)) ? bins.length - 1 : null;
  const usual = bins.slice(low ?? 0, high ?? undefined);
  const room = edges.length / MOST_EDGES;
  const isClear = (at: number) =>
    [low, high].every((end) => end === null || Math.abs(end - at) >= room);
  const shown = roundEdges(usual)
    .map((edge) => edges.indexOf(edge))
    .filter(isClear);
  return {
    shown: [...(low === null ? [] : [low]), ...shown, ...(high === null ? [] : [high])],
    words: (at) => {
      const text = exactPlace(column, edges[at]);
      return at === high ? `${text}+` : at === low ? `<${text}` : text;
    },
  };
}

/** Powers of ten; where there are too few, every so many of the edges. */
function decadesIn(edges: readonly number[]): number[] {
  const places = [...edges.keys()];
  const powers = places.filter((at) => Number.isInteger(Math.log10(edges[at] ?? 0)));
  if (powers.length > 1) return powers;
  const every = Math.ceil(edges.length / MOST_EDGES);
  return places.filter((at) => at % every === 0);
}

interface Edges {
  min: number;
  max: number;
  /** Where a label stands. */
  shown: number[];
  words(edge: number): string;
  /** What all the labels leave out: the day of clock times, the year of days. */
  within?: string;
}

function numberEdges(column: string, bins: readonly { x0: number; x1: number }[]): Edges {
  const [low, high] = [bins[0]?.x0 ?? 0, bins.at(-1)?.x1 ?? 1];
  // One bin without a width: its value stands in the middle.
  const [min, max] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  const shown = low === high ? [low] : roundEdges(bins);
  return { min, max, shown, words: (edge) => exactPlace(column, edge) };
}

/** The edges, or so few of them that their labels have room: the roundest. */
function roundEdges(bins: readonly { x0: number; x1: number }[]): number[] {
  const [first] = bins;
  const edges = [...bins.map(({ x0 }) => x0), ...bins.slice(-1).map(({ x1 }) => x1)];
  if (first === undefined || edges.length <= MOST_EDGES) return edges;
  const width = first.x1 - first.x0;
  const every = [2, 5, 10, 20, 50, 100].find((step) => edges.length / step <= MOST_EDGES) ?? 200;
  return edges.filter((edge) => Math.round(edge / width) % every === 0);
}

const MOST_MOMENTS = 6;

/** Bins of time stand side by side, however long each is: an edge's place is its number. */
function momentEdges(column: string, bins: readonly { x0: number; x1: number }[]): Edges {
  const [first] = bins;
  if (first === undefined) return { min: 0, max: 1, shown: [], words: () => '' };
  const width = first.x1 - first.x0;
  const edges = [...bins.map(({ x0 }) => x0), bins.at(-1)?.x1 ?? first.x1];
  if (width === 0)
    return { min: 0, max: 1, shown: [0.5], words: () => exactPlace(column, first.x0) };
  const months = monthsIn(width);
  const steps =
    months === 1
      ? [1, 3, 6, 12, 24, 60]
      : months === 3
        ? [1, 2, 4, 8, 20, 40]
        : [1, 2, 5, 10, 20, 50];
  const every = steps.find((step) => edges.length / step <= MOST_MOMENTS) ?? 100;
  const shown = edges.flatMap((edge, at) => (orderOf(edge, width) % every === 0 ? [at] : []));
  const before = new Map(shown.map((at, place) => [at, edges[shown[place - 1] ?? -1] ?? null]));
  const ends = [edges[0] ?? first.x0, (edges.at(-1) ?? first.x1) - 1] as const;
  return {
    min: 0,
    max: bins.length,
    shown,
    words: (at) => edgeText(edges[at] ?? first.x0, width, before.get(at) ?? null),
    within: `${edgesWithin(ends, width)}${isZoned(column) && width < DAY ? ', UTC' : ''}`,
  };
}

/** How many months a bin is long; 0 where it is less than one. */
function monthsIn(width: number): number {
  return width < 28 * DAY ? 0 : Math.round(width / (30.4369 * DAY));
}

/** A number that counts on by one from bin to bin, even for the roundest moments. */
function orderOf(edge: number, width: number): number {
  const months = monthsIn(width);
  if (months === 0) return Math.round(edge / width);
  const date = new Date(edge);
  return Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / months);
}

/** For what stays as it is while marks are drawn: a layer below theirs and the tooltip's. */
export const STILL_LAYER = -1;

/** For an axis whose chart has marks of its own to draw. */
export function still<Axis extends object>(axis: Axis) {
  return { ...axis, zlevel: STILL_LAYER };
}

/**
 * A plot area whose insets hold, whatever its labels: brushes lie just over it, and ECharts does
 * not measure every label to see whether it would have to shrink.
 */
export function plotArea(inset: { left: number; right: number; top: number; bottom: number }) {
  return { ...inset, outerBoundsMode: 'none' as const };
}

export const GRID = plotArea({ left: 48, right: 16, top: 12, bottom: 40 });
