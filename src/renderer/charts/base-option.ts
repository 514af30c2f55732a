import { isWholeColumn } from '../../preload/contract/dataset';
import type { ChartTheme } from './chart-theme';
import { exactNumber } from './format';

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
  return isWholeColumn(column) ? { minInterval: 1 } : {};
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
  name: string,
  bins: readonly { x0: number; x1: number }[],
) {
  const [first] = bins;
  const last = bins.at(-1);
  const [low, high] = [first?.x0 ?? 0, last?.x1 ?? 1];
  // One bin without a width: its value stands in the middle.
  const [min, max] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  const shown = low === high ? [low] : roundEdges(bins);
  const numbers = axis(theme, name);
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
      axisLabel: { ...numbers.axisLabel, customValues: shown, formatter: exactNumber },
      splitLine: { show: false },
    },
  ];
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
