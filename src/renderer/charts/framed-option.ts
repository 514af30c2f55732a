import type { ChartTheme } from './chart-theme';
import type { EChartsCoreOption } from './echarts';

/** The height that title and subtitle take above the plot. */
export const TITLE_HEIGHT = 48;

/** A chart that stands for itself in a file: its title, what it was filtered by, its background. */
export function framedOption(
  option: EChartsCoreOption,
  words: { title: string; subtitle: string },
  theme: ChartTheme,
): EChartsCoreOption {
  return {
    ...option,
    animation: false,
    backgroundColor: theme.surface,
    title: {
      text: words.title,
      subtext: words.subtitle,
      left: 12,
      top: 10,
      itemGap: 8,
      textStyle: { color: theme.ink, fontSize: 14, fontWeight: 600 },
      subtextStyle: { color: theme.muted, fontSize: 11 },
    },
    ...lowered(option, 'grid'),
    ...lowered(option, 'legend'),
  };
}

function lowered(option: EChartsCoreOption, part: 'grid' | 'legend'): EChartsCoreOption {
  const place = option[part];
  if (typeof place !== 'object' || place === null || !('top' in place)) return {};
  return { [part]: { ...place, top: Number(place.top) + TITLE_HEIGHT } };
}
