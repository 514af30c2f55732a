import type { ChartRow } from '../../preload/contract/chart-query';
import { axis, plotArea, tooltip } from './base-option';
import type { ChartTheme } from './chart-theme';
import type { EChartsCoreOption } from './echarts';
import { columnTitle, formatNumber, titleCase } from './format';
import { typeColor } from './type-colors';

/** A box a type: extremes, quartiles, median; highest median on top. */
export function boxOption(
  column: string,
  rows: readonly ChartRow[],
  chosen: readonly string[],
  theme: ChartTheme,
): EChartsCoreOption {
  const order = [...rows].reverse();
  return {
    animation: false,
    grid: plotArea({ left: 72, right: 16, top: 4, bottom: 40 }),
    tooltip: {
      ...tooltip(theme),
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const row = order[dataIndex];
        if (row === undefined) return '';
        return `${titleCase(String(row['type']))}, ${String(row['n'])} Pokémon\nmedian ${formatNumber(row['median'])}\nmiddle half ${formatNumber(row['q1'])} – ${formatNumber(row['q3'])}\nfrom ${formatNumber(row['low'])} to ${formatNumber(row['high'])}`;
      },
    },
    xAxis: { ...axis(theme, columnTitle(column)), type: 'value', scale: true },
    yAxis: {
      ...axis(theme),
      type: 'category',
      data: order.map((row) => titleCase(String(row['type']))),
      axisLabel: { color: theme.ink, fontSize: 11, interval: 0 },
      splitLine: { show: false },
    },
    series: [
      {
        type: 'boxplot',
        id: 'spread',
        boxWidth: [6, 14],
        data: order.map((row) => {
          const type = String(row['type']);
          const color = typeColor(type, theme.dark);
          return {
            value: [row['low'], row['q1'], row['median'], row['q3'], row['high']],
            itemStyle: {
              color: `${color}66`,
              borderColor: color,
              borderWidth: 1.5,
              opacity: chosen.length === 0 || chosen.includes(type) ? 1 : 0.3,
            },
          };
        }),
      },
    ],
  };
}
