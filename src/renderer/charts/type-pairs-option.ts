import type { ChartRow } from '../../preload/contract/chart-query';
import { highestOf } from '../../preload/contract/extent';
import { axis, plotArea, tooltip } from './base-option';
import type { ChartTheme } from './chart-theme';
import type { EChartsCoreOption } from './echarts';
import { titleCase } from './format';

export interface TypePair {
  type_1: string;
  type_2: string | null;
}

const SINGLE = 'one type';

/** A square a pair: first type down, second type across; one hue from pale to full. */
export function typePairsOption(
  whole: readonly ChartRow[],
  selected: readonly ChartRow[],
  chosen: readonly TypePair[],
  theme: ChartTheme,
): {
  option: EChartsCoreOption;
  pairAt(x: number, y: number): TypePair | null;
  /** The count at which the hue is full, and the hue's ends. */
  scale: { most: number; colors: [string, string] };
} {
  const key = (row: ChartRow | TypePair) =>
    `${String(row['type_1' as never])} ${String(row['type_2' as never])}`;
  const seconds = [null, ...names(whole, 'type_2')];
  const firsts = names(whole, 'type_1').reverse();
  const counts = new Map(selected.map((row) => [key(row), Number(row['n'])]));
  const isChosen = new Set(chosen.map(key));
  const data = whole.map((row) => {
    const n = counts.get(key(row)) ?? 0;
    const second = row['type_2'] === null ? null : String(row['type_2']);
    return {
      value: [seconds.indexOf(second), firsts.indexOf(String(row['type_1'])), n],
      itemStyle: {
        opacity: isChosen.size === 0 || isChosen.has(key(row)) ? 1 : 0.25,
        ...(n === 0 ? { color: theme.ghost } : {}),
        borderColor: theme.surface,
        borderWidth: 1,
      },
    };
  });
  const most = highestOf(whole.map((row) => Number(row['n'])).filter(Number.isFinite), 1);
  const paired = whole.filter((row) => row['type_2'] !== null);
  const mostPaired = highestOf(
    paired.map((row) => Number(row['n'])),
    1,
  );
  // Single types would drown every pair; the scale ends at the most frequent real pair.
  const scaleEnd = Math.min(most, mostPaired * 1.5);
  const colors: [string, string] = theme.dark ? ['#26344f', '#6ea0ff'] : ['#d6e4ff', '#1f4fa8'];
  const label = { color: theme.muted, fontSize: 10, interval: 0 };
  const option: EChartsCoreOption = {
    animation: false,
    grid: plotArea({ left: 62, right: 8, top: 8, bottom: 58 }),
    tooltip: {
      ...tooltip(theme),
      formatter: ({ value }: { value: [number, number, number] }) =>
        `${titleCase(firsts[value[1]] ?? '')} / ${titleCase(seconds[value[0]] ?? SINGLE)}\n${value[2]} Pokémon`,
    },
    xAxis: {
      ...axis(theme),
      type: 'category',
      data: seconds.map((type) => titleCase(type ?? SINGLE)),
      axisLabel: { ...label, rotate: 60 },
      splitLine: { show: false },
    },
    yAxis: {
      ...axis(theme),
      type: 'category',
      data: firsts.map(titleCase),
      axisLabel: label,
      splitLine: { show: false },
    },
    visualMap: {
      show: false,
      min: 0,
      max: scaleEnd,
      inRange: { color: colors },
    },
    series: [
      { type: 'heatmap', id: 'pairs', data, emphasis: { itemStyle: { borderColor: theme.ink } } },
    ],
  };
  return {
    option,
    scale: { most: Math.round(scaleEnd), colors },
    pairAt: (x, y) => {
      const type_1 = firsts[y];
      const type_2 = seconds[x];
      return type_1 === undefined || type_2 === undefined ? null : { type_1, type_2 };
    },
  };
}

function names(rows: readonly ChartRow[], column: string): string[] {
  const found = rows.map((row) => row[column]).filter((value) => typeof value === 'string');
  return [...new Set(found)].sort();
}
