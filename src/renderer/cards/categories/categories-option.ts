import type { Scalar } from '../../../preload/contract/descriptor';
import type { Answers } from '../../../preload/contract/questions';
import { axis, plotArea, still, STILL_LAYER, tooltip, within } from '../../charts/base-option';
import type { ChartTheme } from '../../charts/chart-theme';
import { paletteColor } from '../../charts/color-scale';
import { color, type EChartsCoreOption } from '../../charts/echarts';
import { formatNumber, labelWithin, valueLabel } from '../../charts/format';
import type { Mark, Marks } from '../../charts/live-marks';
import { outlineMark } from '../../charts/outlines';
import { rowsNoun } from '../../state/column-words';

/** How many rows have a value in each of the columns. */
export interface ValueCount {
  value: Scalar;
  n: readonly number[];
}

/** The counts of the version that is compared with. */
export interface ComparedCounts {
  version: number;
  counts: readonly ValueCount[];
}

/** The values that a card of `most` shows, the most frequent first. */
export function toValueCounts(
  answer: Answers['counts'] | null | undefined,
  most = Infinity,
): ValueCount[] {
  return (answer?.values ?? []).slice(0, most);
}

const GRID = plotArea({ left: 72, right: 36, top: 4, bottom: 24 });
const GAP = 0.22;
const UNDER_LEGEND = 26;
const NOT_CHOSEN = 0.25;
/** The second of two columns, the third and so on: paler and paler. */
const FADING = 0.55;

export function slotOpacity(slot: number): number {
  return FADING ** slot;
}

/** Bars from the lowest value up, as the category axis counts them. */
function upwards(whole: readonly ValueCount[]): ValueCount[] {
  return [...whole].reverse();
}

function byValue(counts: readonly ValueCount[]): ReadonlyMap<Scalar, ValueCount> {
  return new Map(counts.map((count) => [count.value, count]));
}

export function sum(numbers: readonly number[] = []): number {
  return numbers.reduce((total, n) => total + n, 0);
}

/** `3 as first type, 2 as second type`. */
function partsText(columns: readonly string[], n: readonly number[] = []): string {
  return columns
    .map((column, at) => `${formatNumber(n[at] ?? 0)} as ${labelWithin(column)}`)
    .join(', ');
}

/**
 * Axes and the ghost of the whole: what no filter changes. `selected` is asked when pointed at. `end`:
 * where the axis of counts ends, if not where the whole's does.
 */
export function categoriesGhost(
  columns: readonly string[],
  whole: readonly ValueCount[],
  selected: () => readonly ValueCount[],
  theme: ChartTheme,
  end: number | null = null,
  before: ComparedCounts | null = null,
) {
  const order = upwards(whole);
  const [column = ''] = columns;
  const isCut = end !== null && order.some(({ n }) => sum(n) > end);
  return {
    animation: false,
    grid: GRID,
    tooltip: {
      ...tooltip(theme),
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const all = order[dataIndex];
        if (all === undefined) return '';
        const now = byValue(selected()).get(all.value)?.n;
        return [
          valueLabel(column, all.value),
          `${formatNumber(sum(now))} of ${formatNumber(sum(all.n))} ${rowsNoun()}`,
          ...(columns.length > 1 ? [partsText(columns, now)] : []),
          ...(before === null
            ? []
            : [
                `${formatNumber(sum(byValue(before.counts).get(all.value)?.n))} in version ${before.version}`,
              ]),
        ].join('\n');
      },
    },
    xAxis: still({
      ...axis(theme),
      type: 'value' as const,
      minInterval: 1,
      splitNumber: 4,
      ...(end === null ? {} : { max: end }),
    }),
    yAxis: still({
      ...axis(theme),
      type: 'category' as const,
      data: order.map(({ value }) => valueLabel(column, value)),
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
        // Cut off at the end of the scale, it only says where there is anything.
        itemStyle: { color: theme.ghost, opacity: isCut ? 0.4 : 1 },
        data: order.map(({ n }) => sum(n)),
      },
    ],
  };
}

/** One bar per value: its part in the first column solid, in the others pale. */
export function categoriesMarks(
  columns: readonly string[],
  whole: readonly ValueCount[],
  selected: readonly ValueCount[],
  chosen: readonly Scalar[],
  theme: ChartTheme,
  before: ComparedCounts | null = null,
): Marks {
  const order = upwards(whole);
  const counts = byValue(selected);
  return ({ height, inset, at }) => {
    const band = (height - inset.top - inset.bottom) / order.length;
    const [left] = at(0, 0);
    const unit = at(1, 0)[0] - left;
    const top = (index: number) => height - inset.bottom - band * (index + 1 - GAP / 2);
    const bars = order.flatMap(({ value }, index) => {
      const n = counts.get(value)?.n ?? [];
      const y = top(index);
      return n.flatMap((length, slot): Mark[] => {
        if (length === 0) return [];
        const from = sum(n.slice(0, slot));
        return [
          {
            color: barColor(columns, value, theme),
            opacity: slotOpacity(slot) * brightness(value, chosen),
            trace(path) {
              path.rect(left + unit * from, y, unit * length, band * (1 - GAP));
            },
          },
        ];
      });
    });
    if (before === null) return bars;
    const countsBefore = byValue(before.counts);
    const outlines = outlineMark(theme, (path) => {
      for (const [index, { value }] of order.entries()) {
        const n = sum(countsBefore.get(value)?.n);
        if (n > 0) path.rect(left, top(index), unit * n, band * (1 - GAP));
      }
    });
    return [...bars, outlines];
  };
}

/** The legend of a picture; on the screen it stands in the card's head. */
export function withSlotsLegend(
  ghost: ReturnType<typeof categoriesGhost>,
  columns: readonly string[],
  theme: ChartTheme,
): EChartsCoreOption {
  if (columns.length === 1) return ghost;
  return {
    ...ghost,
    grid: { ...GRID, top: GRID.top + UNDER_LEGEND },
    legend: {
      top: 0,
      data: columns.map(labelWithin),
      itemWidth: 12,
      itemHeight: 12,
      textStyle: { color: theme.muted },
    },
    series: [
      ...ghost.series,
      // Each bar has its value's colour: these have the legend's.
      ...columns.map((column, slot) => ({
        type: 'bar' as const,
        id: `legend ${slot}`,
        name: labelWithin(column),
        stack: 'legend',
        barGap: '-100%',
        itemStyle: { color: String(color.lerp(slotOpacity(slot), [theme.surface, theme.muted])) },
        data: [] as number[],
      })),
    ],
  };
}

function barColor([column = '']: readonly string[], value: Scalar, theme: ChartTheme): string {
  return paletteColor(column, value, theme) ?? theme.accent;
}

function brightness(value: Scalar, chosen: readonly Scalar[]): number {
  return chosen.length === 0 || chosen.includes(value) ? 1 : NOT_CHOSEN;
}
