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
): EChartsCoreOption {
  const byType = card.color === 'type_1' || card.color === 'type_2';
  const usable = (row: ChartRow) => !card.log || (Number(row['x']) > 0 && Number(row['y']) > 0);
  const scale = card.log
    ? { type: 'log' as const, logBase: 10 }
    : { type: 'value' as const, scale: true };
  return {
    animation: false,
    grid: { ...GRID, left: 56 },
    tooltip: {
      ...tooltip(theme),
      formatter: (param: { data: { row?: ChartRow } }) => {
        const row = param.data.row;
        if (row === undefined) return '';
        return [
          String(row['name']),
          `${formatValue(card.x, row['x'])}, ${formatValue(card.y, row['y'])}`,
          ...(row['color'] === null ? [] : [titleCase(String(row['color']))]),
        ].join('\n');
      },
    },
    brush: {
      toolbox: [],
      brushStyle: { borderColor: theme.accent, color: `${theme.accent}22`, borderWidth: 1 },
      outOfBrush: {},
      throttleType: 'debounce',
      throttleDelay: 0,
      xAxisIndex: 0,
      yAxisIndex: 0,
    },
    xAxis: { ...inner(axis(theme, columnTitle(card.x))), ...scale },
    yAxis: { ...inner(axis(theme, columnTitle(card.y))), ...scale, nameGap: 40 },
    series: [
      {
        type: 'scatter',
        name: 'all',
        silent: true,
        symbolSize: 5,
        itemStyle: { color: theme.ghost },
        data: whole.filter(usable).map((row) => [row['x'], row['y']]),
      },
      {
        type: 'scatter',
        name: 'selected',
        symbolSize: 7,
        data: selected.filter(usable).map((row) => ({
          value: [row['x'], row['y']],
          row,
          itemStyle: {
            color: byType ? typeColor(String(row['color']), theme.dark) : theme.accent,
            opacity: 0.85,
          },
        })),
      },
    ],
  };
}

/** The axes end a little beyond the data, at no round number: those ends stay unlabelled. */
function inner(axis: { axisLabel: object }) {
  return { ...axis, axisLabel: { ...axis.axisLabel, showMinLabel: false, showMaxLabel: false } };
}
