import type { ChartRow } from '../../preload/contract/chart-query';
import { axis, tooltip } from './base-option';
import type { ChartTheme } from './chart-theme';
import type { EChartsCoreOption } from './echarts';
import { formatNumber, titleCase } from './format';

const COLUMN = 24;
const TOP = 92;

/**
 * Overlaps of games as an UpSet plot: a column a game with how many it has, a row a combination
 * whose dots say which games those are, and a bar of how many Pokémon are in exactly those.
 * Source: Lex et al., “UpSet: Visualization of Intersecting Sets”, 2014.
 */
export function gamesOption(
  games: readonly string[],
  whole: readonly ChartRow[],
  selected: readonly ChartRow[],
  chosen: readonly (readonly string[])[],
  theme: ChartTheme,
): { option: EChartsCoreOption; combinationAt(index: number): string[] | null } {
  const order = [...whole].reverse();
  const counts = new Map(selected.map((row) => [setKey(combination(row)), Number(row['n'])]));
  const picked = new Set(chosen.map(setKey));
  const opacity = (row: ChartRow) =>
    picked.size === 0 || picked.has(setKey(combination(row))) ? 1 : 0.25;
  const inGame = (game: string) =>
    selected
      .filter((row) => combination(row).includes(game))
      .reduce((sum, row) => sum + Number(row['n']), 0);
  const rows = order.map((row) => setNames(combination(row)));
  const matrix = games.length * COLUMN;
  const none = { show: false };
  const ranks = { type: 'category' as const, data: rows };
  const option: EChartsCoreOption = {
    animation: false,
    grid: [
      { left: 12, width: matrix, top: TOP, bottom: 12 },
      { left: 20 + matrix, right: 44, top: TOP, bottom: 12 },
    ],
    tooltip: {
      ...tooltip(theme),
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const row = order[dataIndex];
        if (row === undefined) return '';
        const n = counts.get(setKey(combination(row))) ?? 0;
        return `In exactly ${setNames(combination(row))}\n${n} of ${String(row['n'])} Pokémon`;
      },
    },
    xAxis: [
      {
        ...axis(theme),
        gridIndex: 0,
        type: 'category',
        position: 'top',
        data: games.map((game) => `${titleCase(game)} ${formatNumber(inGame(game))}`),
        axisLine: none,
        splitLine: none,
        axisLabel: { color: theme.ink, fontSize: 11, interval: 0, rotate: -90 },
      },
      { ...axis(theme), gridIndex: 1, type: 'value', axisLabel: none, splitLine: none },
    ],
    yAxis: [
      { ...ranks, gridIndex: 0, show: false },
      { ...ranks, gridIndex: 1, show: false },
    ],
    series: [
      {
        type: 'bar',
        id: 'all',
        name: 'all',
        xAxisIndex: 1,
        yAxisIndex: 1,
        barGap: '-100%',
        barCategoryGap: '35%',
        barMaxWidth: 44,
        itemStyle: { color: theme.ghost },
        label: {
          show: true,
          position: 'right',
          color: theme.muted,
          fontSize: 11,
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            formatNumber(counts.get(setKey(combination(order[dataIndex] ?? {}))) ?? 0),
        },
        data: order.map((row) => Number(row['n'])),
      },
      {
        type: 'bar',
        id: 'selected',
        name: 'selected',
        xAxisIndex: 1,
        yAxisIndex: 1,
        barCategoryGap: '35%',
        barMaxWidth: 44,
        data: order.map((row) => ({
          value: counts.get(setKey(combination(row))) ?? 0,
          itemStyle: { color: theme.accent, opacity: opacity(row) },
        })),
      },
      ...order.map((row, index) => ({
        type: 'line',
        id: `line ${index}`,
        silent: true,
        symbol: 'none',
        lineStyle: { color: theme.ink, width: 2, opacity: opacity(row) },
        data: combination(row).map((game) => [games.indexOf(game), index]),
      })),
      {
        type: 'scatter',
        id: 'members',
        name: 'member',
        silent: true,
        symbolSize: 11,
        z: 3,
        data: order.flatMap((row, index) =>
          games.map((game, place) => {
            const member = combination(row).includes(game);
            return {
              value: [place, index],
              itemStyle: {
                color: member ? theme.ink : theme.ghost,
                opacity: member ? opacity(row) : 1,
              },
            };
          }),
        ),
      },
    ],
  };
  return {
    option,
    combinationAt: (index) => {
      const row = order[index];
      return row === undefined ? null : combination(row);
    },
  };
}

export function setKey(games: readonly string[]): string {
  return games.join('\n');
}

export function setNames(games: readonly string[]): string {
  return games.length === 0 ? 'none of them' : games.map(titleCase).join(', ');
}

function combination(row: ChartRow): string[] {
  const games = row['combination'];
  return Array.isArray(games) ? games.map(String) : [];
}
