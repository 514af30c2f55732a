import type { ChartRow } from '../../preload/contract/chart-query';
import { axis, tooltip } from './base-option';
import type { ChartTheme } from './chart-theme';
import type { EChartsCoreOption } from './echarts';
import { titleCase } from './format';

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
    grid: { left: 8, right: 44, top: 4, bottom: 24, containLabel: true },
    tooltip: {
      ...tooltip(theme),
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const row = order[dataIndex];
        if (row === undefined) return '';
        return `In exactly ${names(row)}\n${counts.get(combinationKey(row)) ?? 0} of ${String(row['n'])} Pokémon`;
      },
    },
    xAxis: { ...axis(theme), type: 'value', splitNumber: 3 },
    yAxis: {
      ...axis(theme),
      type: 'category',
      data: order.map(names),
      axisLabel: {
        color: theme.ink,
        fontSize: 11,
        interval: 0,
        width: 96,
        overflow: 'break',
        lineHeight: 14,
      },
      splitLine: { show: false },
    },
    series: [
      {
        type: 'bar',
        id: 'all',
        name: 'all',
        barGap: '-100%',
        barCategoryGap: '35%',
        itemStyle: { color: theme.ghost },
        data: order.map((row) => Number(row['n'])),
      },
      {
        type: 'bar',
        id: 'selected',
        name: 'selected',
        barCategoryGap: '35%',
        label: { show: true, position: 'right', color: theme.muted, fontSize: 11 },
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
