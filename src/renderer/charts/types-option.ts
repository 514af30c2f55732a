import type { ChartRow } from '../../preload/contract/chart-query';
import { axis, plotArea, tooltip } from './base-option';
import type { ChartTheme } from './chart-theme';
import type { EChartsCoreOption } from './echarts';
import { titleCase } from './format';
import { typeColor } from './type-colors';

export interface TypeCount {
  type: string;
  first: number;
  second: number;
}

export function toTypeCounts(rows: readonly ChartRow[]): TypeCount[] {
  return rows.map((row) => ({
    type: String(row['type']),
    first: Number(row['first']),
    second: Number(row['second']),
  }));
}

/** A bar a type: first slot solid, second slot pale, the whole as a ghost behind. */
export function typesOption(
  whole: readonly TypeCount[],
  selected: readonly TypeCount[],
  chosen: readonly string[],
  theme: ChartTheme,
): EChartsCoreOption {
  const order = [...whole].reverse();
  const counts = new Map(selected.map((count) => [count.type, count]));
  const bright = (type: string) => chosen.length === 0 || chosen.includes(type);
  const bars = (slot: 'first' | 'second', opacity: number) =>
    order.map(({ type }) => ({
      value: counts.get(type)?.[slot] ?? 0,
      itemStyle: {
        color: typeColor(type, theme.dark),
        opacity: bright(type) ? opacity : opacity * 0.25,
      },
    }));
  return {
    animation: false,
    grid: plotArea({ left: 72, right: 36, top: 4, bottom: 24 }),
    tooltip: {
      ...tooltip(theme),
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const all = order[dataIndex];
        if (all === undefined) return '';
        const now = counts.get(all.type);
        const n = (now?.first ?? 0) + (now?.second ?? 0);
        return `${titleCase(all.type)}\n${n} of ${all.first + all.second} Pokémon\n${now?.first ?? 0} as first type, ${now?.second ?? 0} as second`;
      },
    },
    xAxis: { ...axis(theme), type: 'value', splitNumber: 4 },
    yAxis: {
      ...axis(theme),
      type: 'category',
      data: order.map(({ type }) => titleCase(type)),
      axisLabel: { color: theme.ink, fontSize: 11, interval: 0 },
      splitLine: { show: false },
    },
    series: [
      {
        type: 'bar',
        id: 'all',
        name: 'all',
        barGap: '-100%',
        barCategoryGap: '22%',
        itemStyle: { color: theme.ghost },
        data: order.map(({ first, second }) => first + second),
      },
      { type: 'bar', id: 'first', name: 'first type', stack: 'selected', data: bars('first', 1) },
      {
        type: 'bar',
        id: 'second',
        name: 'second type',
        stack: 'selected',
        data: bars('second', 0.55),
      },
    ],
  };
}
