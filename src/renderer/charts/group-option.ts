import type { ChartRow } from '../../preload/contract/chart-query';
import { isNumberColumn, isWholeColumn } from '../../preload/contract/dataset';
import { highestOf } from '../../preload/contract/extent';
import { type Filter, momentOf } from '../../preload/contract/filters';
import { axis, binAxes, GRID, plotArea, tooltip } from './base-option';
import type { ChartTheme } from './chart-theme';
import { colorLabel, colorsOf, isTypeColumn, legendWords } from './color-scale';
import type { EChartsCoreOption } from './echarts';
import { binWords, columnTitle, formatNumber, formatValue, measureTitle } from './format';
import { typeColor } from './type-colors';

export interface GroupShape {
  shape: 'bar' | 'line';
  x: string;
  y?: string | undefined;
  color?: string | undefined;
  aggregate: string;
}

/** A place on the x axis: a bin of numbers (`x1` is its upper edge) or a value. */
export interface GroupKey {
  x: unknown;
  x1: unknown;
  label: string;
}

/** Parts that add up to a whole may be stacked and ghosted by it; medians may not. */
const ADDS_UP = ['count', 'sum'];

export interface DrawnGroup {
  option: EChartsCoreOption;
  keys: readonly GroupKey[];
  /** The plot area's insets in pixels. */
  inset: { left: number; right: number; top: number; bottom: number };
}

/** Bars or lines of one aggregate by a column, one series a colour, the whole as a ghost behind. */
export function groupOption(
  card: GroupShape,
  whole: readonly ChartRow[],
  selected: readonly ChartRow[],
  own: Filter | null,
  theme: ChartTheme,
): DrawnGroup {
  const keys = groupKeys(card.x, whole);
  const places = new Map(keys.map((key, index) => [keyText(key.x), index]));
  const colors = distinctColors(card.color, whole);
  const paint = colorsOf(
    card.color,
    colors.map(({ value }) => value),
    theme,
  );
  const colored = card.color !== undefined;
  const stacked = card.shape === 'bar' && ADDS_UP.includes(card.aggregate);
  const measure =
    card.aggregate === 'count' ? 'Pokémon' : measureTitle(card.aggregate, card.y ?? '');
  // A mean or a median of whole numbers may lie between them.
  const isWhole =
    card.aggregate === 'count' ||
    (['sum', 'min', 'max'].includes(card.aggregate) && isWholeColumn(card.y ?? ''));
  const amount = (value: unknown) =>
    card.aggregate === 'count' ? formatNumber(value) : formatValue(card.y ?? '', value);
  const byPlace = (rows: readonly ChartRow[], adding: boolean) => {
    const values: (number | null)[] = keys.map(() => null);
    for (const { x, y } of rows) {
      const place = places.get(keyText(x));
      if (place === undefined || typeof y !== 'number') continue;
      values[place] = adding ? (values[place] ?? 0) + y : y;
    }
    return values;
  };
  const ghost = colored && !stacked ? null : byPlace(whole, true);
  const bright = (index: number) => isChosen(keys[index], own) ?? true;
  const paintOf = (index: number, key: GroupKey | undefined) =>
    !colored && isTypeColumn(card.x) && key?.x !== null
      ? typeColor(String(key?.x), theme.dark)
      : (paint[index] ?? theme.accent);
  const binned = keys.length > 0 && keys.every(isBin);
  const named = binned ? LETTER * widestNumber(whole, selected, stacked) : 0;
  const inset = {
    left: Math.max(56, named + 36),
    right: GRID.right,
    top: colored ? 36 : 12,
    bottom: binned ? GRID.bottom : 56,
  };
  const across = axis(theme, columnTitle(card.x));
  const labels = placeLabels(keys);
  const option: EChartsCoreOption = {
    animation: false,
    // Names of any length: the plot gives way to them. Over numbers lies a brush, which must not.
    grid: binned ? plotArea(inset) : { ...inset, outerBoundsMode: 'auto' as const },
    tooltip: {
      ...tooltip(theme),
      formatter: (param: { seriesName: string; dataIndex: number; value: number | null }) =>
        [
          keys[param.dataIndex]?.label ?? '',
          ...(colored ? [param.seriesName] : []),
          `${measure}: ${amount(param.value)}`,
        ].join('\n'),
    },
    ...(colored
      ? {
          legend: {
            type: 'scroll' as const,
            top: 4,
            // Switching a colour off would filter without a chip.
            selectedMode: false,
            data: colors.map(({ label }) => label),
            formatter: legendWords(
              card.color ?? '',
              colors.map(({ label }) => label),
            ),
            textStyle: { color: theme.muted },
          },
        }
      : {}),
    xAxis: binned
      ? binAxes(
          theme,
          columnTitle(card.x),
          keys.filter(isBin).map(({ x, x1 }) => ({ x0: x, x1 })),
        )
      : {
          ...across,
          type: 'category',
          data: keys.map((key) => key.label),
          axisLabel: { ...across.axisLabel, ...labels.label },
          splitLine: { show: false },
          nameGap: labels.nameGap,
        },
    yAxis: {
      ...axis(theme, measure),
      type: 'value',
      ...(isWhole ? { minInterval: 1 } : {}),
      nameGap: Math.max(42, named + 18),
    },
    series: [
      ...(ghost === null
        ? []
        : [
            {
              type: card.shape,
              id: `${card.shape} all`,
              name: 'all',
              silent: true,
              barGap: '-100%',
              showSymbol: false,
              itemStyle: { color: theme.ghost },
              lineStyle: { color: theme.ghost },
              data: ghost,
            },
          ]),
      ...colors.map(({ key, label }, index) => ({
        type: card.shape,
        id: `${card.shape} ${key}`,
        name: colored ? label : measure,
        ...(colored && stacked ? { stack: 'all' } : {}),
        // Each place has one colour: it need not leave room for the others'.
        ...(card.color === card.x && card.shape === 'bar' ? { barGap: '-100%' } : {}),
        ...(card.shape === 'line' ? { connectNulls: false, symbolSize: 6 } : {}),
        itemStyle: { color: paint[index] ?? theme.accent },
        data: byPlace(
          selected.filter((row) => keyText(row['color']) === key),
          false,
        ).map((value, place) => ({
          value,
          itemStyle: { color: paintOf(index, keys[place]), opacity: bright(place) ? 1 : 0.25 },
        })),
      })),
    ],
  };
  return { option, keys, inset };
}

