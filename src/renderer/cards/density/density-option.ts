import { extentOf } from '../../../preload/contract/extent';
import type { Density } from '../../../preload/contract/questions';
import { axis, GRID, steps, still, STILL_LAYER, tooltip } from '../../charts/base-option';
import type { ChartTheme } from '../../charts/chart-theme';
import { colorLabel, hasPalette, legendWords, ramp, shadeOf } from '../../charts/color-scale';
import type { EChartsCoreOption } from '../../charts/echarts';
import { columnTitle, exactPlace, formatNumber, formatValue } from '../../charts/format';
import type { Mark, Marks } from '../../charts/live-marks';
import { outlineMark } from '../../charts/outlines';
import { idNow } from '../../state/versions';
import { holdsMoments, holdsNumbers, isOrdered, rowsNoun } from '../../state/column-words';
import type { Point } from '../brush/outline';
import { cellLayer, cellsOf, type PlacedCell, type Place } from './cells';
import { logTicks } from './log-ticks';
import { type Kind, kindsOf } from './dot-kinds';
import type { PlotScale } from './plot-scale';

const OPACITY = 0.85;
const OUTSIDE = 0.2;

/** The series that pointers are on. */
export const POINTED = 'pointed';

/** The plot area's upper inset in pixels. */
const UNDER_LEGEND = 40;
const DOT = 7;
const GHOST_DOT = 5;
/** Shades that tell a number by colour. */
const SHADES = 24;
/** No series: a legend of colours that marks have. */
const LEGEND_ONLY: number[] = [];

export interface DensityColumns {
  x: string;
  y: string;
  color: string | undefined;
  log: boolean;
}

export type Dot = Extract<Density, { drawn: 'points' }>['points'][number];

const NO_DOTS: readonly Dot[] = [];

export function dotsOf(density: Density | null | undefined): readonly Dot[] {
  return density?.drawn === 'points' ? density.points : NO_DOTS;
}

/** What is drawn in one colour. */
interface Part {
  color: string;
  opacity: number;
  dots: Dot[];
}

/** Two columns against each other: dots while they are few, counted cells when they are not. */
export class DensityChart {
  private readonly byNumber: boolean;
  private readonly kinds: readonly Kind[];
  private readonly grid;
  /** The ends of a number that is told by colour. */
  private readonly colorEnds: readonly [number, number];

  constructor(
    private readonly card: DensityColumns,
    private readonly whole: Density | null,
    private readonly scale: PlotScale,
    private readonly theme: ChartTheme,
  ) {
    const { color } = card;
    const dots = dotsOf(whole);
    this.byNumber = color !== undefined && holdsNumbers(color) && isOrdered(color);
    this.kinds = this.byNumber ? [] : kindsOf(color, dots, theme);
    this.colorEnds = extentOf(
      dots.flatMap((dot) => (typeof dot.color === 'number' ? dot.color : [])),
    ) ?? [0, 1];
    this.grid = {
      ...GRID,
      left: 56,
      top: hasPalette(color) || this.isCells ? GRID.top : UNDER_LEGEND,
    };
  }

  private get isCells(): boolean {
    return this.whole?.drawn === 'cells';
  }

  /** Colours of a palette are known from everywhere; a number's colours have a legend of their own. */
  private get inLegend(): readonly Kind[] {
    const { color } = this.card;
    return color === undefined || hasPalette(color) || this.isCells ? [] : this.kinds;
  }

  /** A palette's colours, for where a legend has room. */
  get palette(): readonly Kind[] {
    return hasPalette(this.card.color) && !this.isCells ? this.kinds : [];
  }

  get top(): number {
    return this.grid.top;
  }

  /** What a pointer can be on: all of the dots, or what `selected` draws in their place. */
  private pointable(selected: Density | null): readonly (Dot | PlacedCell)[] {
    if (this.whole?.drawn === 'points') return this.whole.points;
    if (selected?.drawn === 'points') return selected.points;
    return selected === null ? [] : this.cellsIn(selected);
  }

