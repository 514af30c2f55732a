import type { ChartTheme } from './chart-theme';

/** What all cards' charts share: quiet axes, no HTML tooltips (they take markup from data). */
export function axis(theme: ChartTheme, name?: string) {
  return {
    ...(name === undefined
      ? {}
      : {
          name,
          nameLocation: 'middle' as const,
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

export const GRID = { left: 48, right: 16, top: 12, bottom: 40 };
