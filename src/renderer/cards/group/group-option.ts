import type { Scalar } from '../../../preload/contract/descriptor';
import { highestOf } from '../../../preload/contract/extent';
import { type Answers, OTHER_COLOR } from '../../../preload/contract/questions';
import { type Filter, momentOf } from '../../../preload/contract/filters';
import { axis, binAxes, GRID, plotArea, tooltip } from '../../charts/base-option';
import type { ChartTheme } from '../../charts/chart-theme';
import { colorLabel, colorsOf, legendWords, paletteColor } from '../../charts/color-scale';
import type { EChartsCoreOption } from '../../charts/echarts';
import {
  binWords,
  columnTitle,
  formatNumber,
  formatValue,
  measureTitle,
} from '../../charts/format';
import type { Marks } from '../../charts/live-marks';
import { outlineMark } from '../../charts/outlines';
import { holdsWholes, rowsTitle } from '../../state/column-words';

export interface GroupShape {
  shape: 'bar' | 'line';
  x: string;
  y?: string | undefined;
  color?: string | undefined;
  aggregate: string;
}

/** What is drawn of an answer. */
export type Groups = Pick<Answers['group'], 'groups' | 'edges'>;
type Group = Groups['groups'][number];

/** The groups of the version that is compared with. */
export interface ComparedGroups {
  version: number;
  groups: readonly Group[];
}

/** A place on the x axis: a bin of numbers or moments (`x1` is its upper edge) or a value. */
export interface GroupKey {
  x: Scalar;
  x1: number | null;
  label: string;
}

/** Parts that add up to a whole may be stacked and ghosted by it; medians may not. */
const ADDS_UP = ['count', 'sum'];

export interface DrawnGroup {
  option: EChartsCoreOption;
  /** Outlines that no series of ECharts can put over bars that stand side by side. */
  marks?: Marks;
  keys: readonly GroupKey[];
  /** The plot area's insets in pixels. */
  inset: { left: number; right: number; top: number; bottom: number };
}

/** Bars or lines of one aggregate by a column, one series a colour, the whole as a ghost behind. */
export function groupOption(
  card: GroupShape,
  whole: Groups,
  selected: Groups,
  own: Filter | null,
  theme: ChartTheme,
  before: ComparedGroups | null = null,
): DrawnGroup {
  const keys = groupKeys(card.x, whole, before?.groups ?? []);
  const places = new Map(keys.map((key, index) => [keyText(key.x), index]));
  const colors = distinctColors(card.color, [...whole.groups, ...(before?.groups ?? [])]);
  const paint = colorsOf(
    card.color,
    colors.map(({ value }) => value),
    theme,
  );
  const colored = card.color !== undefined;
  const stacked = card.shape === 'bar' && ADDS_UP.includes(card.aggregate);
  const measure =
    card.aggregate === 'count' ? rowsTitle() : measureTitle(card.aggregate, card.y ?? '');
  // A mean or a median of whole numbers may lie between them.
  const isWhole =
    card.aggregate === 'count' ||
    (['sum', 'min', 'max'].includes(card.aggregate) && holdsWholes(card.y ?? ''));
  const amount = (value: unknown) =>
    card.aggregate === 'count' ? formatNumber(value) : formatValue(card.y ?? '', value);
  const byPlace = (groups: readonly Group[], adding: boolean) => {
    const values: (number | null)[] = keys.map(() => null);
    for (const { x, y } of groups) {
      const place = places.get(keyText(x));
      if (place === undefined || y === null) continue;
      values[place] = adding ? (values[place] ?? 0) + y : y;
    }
    return values;
  };
  const ghost = colored && !stacked ? null : byPlace(whole.groups, true);
  const ofColor = (groups: readonly Group[], key: string) =>
    byPlace(
      groups.filter((group) => keyText(group.color) === key),
      false,
    );
  const isAlone = card.color === card.x;
  const isGrouped = colored && !stacked && !(isAlone && card.shape === 'bar');
  const outlines =
    before === null
      ? []
      : isGrouped
        ? colors.map(({ key }, index) => ({
            key: ` ${key}`,
            color: paint[index] ?? theme.accent,
            values: ofColor(before.groups, key),
          }))
        : [{ key: '', color: theme.ink, values: byPlace(before.groups, true) }];
  const isBars = isGrouped && card.shape === 'bar';
  const beforeOf = (seriesId: string, index: number) => {
    const key = seriesId.slice(`${card.shape} `.length);
    return before === null ? null : (ofColor(before.groups, key)[index] ?? null);
  };
  const bright = (index: number) => isChosen(keys[index], own) ?? true;
  const paintOf = (index: number, key: GroupKey | undefined) =>
    (!colored && key !== undefined && key.x !== null
      ? paletteColor(card.x, key.x, theme)
      : undefined) ??
    paint[index] ??
    theme.accent;
  const binned = keys.length > 0 && keys.every(isBin);
  const named = binned
    ? LETTER *
      widestNumber([...whole.groups, ...selected.groups, ...(before?.groups ?? [])], stacked)
    : 0;
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
      formatter: (param: {
        seriesId: string;
        seriesName: string;
        dataIndex: number;
        value: number | null;
      }) =>
        [
          keys[param.dataIndex]?.label ?? '',
          ...(colored ? [param.seriesName] : []),
          `${measure}: ${amount(param.value)}`,
          ...(before === null
            ? []
            : [
                `${amount(beforeOf(param.seriesId, param.dataIndex))} in version ${before.version}`,
              ]),
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
          card.x,
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
      ...outlines.map(({ key, color, values }) => ({
        // Beside bars that stand side by side it only makes room on the axis: marks are drawn.
        type: isBars ? 'line' : card.shape,
        id: `before${key}`,
        name: 'before',
        silent: true,
        z: 5,
        ...(isBars ? {} : { barGap: '-100%' }),
        showSymbol: false,
        itemStyle: { color: 'transparent', borderColor: theme.ink, borderWidth: 1.5 },
        lineStyle: { color, width: isBars ? 0 : 1.5, type: 'dashed' as const },
        data: values,
      })),
      ...colors.map(({ key, label }, index) => ({
        type: card.shape,
        id: `${card.shape} ${key}`,
        name: colored ? label : measure,
        ...(colored && stacked ? { stack: 'all' } : {}),
        // Each place has one colour: it need not leave room for the others'.
        ...(isAlone && card.shape === 'bar'
          ? { barGap: '-100%' }
          : isBars
            ? { barGap: `${BETWEEN * 100}%`, barCategoryGap: `${APART * 100}%` }
            : {}),
        ...(card.shape === 'line' ? { connectNulls: false, symbolSize: 6 } : {}),
        itemStyle: { color: paint[index] ?? theme.accent },
        data: ofColor(selected.groups, key).map((value, place) => ({
          value,
          itemStyle: { color: paintOf(index, keys[place]), opacity: bright(place) ? 1 : 0.25 },
        })),
      })),
    ],
  };
  return {
    option,
    keys,
    inset,
    ...(isBars && before !== null
      ? {
          marks: sideBySide(
            outlines.map(({ values }) => values),
            theme,
          ),
        }
      : {}),
  };
}

