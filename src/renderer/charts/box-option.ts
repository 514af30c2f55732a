import type { ChartRow } from '../../preload/contract/chart-query';
import { datasetColumn } from '../../preload/contract/dataset';
import { axis, plotArea, steps, tooltip, within } from './base-option';
import type { ChartTheme } from './chart-theme';
import type { EChartsCoreOption } from './echarts';
import { columnTitle, formatNumber, formatValue, titleCase } from './format';
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
        const value = (of: string) => formatValue(column, row[of]);
        return [
          `${titleCase(String(row['type']))}, ${formatNumber(row['n'])} Pokémon`,
          `${datasetColumn(column)?.label ?? column}: median ${value('median')}`,
          `middle half ${value('q1')} – ${value('q3')}`,
          `from ${value('low')} to ${value('high')}`,
        ].join('\n');
      },
    },
    xAxis: { ...axis(theme, columnTitle(column)), type: 'value', scale: true, ...steps(column) },
    yAxis: {
      ...axis(theme),
      type: 'category',
      data: order.map((row) => titleCase(String(row['type']))),
      axisLabel: { color: theme.ink, fontSize: 11, ...within(62) },
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