/** Places by name that all get their label, aslant where they would not fit side by side. */
const MOST_NAMED = 24;
const MOST_LEVEL = 6;
const ASLANT = 60;
/** Pixels: of a label, and of a letter at the axes' size. */
const WIDEST = 72;
const LETTER = 6;

/** The labels under the places and how far below them the axis' name stands. */
function placeLabels(keys: readonly GroupKey[]) {
  // A web address would leave its bars half the card.
  const short = { width: WIDEST, overflow: 'truncate' as const };
  if (keys.length > MOST_NAMED) return { label: short, nameGap: 36 };
  const all = { ...short, interval: 0, hideOverlap: false };
  if (keys.length <= MOST_LEVEL) return { label: { ...all, rotate: 0 }, nameGap: 36 };
  const longest = highestOf(
    keys.map(({ label }) => label.length * LETTER),
    0,
  );
  const nameGap = Math.round(Math.min(WIDEST, longest) * Math.sin((ASLANT * Math.PI) / 180)) + 20;
  return { label: { ...all, rotate: ASLANT }, nameGap };
}

/** Letters of the longest number beside the y axis, about. */
function widestNumber(
  whole: readonly ChartRow[],
  selected: readonly ChartRow[],
  stacked: boolean,
): number {
  const values = [...whole, ...selected].map(({ y }) => Math.abs(Number(y)));
  // Colours of one place stand on each other.
  return formatNumber(Math.ceil(highestOf(values, 0)) * (stacked ? 10 : 1), 0).length;
}

export function isBin(key: GroupKey): key is GroupKey & { x: number; x1: number } {
  return typeof key.x === 'number' && typeof key.x1 === 'number';
}

/** Whether a filter keeps what stands at a key; null where there is no filter. */
export function isChosen(key: GroupKey | undefined, filter: Filter | null): boolean | null {
  if (filter === null || key === undefined) return null;
  if (filter.kind === 'range' && isBin(key)) {
    const [min, max] = [momentOf(filter.min ?? -Infinity), momentOf(filter.max ?? Infinity)];
    const { below } = filter;
    return key.x1 > min && (below === true ? key.x < max : key.x <= max);
  }
  if (filter.kind !== 'one-of') return null;
  return filter.values.some((value) => keyText(value) === keyText(key.x));
}

/** All places of the whole data, the bins between them that hold nothing included. */
function groupKeys(column: string, whole: readonly ChartRow[]): GroupKey[] {
  const keys = new Map(
    whole.map(({ x, x1 }) => {
      return [keyText(x), { x, x1: x1 ?? null, label: keyLabel(column, x, x1) }] as const;
    }),
  );
  const known = [...keys.values()];
  if (!isNumberColumn(column)) return known;
  const bins = known.filter(isBin).sort((a, b) => a.x - b.x);
  const [first] = bins;
  const last = bins.at(-1);
  if (first === undefined || last === undefined || first.x1 === first.x) return bins;
  const width = first.x1 - first.x;
  return Array.from({ length: Math.round((last.x - first.x) / width) + 1 }, (_, place) => {
    const x = first.x + place * width;
    const there = bins.find((bin) => Math.abs(bin.x - x) < width / 2);
    return there ?? { x, x1: x + width, label: binWords(column, x, x + width) };
  });
}

function distinctColors(column: string | undefined, whole: readonly ChartRow[]) {
  const colors = new Map(
    whole.map(({ color, color1 }) => {
      const value = color ?? null;
      const label = keyLabel(column ?? '', value, color1);
      return [keyText(value), { key: keyText(value), value, label }];
    }),
  );
  return [...colors.values()].sort((a, b) => {
    if (a.value === null || b.value === null) return a.value === null ? 1 : -1;
    if (typeof a.value === 'number' && typeof b.value === 'number') return a.value - b.value;
    // What is no value of its own comes last.
    const other = Number(a.label === 'Other') - Number(b.label === 'Other');
    return other !== 0 ? other : String(a.value) < String(b.value) ? -1 : 1;
  });
}

/** A bin by what it holds, `upper` being its upper edge; anything else by its name. */
function keyLabel(column: string, value: unknown, upper: unknown): string {
  return typeof upper === 'number' ? binWords(column, value, upper) : colorLabel(column, value);
}

/** The engine groups by text; a filter has the value itself. */
function keyText(value: unknown): string {
  return value === null || value === undefined ? '' : `=${String(value)}`;
}
