import type { ChartRow } from '../../preload/contract/chart-query';
import { axis, tooltip } from './base-option';
import type { ChartTheme } from './chart-theme';
import type { EChartsCoreOption } from './echarts';
import { formatNumber, titleCase } from './format';

const BAR_WIDTH = 18;

/** A bar a combination of games: how many Pokémon are in exactly those. */
export function gamesOption(
  whole: readonly ChartRow[],
  selected: readonly ChartRow[],
  chosen: readonly string[],
  theme: ChartTheme,
): { option: EChartsCoreOption; combinationAt(index: number): string[] } {
  const order = [...whole].reverse();
  const counts = new Map(selected.map((row) => [combinationKey(row), Number(row['n'])]));
  const bright = (row: ChartRow) =>
    chosen.length === 0 || chosen.every((game) => combination(row).includes(game));
  const option: EChartsCoreOption = {
    animation: false,
    grid: { left: 10, right: 48, top: 16, bottom: 8 },
    tooltip: {
      ...tooltip(theme),
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const row = order[dataIndex];
        if (row === undefined) return '';
        return `In exactly ${names(row)}\n${counts.get(combinationKey(row)) ?? 0} of ${String(row['n'])} Pokémon`;
      },
    },
    xAxis: {
      ...axis(theme),
      type: 'value',
      axisLabel: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      ...axis(theme),
      type: 'category',
      data: order.map(names),
      axisLabel: {
        // Above its bar, where there is room for every name.
        inside: true,
        align: 'left',
        verticalAlign: 'bottom',
        margin: 0,
        padding: [0, 0, BAR_WIDTH / 2 + 3, 0],
        color: theme.ink,
        fontSize: 11,
        interval: 0,
      },
      splitLine: { show: false },
    },
    series: [
      {
        type: 'bar',
        id: 'all',
        name: 'all',
        barGap: '-100%',
        barWidth: BAR_WIDTH,
        itemStyle: { color: theme.ghost },
        label: {
          show: true,
          position: 'right',
          color: theme.muted,
          fontSize: 11,
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            formatNumber(counts.get(combinationKey(order[dataIndex] ?? {})) ?? 0),
        },
        data: order.map((row) => Number(row['n'])),
      },
      {
        type: 'bar',
        id: 'selected',
        name: 'selected',
        barWidth: BAR_WIDTH,
        data: order.map((row) => ({
          value: counts.get(combinationKey(row)) ?? 0,
          itemStyle: { color: theme.accent, opacity: bright(row) ? 1 : 0.25 },
        })),
      },
    ],
  };
  return { option, combinationAt: (index) => combination(order[index] ?? {}) };
}

function combination(row: ChartRow): string[] {
  const games = row['combination'];
  return Array.isArray(games) ? games.map(String) : [];
}

function combinationKey(row: ChartRow): string {
  return combination(row).join('\n');
}

function names(row: ChartRow): string {
  const games = combination(row);
  return games.length === 0 ? 'none of them' : games.map(titleCase).join(', ');
}