/** Shares of a bar between bars of one place, and of a place between places. */
const BETWEEN = 0.1;
const APART = 0.2;

/** Outlines over bars that stand side by side at each place, where ECharts has put these. */
function sideBySide(series: readonly (readonly (number | null)[])[], theme: ChartTheme): Marks {
  return ({ width, inset, at }) => {
    const places = series[0]?.length ?? 0;
    const band = places > 1 ? at(1, 0)[0] - at(0, 0)[0] : width - inset.left - inset.right;
    const all = band * (1 - APART);
    const bar = all / (series.length + BETWEEN * (series.length - 1));
    return [
      outlineMark(theme, (path) => {
        for (const [index, values] of series.entries()) {
          for (const [place, value] of values.entries()) {
            if (value === null) continue;
            const left = at(place, 0)[0] - all / 2 + index * bar * (1 + BETWEEN);
            const [zero, top] = [at(place, 0)[1], at(place, value)[1]];
            path.rect(left, Math.min(zero, top), bar, Math.abs(zero - top));
          }
        }
      }),
    ];
  };
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
function widestNumber(groups: readonly Group[], stacked: boolean): number {
  const values = groups.map(({ y }) => Math.abs(y ?? 0));
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
  const isNamed = filter.values.some((value) => keyText(value) === keyText(key.x));
  return isNamed !== (filter.not === true);
}

/** All places of the whole data and of the other version, the bins between them that hold nothing included. */
function groupKeys(
  column: string,
  { groups, edges }: Groups,
  others: readonly Group[],
): GroupKey[] {
  if (edges.length > 0) {
    return edges.slice(0, -1).map((x, at) => {
      const x1 = edges[at + 1] ?? x;
      return { x, x1, label: binWords(column, x, x1) };
    });
  }
  const keys = new Map(
    [...groups, ...others].map(
      ({ x }) => [keyText(x), { x, x1: null, label: colorLabel(column, x) }] as const,
    ),
  );
  return [...keys.values()];
}

function distinctColors(column: string | undefined, groups: readonly Group[]) {
  const colors = new Map(
    groups.map(({ color, color1 }) => {
      const label = keyLabel(column ?? '', color, color1);
      return [keyText(color), { key: keyText(color), value: color, label }];
    }),
  );
  return [...colors.values()].sort((a, b) => {
    if (a.value === null || b.value === null) return a.value === null ? 1 : -1;
    if (typeof a.value === 'number' && typeof b.value === 'number') return a.value - b.value;
    // “Other” sorts last.
    const other = Number(a.value === OTHER_COLOR) - Number(b.value === OTHER_COLOR);
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
