import { humanCount } from '../../preload/contract/counts';
import { type ChartRow, OTHER_COLOR } from '../../preload/contract/chart-query';
import { isNumberColumn } from '../../preload/contract/dataset';
import { extentOf } from '../../preload/contract/extent';
import { axis, GRID, steps, still, STILL_LAYER, tooltip } from './base-option';
import type { ChartTheme } from './chart-theme';
import { colorLabel, colorsOf, isTypeColumn, legendWords, ramp } from './color-scale';
import type { EChartsCoreOption } from './echarts';
import { columnTitle, formatValue } from './format';
import type { Marks } from './live-marks';
import { typeColor } from './type-colors';

/** Kinds with a colour of their own; the rarer ones share one. */
const MOST_KINDS = 8;
const OPACITY = 0.85;
const OUTSIDE = 0.2;

/** The series that pointers are on. */
export const POINTED = 'pointed';

interface Kind {
  label: string;
  color: string;
  has(row: ChartRow): boolean;
}

/** Dots of one colour. */
interface Part {
  name: string;
  color: string;
  opacity: number;
  rows: readonly ChartRow[];
}

/** The plot area's upper inset in pixels. */
const UNDER_LEGEND = 40;
const DOT = 7;
const GHOST_DOT = 5;

interface ScatterColumns {
  x: string;
  y: string;
  color: string | undefined;
  log: boolean;
}

/** What both axes have in common with the brush that lies over them. */
export interface ScatterScale {
  x: readonly [low: number, high: number];
  y: readonly [low: number, high: number];
  /** Parts of the plot area's width and height, from its upper left corner. */
  toShare(point: readonly [x: number, y: number]): readonly [x: number, y: number];
}

/** One dot a Pokémon, the selection bright over the ghost of the whole. */
export class ScatterChart {
  private readonly usable: readonly ChartRow[];
  private readonly byNumber: boolean;
  private readonly kinds: readonly Kind[];
  private readonly places: ReadonlyMap<
    ChartRow,
    { kind: number; share: readonly [number, number] }
  >;
  private readonly grid;

  constructor(
    private readonly card: ScatterColumns,
    private readonly whole: readonly ChartRow[],
    private readonly scale: ScatterScale,
    private readonly theme: ChartTheme,
  ) {
    this.usable = whole.filter((row) => this.isUsable(row));
    const { color = '' } = card;
    this.byNumber = isNumberColumn(color);
    const byType = isTypeColumn(color);
    this.kinds = this.byNumber
      ? []
      : byType
        ? typesOf(color, whole, theme)
        : card.color === undefined
          ? [{ label: 'all', color: theme.accent, has: () => true }]
          : kindsOf(color, whole, theme);
    this.places = new Map(
      this.usable.map((row) => [
        row,
        {
          kind: this.kinds.findIndex(({ has }) => has(row)),
          share: scale.toShare([Number(row['x']), Number(row['y'])]),
        },
      ]),
    );
    this.grid = { ...GRID, left: 56, top: byType ? GRID.top : UNDER_LEGEND };
  }

  /** Types have colours that are known; a number's colours have a legend of their own. */
  private get inLegend(): readonly Kind[] {
    const { color } = this.card;
    return color === undefined || isTypeColumn(color) ? [] : this.kinds;
  }

  /** Types' colours, for where a legend has room. */
  get typesInWords(): readonly { label: string; color: string }[] {
    return isTypeColumn(this.card.color ?? '') ? this.kinds : [];
  }

  get top(): number {
    return this.grid.top;
  }

  /** Whether `marks` draws the selection: a number's colours take a legend that is ECharts'. */
  get hasMarks(): boolean {
    return !this.byNumber;
  }

  /** The Pokémon whose dot a pointer is on; null for one that filters leave out. */
  rowAt(index: number, selected: readonly ChartRow[]): ChartRow | null {
    const row = this.usable[index];
    return row !== undefined && selected.includes(row) ? row : null;
  }

