import { type ChartRow, OTHER_COLOR } from '../../preload/contract/chart-query';
import { isNumberColumn } from '../../preload/contract/dataset';
import { extentOf } from '../../preload/contract/extent';
import { axis, GRID, tooltip } from './base-option';
import type { ChartTheme } from './chart-theme';
import { colorLabel, colorsOf, isTypeColumn, legendLabel, ramp } from './color-scale';
import type { EChartsCoreOption } from './echarts';
import { columnTitle, formatValue } from './format';
import { typeColor } from './type-colors';

/** Kinds with a colour of their own; the rarer ones share one. */
const MOST_KINDS = 8;
const OPACITY = 0.85;
const OUTSIDE = 0.2;

/** Dots that one series draws. */
interface Dots {
  id: string;
  name: string;
  color: string;
  rows: readonly ChartRow[];
}

/**
 * One dot a Pokémon, the selection bright over the ghost of the whole. What the card's own
 * outline leaves out (`kept` has the ids inside; null without an outline) is pale.
 */
export function scatterOption(
  card: { x: string; y: string; color: string; log: boolean },
  whole: readonly ChartRow[],
  selected: readonly ChartRow[],
  kept: ReadonlySet<unknown> | null,
  theme: ChartTheme,
): {
  option: EChartsCoreOption;
  /** The plot area's upper inset in pixels. */
  top: number;
  rowAt(seriesId: string, index: number): ChartRow | null;
} {
  const usable = (row: ChartRow) => !card.log || (Number(row['x']) > 0 && Number(row['y']) > 0);
  const shown = selected.filter(usable);
  const byNumber = isNumberColumn(card.color);
  const byType = isTypeColumn(card.color);
  const place = (row: ChartRow) =>
    byNumber ? [row['x'], row['y'], row['color']] : [row['x'], row['y']];
  const scale = card.log
    ? { type: 'log' as const, logBase: 10 }
    : { type: 'value' as const, scale: true };
  const kinds = byNumber ? [] : byType ? typesOf(whole, theme) : kindsOf(whole, theme);
  const dots: readonly Dots[] = byNumber
    ? [{ id: 'selected', name: 'selected', color: theme.accent, rows: shown }]
    : kinds.map(({ label, color, has }, index) => ({
        id: `kind ${index}`,
        name: label,
        color,
        rows: shown.filter(has),
      }));
  const inside = (row: ChartRow) => kept === null || kept.has(row['id']);
  const drawn = [
    ...(kept === null
      ? []
      : dots.map((part) => ({
          ...part,
          id: `${part.id} outside`,
          rows: part.rows.filter((row) => !inside(row)),
          opacity: OUTSIDE,
        }))),
    ...dots.map((part) => ({ ...part, rows: part.rows.filter(inside), opacity: OPACITY })),
    // ECharts cannot draw a large series of nothing.
  ].filter(({ rows }) => rows.length > 0);
  const rowsOf = new Map(drawn.map(({ id, rows }) => [id, rows]));
  const rowAt = (seriesId: string, index: number) => rowsOf.get(seriesId)?.[index] ?? null;
  const top = byType ? GRID.top : 40;
  const option: EChartsCoreOption = {
    animation: false,
    grid: { ...GRID, left: 56, top },
    tooltip: {
      ...tooltip(theme),
      formatter: ({ seriesId, dataIndex }: { seriesId: string; dataIndex: number }) => {
        const row = rowAt(seriesId, dataIndex);
        if (row === null) return '';
        const color = byNumber
          ? `${columnTitle(card.color)}: ${formatValue(card.color, row['color'])}`
          : colorLabel(row['color']);
        return [
          String(row['name']),
          `${formatValue(card.x, row['x'])}, ${formatValue(card.y, row['y'])}`,
          ...(row['color'] === null ? [] : [color]),
        ].join('\n');
      },
    },
    ...(byNumber || byType
      ? {}
      : {
          legend: {
            type: 'scroll' as const,
            top: 4,
            // Switching a colour off would filter without a chip.
            selectedMode: false,
            data: kinds.map(({ label }) => label),
            formatter: legendLabel,
            textStyle: { color: theme.muted },
          },
        }),
    ...(byNumber
      ? {
          visualMap: numberLegend(
            card.color,
            whole,
            drawn.map((_, index) => index + 1),
            theme,
          ),
        }
      : {}),
    xAxis: { ...inner(axis(theme, columnTitle(card.x))), ...scale },
    yAxis: { ...inner(axis(theme, columnTitle(card.y))), ...scale, nameGap: 40 },
    series: [
      {
        type: 'scatter',
        id: 'all',
        silent: true,
        // One path for all of them: a ghost is never pointed at.
        large: whole.some(usable),
        largeThreshold: 0,
        symbolSize: 5,
        itemStyle: { color: theme.ghost },
        data: whole.filter(usable).map((row) => [row['x'], row['y']]),
      },
      ...drawn.map(({ id, name, color, rows, opacity }) => ({
        type: 'scatter' as const,
        id,
        name,
        // One path a colour; what a number colours has a colour of its own for each dot.
        large: !byNumber,
        largeThreshold: 0,
        symbolSize: 7,
        emphasis: { disabled: true },
        itemStyle: { opacity, color },
        data: rows.map(place),
      })),
    ],
  };
  return { option, top, rowAt };
}

