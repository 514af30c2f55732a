import type { ChartRow } from '../../preload/contract/chart-query';
import { axis, plotArea, still, STILL_LAYER, tooltip, within } from './base-option';
import type { ChartTheme } from './chart-theme';
import { color, type EChartsCoreOption } from './echarts';
import { titleCase } from './format';
import { type Mark, type Marks } from './live-marks';
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

const GRID = plotArea({ left: 72, right: 36, top: 4, bottom: 24 });
const GAP = 0.22;
const UNDER_LEGEND = 26;
const SECOND = 0.55;
const NOT_CHOSEN = 0.25;

/** Bars from the lowest type up, as the category axis counts them. */
function upwards(whole: readonly TypeCount[]): TypeCount[] {
  return [...whole].reverse();
}

function byType(counts: readonly TypeCount[]): ReadonlyMap<string, TypeCount> {
  return new Map(counts.map((count) => [count.type, count]));
}

/** Axes and the ghost of the whole: what no filter changes. `selected` is asked when pointed at. */
export function typesGhost(
  whole: readonly TypeCount[],
  selected: () => readonly TypeCount[],
  theme: ChartTheme,
) {
  const order = upwards(whole);
  return {
    animation: false,
    grid: GRID,
    tooltip: {
      ...tooltip(theme),
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const all = order[dataIndex];
        if (all === undefined) return '';
        const now = byType(selected()).get(all.type);
        const n = (now?.first ?? 0) + (now?.second ?? 0);
        return `${titleCase(all.type)}\n${n} of ${all.first + all.second} Pokémon\n${now?.first ?? 0} as first type, ${now?.second ?? 0} as second`;
      },
    },
    xAxis: still({ ...axis(theme), type: 'value' as const, minInterval: 1, splitNumber: 4 }),
    yAxis: still({
      ...axis(theme),
      type: 'category' as const,
      data: order.map(({ type }) => titleCase(type)),
      axisLabel: { color: theme.ink, fontSize: 11, ...within(62) },
      splitLine: { show: false },
    }),
    series: [
      {
        type: 'bar' as const,
        id: 'all',
        name: 'all',
        zlevel: STILL_LAYER,
        barGap: '-100%',
        barCategoryGap: `${GAP * 100}%`,
        itemStyle: { color: theme.ghost },
        data: order.map(({ first, second }) => first + second),
      },
    ],
  };
}

/** A bar a type: first slot solid, second slot pale. */
export function typesMarks(
  whole: readonly TypeCount[],
  selected: readonly TypeCount[],
  chosen: readonly string[],
  theme: ChartTheme,
): Marks {
  const order = upwards(whole);
  const counts = byType(selected);
  return ({ height, at }) => {
    const band = (height - GRID.top - GRID.bottom) / order.length;
    const [left] = at(0, 0);
    const unit = at(1, 0)[0] - left;
    return order.flatMap(({ type }, index) => {
      const { first = 0, second = 0 } = counts.get(type) ?? {};
      const y = height - GRID.bottom - band * (index + 1 - GAP / 2);
      const bar = (from: number, to: number, opacity: number): Mark => ({
        color: typeColor(type, theme.dark),
        opacity: opacity * brightness(type, chosen),
        trace(path) {
          path.rect(left + unit * from, y, unit * (to - from), band * (1 - GAP));
        },
      });
      return [
        ...(first > 0 ? [bar(0, first, 1)] : []),
        ...(second > 0 ? [bar(first, first + second, SECOND)] : []),
      ];
    });
  };
}

/** All of it in one picture. */
export function typesOption(
  whole: readonly TypeCount[],
  selected: readonly TypeCount[],
  chosen: readonly string[],
  theme: ChartTheme,
): EChartsCoreOption {
  const counts = byType(selected);
  const bars = (slot: 'first' | 'second', opacity: number) =>
    upwards(whole).map(({ type }) => ({
      value: counts.get(type)?.[slot] ?? 0,
      itemStyle: {
        color: typeColor(type, theme.dark),
        opacity: opacity * brightness(type, chosen),
      },
    }));
  const ghost = typesGhost(whole, () => selected, theme);
  const slots = { 'first type': 1, 'second type': SECOND };
  return {
    ...ghost,
    grid: { ...GRID, top: GRID.top + UNDER_LEGEND },
    // On the screen it stands in the card's head.
    legend: {
      top: 0,
      data: Object.keys(slots),
      itemWidth: 12,
      itemHeight: 12,
      textStyle: { color: theme.muted },
    },
    series: [
      ...ghost.series,
      // Each bar has its type's colour: these have the legend's.
      ...Object.entries(slots).map(([name, opacity]) => ({
        type: 'bar' as const,
        id: `legend ${name}`,
        name,
        stack: 'selected',
        itemStyle: { color: String(color.lerp(opacity, [theme.surface, theme.muted])) },
        data: [] as number[],
      })),
      {
        type: 'bar',
        id: 'first',
        name: 'in the first slot',
        stack: 'selected',
        data: bars('first', 1),
      },
      {
        type: 'bar',
        id: 'second',
        name: 'in the second slot',
        stack: 'selected',
        data: bars('second', SECOND),
      },
    ],
  };
}

function brightness(type: string, chosen: readonly string[]): number {
  return chosen.length === 0 || chosen.includes(type) ? 1 : NOT_CHOSEN;
}