  /**
   * Axes and the ghost of the whole: what no filter changes. `selected` is asked when pointed at.
   * What is `bare` has axes alone: where all are selected their dots hide the ghost.
   */
  ghost(
    selected: () => readonly ChartRow[],
    { bare = false, pointed = !bare }: { bare?: boolean; pointed?: boolean } = {},
  ) {
    const { card, theme, usable } = this;
    const type = this.card.log ? { type: 'log' as const, logBase: 10 } : { type: 'value' as const };
    const data = usable.map((row) => [row['x'], row['y']]);
    const [x, y] = [this.scale.x, this.scale.y].map(([min, max]) => ({ ...type, min, max }));
    // One path for all of them. ECharts cannot draw a large series of nothing.
    const large = { large: usable.length > 0, largeThreshold: 0 };
    return {
      animation: false,
      grid: this.grid,
      tooltip: {
        ...tooltip(theme),
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const row = this.rowAt(dataIndex, selected());
          return row === null ? '' : this.words(row);
        },
      },
      ...(this.inLegend.length === 0 ? {} : { legend: this.legend(this.inLegend) }),
      xAxis: still({ ...inner(axis(theme, columnTitle(card.x))), ...steps(card.x), ...x }),
      yAxis: still({
        ...inner(axis(theme, columnTitle(card.y))),
        ...steps(card.y),
        ...y,
        nameGap: 40,
      }),
      series: [
        ...(bare ? [] : [this.all(data, large)]),
        ...(pointed ? [this.pointed(data, large)] : []),
        ...this.inLegend.map(legendSeries),
      ],
    };
  }

  private legend(kinds: readonly Kind[]) {
    return {
      type: 'scroll' as const,
      top: 4,
      // Switching a colour off would filter without a chip.
      selectedMode: false,
      data: kinds.map(({ label }) => label),
      formatter: legendWords(
        this.card.color ?? '',
        kinds.map(({ label }) => label),
      ),
      textStyle: { color: this.theme.muted },
    };
  }

  private all(data: unknown[][], large: { large: boolean; largeThreshold: number }) {
    return {
      type: 'scatter' as const,
      id: 'all',
      silent: true,
      zlevel: STILL_LAYER,
      ...large,
      symbolSize: GHOST_DOT,
      itemStyle: { color: this.theme.ghost },
      data,
    };
  }

  /** Unseen: what a pointer is on, in the size of the marks. */
  private pointed(data: unknown[][], large: { large: boolean; largeThreshold: number }) {
    return {
      type: 'scatter' as const,
      id: POINTED,
      zlevel: STILL_LAYER,
      ...large,
      symbolSize: DOT,
      itemStyle: { color: this.theme.ghost, opacity: 0 },
      emphasis: { disabled: true },
      data,
    };
  }

  /**
   * The selection's dots, one path a colour. What the card's own outline leaves out (`kept` has
   * the ids inside; null without an outline) is pale.
   */
  marks(selected: readonly ChartRow[], kept: ReadonlySet<unknown> | null): Marks {
    const parts = this.parts(selected, kept);
    return ({ width, height }) => {
      const { left, top, right, bottom } = this.grid;
      const across = width - left - right;
      const down = height - top - bottom;
      return parts.map(({ color, opacity, rows }) => ({
        color,
        opacity,
        trace: (path) => {
          for (const row of rows) {
            const [x, y] = this.places.get(row)?.share ?? [NaN, NaN];
            const at = [left + across * x, top + down * y] as const;
            path.moveTo(at[0] + DOT / 2, at[1]);
            path.arc(at[0], at[1], DOT / 2, 0, 2 * Math.PI);
          }
        },
      }));
    };
  }

  /** Where half of the selection's dots are each way, in shares of the plot; null for none. */
  middle(selected: readonly ChartRow[]): {
    low: readonly [number, number];
    high: readonly [number, number];
  } | null {
    const shares = selected.flatMap((row) => this.places.get(row)?.share ?? []);
    if (shares.length === 0) return null;
    const xs = shares.filter((_, index) => index % 2 === 0).sort((a, b) => a - b);
    const ys = shares.filter((_, index) => index % 2 === 1).sort((a, b) => a - b);
    const at = (part: number) => {
      const place = Math.floor((xs.length - 1) * part);
      return [xs[place] ?? 0.5, ys[place] ?? 0.5] as const;
    };
    return { low: at(0.25), high: at(0.75) };
  }

  /** All of it in one picture. */
  picture(selected: readonly ChartRow[], kept: ReadonlySet<unknown> | null): EChartsCoreOption {
    const ghost = this.ghost(() => selected, { pointed: this.byNumber });
    const parts = this.parts(selected, kept);
    // On the screen the types' colours are known from everywhere; a picture stands alone.
    const types = isTypeColumn(this.card.color ?? '') ? this.kinds : [];
    const drawn = parts.map(({ name, color, opacity, rows }) => ({
      type: 'scatter' as const,
      id: `${name} ${opacity}`,
      name,
      silent: true,
      large: !this.byNumber,
      largeThreshold: 0,
      symbolSize: DOT,
      itemStyle: { opacity, color },
      data: rows.map((row) =>
        this.byNumber ? [row['x'], row['y'], row['color']] : [row['x'], row['y']],
      ),
    }));
    return {
      ...ghost,
      ...(types.length === 0
        ? {}
        : { grid: { ...this.grid, top: UNDER_LEGEND }, legend: this.legend(types) }),
      ...(this.byNumber
        ? {
            visualMap: numberLegend(
              this.card.color ?? '',
              this.whole,
              drawn.map((_, index) => ghost.series.length + index),
              this.theme,
            ),
          }
        : {}),
      series: [...ghost.series, ...types.map(legendSeries), ...drawn],
    };
  }

  private parts(selected: readonly ChartRow[], kept: ReadonlySet<unknown> | null): Part[] {
    const kinds = this.byNumber
      ? [{ label: 'selected', color: this.theme.accent }]
      : this.kinds.map(({ label, color }) => ({ label, color }));
    const rows = kinds.map(() => ({ outside: [] as ChartRow[], inside: [] as ChartRow[] }));
    for (const row of selected) {
      const place = this.places.get(row);
      const of = rows[this.byNumber ? 0 : (place?.kind ?? -1)];
      if (place === undefined || of === undefined) continue;
      of[kept === null || kept.has(row['id']) ? 'inside' : 'outside'].push(row);
    }
    const part = (where: 'outside' | 'inside', opacity: number) =>
      kinds.map(({ label, color }, index) => ({
        name: label,
        color,
        opacity,
        rows: rows[index]?.[where] ?? [],
      }));
    return [...part('outside', OUTSIDE), ...part('inside', OPACITY)].filter(
      ({ rows }) => rows.length > 0,
    );
  }

  private isUsable(row: ChartRow): boolean {
    return !this.card.log || (Number(row['x']) > 0 && Number(row['y']) > 0);
  }

  private words(row: ChartRow): string {
    const { card } = this;
    const { color: by = '' } = card;
    const color = this.byNumber
      ? `${columnTitle(by)}: ${formatValue(by, row['color'])}`
      : colorLabel(by, row['color']);
    return [
      String(row['name']),
      `${formatValue(card.x, row['x'])}, ${formatValue(card.y, row['y'])}`,
      ...(row['color'] === null ? [] : [color]),
    ].join('\n');
  }
}

/** Nothing of its own: a colour of the legend. */
function legendSeries({ label, color }: Kind) {
  return {
    type: 'scatter' as const,
    id: `kind ${label}`,
    name: label,
    itemStyle: { color, opacity: OPACITY },
    data: [] as unknown[],
  };
}

/** One kind a type, in the types' own colours. */
function typesOf(column: string, whole: readonly ChartRow[], theme: ChartTheme): Kind[] {
  return [...new Set(whole.map(({ color }) => color))].map((type) => ({
    label: colorLabel(column, type),
    color: typeColor(String(type), theme.dark),
    has: (row: ChartRow) => row['color'] === type,
  }));
}

/** The most frequent kinds of the whole data, so that a filter changes no colour. */
function kindsOf(column: string, whole: readonly ChartRow[], theme: ChartTheme): Kind[] {
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
      label: colorLabel(column, value),
      color: colors[index] ?? theme.accent,
      has: (row: ChartRow) => kindKey(row['color']) === key,
    })),
    ...(order.length > MOST_KINDS
      ? [
          {
            label: `${colorLabel(column, OTHER_COLOR)} (${humanCount(order.length - MOST_KINDS)})`,
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
