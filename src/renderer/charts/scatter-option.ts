import type { ChartRow } from '../../preload/contract/chart-query';
import { axis, GRID, tooltip } from './base-option';
import type { ChartTheme } from './chart-theme';
import type { EChartsCoreOption } from './echarts';
import { columnTitle, formatValue, titleCase } from './format';
import { typeColor } from './type-colors';

/** One dot a Pokémon, the selection bright over the ghost of the whole. */
export function scatterOption(
  card: { x: string; y: string; color: string; log: boolean },
  whole: readonly ChartRow[],
  selected: readonly ChartRow[],
  theme: ChartTheme,
): { option: EChartsCoreOption; rowAt(index: number): ChartRow | null } {
  const byType = card.color === 'type_1' || card.color === 'type_2';
  const usable = (row: ChartRow) => !card.log || (Number(row['x']) > 0 && Number(row['y']) > 0);
  const shown = selected.filter(usable);
  const place = (row: ChartRow) => [row['x'], row['y']];
  const scale = card.log
    ? { type: 'log' as const, logBase: 10 }
    : { type: 'value' as const, scale: true };
  const option: EChartsCoreOption = {
    animation: false,
    grid: { ...GRID, left: 56 },
    tooltip: {
      ...tooltip(theme),
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const row = shown[dataIndex];
        if (row === undefined) return '';
        return [
          String(row['name']),
          `${formatValue(card.x, row['x'])}, ${formatValue(card.y, row['y'])}`,
          ...(row['color'] === null ? [] : [titleCase(String(row['color']))]),
        ].join('\n');
      },
    },
    xAxis: { ...inner(axis(theme, columnTitle(card.x))), ...scale },
    yAxis: { ...inner(axis(theme, columnTitle(card.y))), ...scale, nameGap: 40 },
    series: [
      {
        type: 'scatter',
        id: 'all',
        silent: true,
        // One path for all of them: a ghost is never pointed at.
        large: true,
        largeThreshold: 0,
        symbolSize: 5,
        itemStyle: { color: theme.ghost },
        data: whole.filter(usable).map(place),
      },
      {
        type: 'scatter',
        id: 'selected',
        symbolSize: 7,
        emphasis: { disabled: true },
        itemStyle: {
          opacity: 0.85,
          color: byType
            ? ({ dataIndex }: { dataIndex: number }) =>
                typeColor(String(shown[dataIndex]?.['color']), theme.dark)
            : theme.accent,
        },
        data: shown.map(place),
      },
    ],
  };
  return { option, rowAt: (index) => shown[index] ?? null };
}

/** The axes end a little beyond the data, at no round number: those ends stay unlabelled. */
function inner(axis: { axisLabel: object }) {
  return { ...axis, axisLabel: { ...axis.axisLabel, showMinLabel: false, showMaxLabel: false } };
}