/** One kind a type, in the types' own colours. */
function typesOf(whole: readonly ChartRow[], theme: ChartTheme) {
  return [...new Set(whole.map(({ color }) => color))].map((type) => ({
    label: String(type),
    color: typeColor(String(type), theme.dark),
    has: (row: ChartRow) => row['color'] === type,
  }));
}

/** The most frequent kinds of the whole data, so that a filter changes no colour. */
function kindsOf(whole: readonly ChartRow[], theme: ChartTheme) {
  const counts = new Map<string, { value: unknown; n: number }>();
  for (const { color } of whole) {
    const key = kindKey(color);
    const count = counts.get(key);
    if (count === undefined) counts.set(key, { value: color, n: 1 });
    else count.n += 1;
  }
  const order = [...counts].sort(([, a], [, b]) => b.n - a.n);
  const own = order.slice(0, MOST_KINDS);
  const keys = new Set(own.map(([key]) => key));
  const values = own.map(([, { value }]) => (Array.isArray(value) ? value.join() : value));
  const colors = colorsOf('', values, theme);
  return [
    ...own.map(([key, { value }], index) => ({
      label: colorLabel(value),
      color: colors[index] ?? theme.accent,
      has: (row: ChartRow) => kindKey(row['color']) === key,
    })),
    ...(order.length > MOST_KINDS
      ? [
          {
            label: `${colorLabel(OTHER_COLOR)} (${order.length - MOST_KINDS})`,
            color: theme.muted,
            has: (row: ChartRow) => !keys.has(kindKey(row['color'])),
          },
        ]
      : []),
  ];
}

/** Every kind asks every dot: a list is spelt out once, however often it is asked for. */
const listKeys = new WeakMap<object, string>();

function kindKey(color: unknown): string {
  if (typeof color !== 'object' || color === null) return `${typeof color} ${String(color)}`;
  let key = listKeys.get(color);
  if (key === undefined) {
    key = JSON.stringify(color);
    listKeys.set(color, key);
  }
  return key;
}

function numberLegend(
  column: string,
  whole: readonly ChartRow[],
  seriesIndex: readonly number[],
  theme: ChartTheme,
) {
  const values = whole.map((row) => row['color']).filter((value) => typeof value === 'number');
  const [low, high] = extentOf(values) ?? [0, 1];
  return {
    type: 'continuous' as const,
    min: low,
    max: high,
    dimension: 2,
    seriesIndex: [...seriesIndex],
    calculable: false,
    hoverLink: false,
    orient: 'horizontal' as const,
    top: 4,
    left: 'center' as const,
    itemWidth: 10,
    itemHeight: 120,
    text: [
      `${columnTitle(column)}  ${formatValue(column, high)}`,
      formatValue(column, low),
    ] as const,
    textStyle: { color: theme.muted, fontSize: 11 },
    inRange: { color: [...ramp(theme)] },
    outOfRange: { color: theme.muted },
  };
}

/** The axes end a little beyond the data, at no round number: those ends stay unlabelled. */
function inner(axis: { axisLabel: object }) {
  return { ...axis, axisLabel: { ...axis.axisLabel, showMinLabel: false, showMaxLabel: false } };
}