  /** The row whose dot a pointer is on; null for one that filters leave out, and for a cell. */
  rowAt(index: number, selected: Density | null): Dot | null {
    const at = this.pointable(selected)[index];
    if (at === undefined || !('id' in at)) return null;
    return this.isCells || idsOf(selected).has(at.id) ? at : null;
  }

  /** Axes and the ghost of the whole: what no filter changes. `selected` is asked when pointed at. */
  ghost(selected: () => Density | null) {
    const { card, theme } = this;
    const dots = dotsOf(this.whole);
    const pointable = this.pointable(this.isCells ? selected() : null);
    return {
      animation: false,
      useUTC: true,
      grid: this.grid,
      tooltip: {
        ...tooltip(theme),
        formatter: ({ dataIndex }: { dataIndex: number }) => this.words(dataIndex, selected()),
      },
      ...(this.inLegend.length === 0 ? {} : { legend: this.legend(this.inLegend) }),
      ...(this.byNumber && !this.isCells ? { visualMap: this.numberLegend() } : {}),
      xAxis: still({
        ...this.inner(axis(theme, columnTitle(card.x)), this.scale.x),
        ...steps(card.x),
        ...this.axisOf(card.x, this.scale.x),
      }),
      yAxis: still({
        ...this.inner(axis(theme, columnTitle(card.y)), this.scale.y),
        ...steps(card.y),
        ...this.axisOf(card.y, this.scale.y),
        nameGap: 40,
      }),
      series: [
        ...(dots.length === 0 ? [] : [this.all(dots)]),
        this.pointed(pointable),
        ...this.inLegend.map(legendSeries),
      ],
    };
  }

  /** The axes end a little beyond the data, at no round number: those ends stay unlabelled. */
  private inner(given: ReturnType<typeof axis>, ends: readonly [number, number]) {
    const axisLabel = { ...given.axisLabel, showMinLabel: false, showMaxLabel: false };
    const shown = this.card.log ? logTicks(ends) : null;
    if (shown === null) return { ...given, axisLabel };
    return {
      ...given,
      axisLabel: { ...given.axisLabel, customValues: shown },
      axisTick: { ...given.axisTick, customValues: shown },
    };
  }

