import type { ChartTheme } from './chart-theme';

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

export function tooltip(theme: ChartTheme) {
  return {
    renderMode: 'richText' as const,
    confine: true,
    backgroundColor: theme.surface,
    borderColor: theme.line,
    textStyle: { color: theme.ink, fontSize: 12 },
  };
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