  private axisOf(column: string, [min, max]: readonly [number, number]) {
    if (this.card.log) return { type: 'log' as const, logBase: 10, min, max };
    return { type: holdsMoments(column) ? ('time' as const) : ('value' as const), min, max };
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

  private all(dots: readonly Dot[]) {
    return {
      type: 'scatter' as const,
      id: 'all',
      silent: true,
      zlevel: STILL_LAYER,
      large: true,
      largeThreshold: 0,
      symbolSize: GHOST_DOT,
      itemStyle: { color: this.theme.ghost },
      data: dots.map(({ x, y }) => [x, y]),
    };
  }

  /** Unseen: what a pointer is on, in the size of the marks. */
  private pointed(pointable: readonly (Dot | PlacedCell)[]) {
    return {
      type: 'scatter' as const,
      id: POINTED,
      zlevel: STILL_LAYER,
      // One path for all of them. ECharts cannot draw a large series of nothing.
      large: pointable.length > 0,
      largeThreshold: 0,
      symbolSize: DOT,
      itemStyle: { color: this.theme.ghost, opacity: 0 },
      emphasis: { disabled: true },
      data: pointable.map(({ x, y }) => [x, y]),
    };
  }

  /**
   * The selection's dots or cells, one path per colour. What the card's own outline leaves out
   * (`kept` is what is inside; null without an outline) is pale. Of the version that is compared with,
   * rows that are elsewhere now are rings, each with a line to where it is.
   */
  marks(selected: Density, kept: Density | null, before: Density | null = null): Marks {
    const layers = [
      ...(this.whole?.drawn === 'cells'
        ? [cellLayer(this.cellsIn(this.whole), this.ghostLook)]
        : []),
      ...(selected.drawn === 'points'
        ? this.dotLayers(selected.points, kept === null ? null : idsOf(kept))
        : kept === null
          ? [this.layerOf(selected, 1)]
          : [this.layerOf(selected, OUTSIDE), this.layerOf(kept, 1)]),
      ...(before?.drawn === 'points' ? [this.cameFrom(before.points)] : []),
    ];
    return ({ width, height, inset }) => {
      const place = {
        left: inset.left,
        top: inset.top,
        width: width - inset.left - inset.right,
        height: height - inset.top - inset.bottom,
      };
      return layers.flatMap((layer) => layer(place));
    };
  }

  private cameFrom(before: readonly Dot[]): Layer {
    const now = new Map(dotsOf(this.whole).map((dot) => [dot.id, dot]));
    const moved = before.flatMap(({ id, x, y }) => {
      const dot = now.get(idNow(id));
      if (dot?.x === x && dot.y === y) return [];
      const to = dot === undefined ? null : this.scale.toShare([dot.x, dot.y]);
      return [{ from: this.scale.toShare([x, y]), to }];
    });
    return ({ left, top, width, height }) => [
      outlineMark(this.theme, (path) => {
        const place = ([x, y]: Point) => [left + width * x, top + height * y] as const;
        for (const { from, to } of moved) {
          const [x, y] = place(from);
          path.moveTo(x + DOT / 2, y);
          path.arc(x, y, DOT / 2, 0, 2 * Math.PI);
          if (to === null) continue;
          path.moveTo(x, y);
          path.lineTo(...place(to));
        }
      }),
    ];
  }

  /** Where half of the selection is each way, in shares of the plot; null for none. */
  middle(selected: Density | null): { low: Point; high: Point } | null {
    if (selected === null) return null;
    const places =
      selected.drawn === 'points'
        ? selected.points.map((dot) => ({ at: this.scale.toShare([dot.x, dot.y]), n: 1 }))
        : this.cellsIn(selected).map(({ x, y, n }) => ({ at: this.scale.toShare([x, y]), n }));
    if (places.length === 0) return null;
    const [x, y] = [middleHalf(places, 0), middleHalf(places, 1)];
    return { low: [x[0], y[0]], high: [x[1], y[1]] };
  }

  /** With the legend of a picture: a palette's colours, which are known on the screen, and shades. */
  withLegend(selected: Density): EChartsCoreOption {
    const ghost = this.ghost(() => selected);
    if (selected.drawn === 'cells') {
      const grid = { ...this.grid, top: UNDER_LEGEND };
      return { ...ghost, grid, visualMap: this.countLegend(selected.most) };
    }
    if (this.palette.length === 0) return ghost;
    return {
      ...ghost,
      grid: { ...this.grid, top: UNDER_LEGEND },
      legend: this.legend(this.palette),
      series: [...ghost.series, ...this.palette.map(legendSeries)],
    };
  }

  private cellsIn(density: Extract<Density, { drawn: 'cells' }>): PlacedCell[] {
    return cellsOf(density, this.scale, this.card.log);
  }

  private get ghostLook() {
    return { colorOf: () => this.theme.ghost, opacity: 1 };
  }

  private layerOf(density: Density, opacity: number): Layer {
    if (density.drawn === 'points') {
      const dots = density.points;
      return dotLayer({ color: this.theme.accent, opacity, dots }, this.scale);
    }
    const most = Math.log(density.most + 1);
    // Counts differ by powers of ten: a shade for each step of their logarithm.
    const colorOf = (n: number) => shadeOf(this.theme, rounded(Math.log(n + 1) / most));
    return cellLayer(this.cellsIn(density), { colorOf, opacity });
  }

  private dotLayers(dots: readonly Dot[], kept: ReadonlySet<string> | null): Layer[] {
    return this.parts(dots, kept).map((part) => dotLayer(part, this.scale));
  }

  private parts(dots: readonly Dot[], kept: ReadonlySet<string> | null): Part[] {
    const parts = new Map<string, Part>();
    for (const dot of dots) {
      const opacity = kept === null || kept.has(dot.id) ? OPACITY : OUTSIDE;
      const color = this.colorOf(dot);
      const key = `${opacity} ${color}`;
      const part = parts.get(key) ?? { color, opacity, dots: [] };
      part.dots.push(dot);
      parts.set(key, part);
    }
    return [...parts.values()].sort((a, b) => a.opacity - b.opacity);
  }

  private colorOf({ color }: Dot): string {
    if (!this.byNumber) {
      const kind = this.kinds.find(({ has }) => has(color));
      return kind?.color ?? this.theme.accent;
    }
    if (typeof color !== 'number') return this.theme.muted;
    const [low, high] = this.colorEnds;
    return shadeOf(this.theme, rounded(low === high ? 1 : (color - low) / (high - low)));
  }

  private words(index: number, selected: Density | null): string {
    const at = this.pointable(selected)[index];
    if (at === undefined) return '';
    const { card } = this;
    if ('n' in at) {
      const range = (column: string, [from, to]: readonly [number, number]) =>
        `${columnTitle(column)} ${exactPlace(column, from)} – ${exactPlace(column, to)}`;
      return [
        range(card.x, at.xs),
        range(card.y, at.ys),
        `${formatNumber(at.n)} ${rowsNoun()}`,
      ].join('\n');
    }
    const dot = this.rowAt(index, selected);
    if (dot === null) return '';
    const { color: by = '' } = card;
    const color = this.byNumber
      ? `${columnTitle(by)}: ${formatValue(by, dot.color)}`
      : colorLabel(by, dot.color);
    return [
      dot.title,
      `${formatValue(card.x, dot.x)}, ${formatValue(card.y, dot.y)}`,
      ...(dot.color === null ? [] : [color]),
    ].join('\n');
  }

  private numberLegend() {
    const column = this.card.color ?? '';
    const [low, high] = this.colorEnds;
    return {
      ...this.shadesLegend(low, high),
      text: [
        `${columnTitle(column)}  ${formatValue(column, high)}`,
        formatValue(column, low),
      ] as const,
    };
  }

  private countLegend(most: number) {
    return { ...this.shadesLegend(1, most), text: [`${formatNumber(most)} ${rowsNoun()}`, '1'] };
  }

  private shadesLegend(min: number, max: number) {
    return {
      type: 'continuous' as const,
      min,
      max,
      seriesIndex: LEGEND_ONLY,
      calculable: false,
      hoverLink: false,
      orient: 'horizontal' as const,
      top: 4,
      left: 'center' as const,
      itemWidth: 10,
      itemHeight: 120,
      textStyle: { color: this.theme.muted, fontSize: 11 },
      inRange: { color: [...ramp(this.theme)] },
    };
  }
}

type Layer = (place: Place) => Mark[];

function dotLayer({ color, opacity, dots }: Part, scale: PlotScale): Layer {
  const shares = dots.map(({ x, y }) => scale.toShare([x, y]));
  return ({ left, top, width, height }) => [
    {
      color,
      opacity,
      trace(path) {
        for (const [x, y] of shares) {
          const at = [left + width * x, top + height * y] as const;
          path.moveTo(at[0] + DOT / 2, at[1]);
          path.arc(at[0], at[1], DOT / 2, 0, 2 * Math.PI);
        }
      },
    },
  ];
}

function rounded(share: number): number {
  return Math.round(share * (SHADES - 1)) / (SHADES - 1);
}

const ids = new WeakMap<object, ReadonlySet<string>>();

function idsOf(density: Density | null): ReadonlySet<string> {
  const dots = dotsOf(density);
  const known = ids.get(dots) ?? new Set(dots.map(({ id }) => id));
  ids.set(dots, known);
  return known;
}

/** Between which places along an axis the middle half is. */
function middleHalf(
  places: readonly { at: Point; n: number }[],
  axis: 0 | 1,
): [low: number, high: number] {
  const sorted = [...places].sort((a, b) => a.at[axis] - b.at[axis]);
  const total = sorted.reduce((sum, { n }) => sum + n, 0);
  const at = (part: number) => {
    let passed = 0;
    const found = sorted.find(({ n }) => (passed += n) > Math.floor((total - 1) * part));
    return found?.at[axis] ?? 0.5;
  };
  return [at(0.25), at(0.75)];
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
