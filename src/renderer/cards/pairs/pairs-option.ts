import { humanCount } from '../../words/counts';
import type { Scalar } from '../../../preload/contract/descriptor';
import { highestOf } from '../../../preload/contract/extent';
import type { Answers } from '../../../preload/contract/questions';
import { axis, plotArea, still, STILL_LAYER, tooltip, within } from '../../charts/base-option';
import type { ChartTheme } from '../../charts/chart-theme';
import { color, type EChartsCoreOption } from '../../charts/echarts';
import { formatNumber, valueLabel } from '../../charts/format';
import type { Mark, Marks, TracePath } from '../../charts/live-marks';
import { outlineMark } from '../../charts/outlines';
import { describedColumn, rowsNoun } from '../../state/column-words';
import { inOrder } from '../../state/value-order';

export interface Pair {
  x: Scalar;
  y: Scalar;
}

export interface PairColumns {
  x: string;
  y: string;
}

/** The pairs of the version that is compared with. */
export interface ComparedPairs {
  version: number;
  pairs: Answers['pairs']['pairs'];
}

/** Where the other of a pair stands without this one. */
const ALONE = 'Alone';
const NOT_CHOSEN = 0.25;
/** Of a square's sides: those of the other version's within it. */
const WITHIN = 0.5;
const UNDER_LEGEND = 26;
/** No series: a legend of colours that marks have. */
const LEGEND_ONLY: number[] = [];
const GRID = plotArea({ left: 62, right: 8, top: 8, bottom: 58 });

interface Square {
  pair: Pair;
  /** Column from the left, row from the bottom. */
  across: number;
  up: number;
}

/** Rows by pair, as `pairKey` names it. */
export type PairCounts = ReadonlyMap<string, number>;

export function toPairCounts(answer: Pick<Answers['pairs'], 'pairs'> | null): PairCounts {
  return new Map((answer?.pairs ?? []).map((pair) => [pairKey(pair), pair.n]));
}

export function pairKey({ x, y }: Pair): string {
  return JSON.stringify([x, y]);
}

/**
 * The squares of the whole dataset: x's values down, y's across; one hue for counts. Where the version
 * that is compared with has another count, an outlined square within has the hue of that.
 */
export class PairsChart {
  private readonly across: readonly Scalar[];
  private readonly down: readonly Scalar[];
  private readonly squares: readonly Square[];
  private readonly countsBefore: PairCounts;
  private readonly most: number;
  private readonly colors: [string, string];

  constructor(
    private readonly columns: PairColumns,
    ofNow: Answers['pairs']['pairs'],
    private readonly theme: ChartTheme,
    private readonly before: ComparedPairs | null = null,
  ) {
    const whole = withOthers(ofNow, before?.pairs ?? []);
    this.countsBefore = toPairCounts(before);
    this.across = valuesIn(
      columns.y,
      whole.map(({ y }) => y),
    );
    this.down = valuesIn(
      columns.x,
      whole.map(({ x }) => x),
    ).reverse();
    this.squares = whole.map(({ x, y }) => ({
      pair: { x, y },
      across: this.across.indexOf(y),
      up: this.down.indexOf(x),
    }));
    const highest = (pairs: typeof whole) =>
      highestOf(
        pairs.map(({ n }) => n),
        1,
      );
    const paired = highest(whole.filter(({ x, y }) => x !== null && y !== null));
    // Values that stand alone would drown every pair; the scale ends at the most frequent real pair.
    this.most = Math.min(highest(whole), paired * 1.5);
    this.colors = theme.dark ? ['#26344f', '#6ea0ff'] : ['#d6e4ff', '#1f4fa8'];
  }

  /** The count at which the hue is full, and the hue's ends. */
  get scale(): { most: number; colors: [string, string] } {
    return { most: Math.round(this.most), colors: this.colors };
  }

  pairAt(across: number, up: number): Pair | null {
    const [x, y] = [this.down[up], this.across[across]];
    return x === undefined || y === undefined ? null : { x, y };
  }

  /** Axes and empty squares: what no filter changes. `selected` is asked when pointed at. */
  ghost(selected: () => PairCounts) {
    const { theme, down, across } = this;
    const label = { color: theme.muted, fontSize: 10, ...within(52) };
    return {
      animation: false,
      grid: GRID,
      tooltip: {
        ...tooltip(theme),
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const square = this.squares[dataIndex];
          if (square === undefined) return '';
          const n = selected().get(pairKey(square.pair)) ?? 0;
          return [
            `${this.sideName('x', square.pair.x)} / ${this.sideName('y', square.pair.y)}`,
            `${formatNumber(n)} ${rowsNoun()}`,
            ...(this.before === null
              ? []
              : [
                  `${formatNumber(this.countsBefore.get(pairKey(square.pair)) ?? 0)} in version ${this.before.version}`,
                ]),
          ].join('\n');
        },
      },
      xAxis: still({
        ...axis(theme),
        type: 'category' as const,
        data: across.map((value) => this.sideName('y', value)),
        axisLabel: { ...label, rotate: 60 },
        splitLine: { show: false },
      }),
      yAxis: still({
        ...axis(theme),
        type: 'category' as const,
        data: down.map((value) => this.sideName('x', value)),
        axisLabel: label,
        splitLine: { show: false },
      }),
      // A heatmap has to have one; the ghost's squares have a colour of their own.
      visualMap: { show: false, min: 0, max: 1, seriesIndex: 0, inRange: { color: [theme.ghost] } },
      series: [
        {
          type: 'heatmap' as const,
          id: 'pairs',
          zlevel: STILL_LAYER,
          itemStyle: { borderColor: theme.surface, borderWidth: 1 },
          emphasis: { itemStyle: { borderColor: theme.ink } },
          data: this.squares.map(({ across, up }) => [across, up, 0]),
        },
      ],
    };
  }

  /** The squares of pairs that the selection has. */
  marks(selected: PairCounts, chosen: readonly Pair[]): Marks {
    const isChosen = new Set(chosen.map(pairKey));
    return ({ width, height, inset }) => {
      const across = (width - inset.left - inset.right) / this.across.length;
      const up = (height - inset.top - inset.bottom) / this.down.length;
      const traceOf = (squares: readonly Square[], share: number) => (path: TracePath) => {
        const [wide, high] = [(across - 1) * share, (up - 1) * share];
        for (const square of squares) {
          const left = inset.left + across * square.across + (across - wide) / 2;
          const top = height - inset.bottom - up * (square.up + 1) + (up - high) / 2;
          path.rect(left, top, wide, high);
        }
      };
      const opacityOf = ({ pair }: Square) =>
        isChosen.size === 0 || isChosen.has(pairKey(pair)) ? 1 : NOT_CHOSEN;
      const shadesOf = (squares: readonly Square[], counts: PairCounts, share: number) => {
        // One path per shade, not per square.
        const shades = new Map<string, { shade: Omit<Mark, 'trace'>; squares: Square[] }>();
        for (const square of squares) {
          const n = counts.get(pairKey(square.pair)) ?? 0;
          if (n === 0) continue;
          const shade = { color: this.colorOf(n), opacity: opacityOf(square) };
          const known = shades.get(JSON.stringify(shade)) ?? { shade, squares: [] as Square[] };
          known.squares.push(square);
          shades.set(JSON.stringify(shade), known);
        }
        return [...shades.values()].map(({ shade, squares }): Mark => ({
          ...shade,
          trace: traceOf(squares, share),
        }));
      };
      const bright = shadesOf(this.squares, selected, 1);
      if (this.before === null) return bright;
      const { countsBefore, theme } = this;
      const differing = this.squares.filter(
        ({ pair }) => (selected.get(pairKey(pair)) ?? 0) !== (countsBefore.get(pairKey(pair)) ?? 0),
      );
      const gone: Mark = {
        color: theme.surface,
        opacity: 1,
        trace: traceOf(differing, WITHIN),
      };
      return [
        ...bright,
        gone,
        ...shadesOf(differing, countsBefore, WITHIN),
        outlineMark(theme, traceOf(differing, WITHIN)),
      ];
    };
  }

  /** With the legend of a picture; on the screen it stands in the card's head. */
  withLegend(): EChartsCoreOption {
    const ghost = this.ghost(() => new Map());
    const { most, colors } = this.scale;
    return {
      ...ghost,
      grid: { ...GRID, top: GRID.top + UNDER_LEGEND },
      visualMap: [
        ghost.visualMap,
        {
          type: 'continuous' as const,
          seriesIndex: LEGEND_ONLY,
          min: 1,
          max: most,
          calculable: false,
          hoverLink: false,
          orient: 'horizontal' as const,
          top: 0,
          left: GRID.left,
          itemWidth: 10,
          itemHeight: 80,
          text: [`${humanCount(most)} or more ${rowsNoun()}`, '1'] as const,
          textStyle: { color: this.theme.muted, fontSize: 11 },
          inRange: { color: colors },
        },
      ],
    };
  }

  private sideName(side: 'x' | 'y', value: Scalar): string {
    const column = this.columns[side];
    return value === null ? ALONE : valueLabel(column, value);
  }

  private colorOf(n: number): string {
    return String(color.lerp(Math.min(1, n / this.most), this.colors));
  }
}

/** What only the other version has, with none of the whole. */
function withOthers(
  whole: Answers['pairs']['pairs'],
  others: Answers['pairs']['pairs'],
): Answers['pairs']['pairs'] {
  const known = new Set(whole.map(pairKey));
  const added = others.filter((pair) => !known.has(pairKey(pair)));
  return added.length === 0 ? whole : [...whole, ...added.map(({ x, y }) => ({ x, y, n: 0 }))];
}

/** The distinct values in their column's order; none comes first. */
function valuesIn(column: string, values: readonly Scalar[]): Scalar[] {
  const known = new Map(
    values.flatMap((value) => (value === null ? [] : [[String(value), value]])),
  );
  const isNumeric = [...known.values()].every((value) => typeof value === 'number');
  const order = isNumeric
    ? [...known.values()].sort((a, b) => Number(a) - Number(b))
    : inOrder([...known.keys()], describedColumn(column)?.order ?? null).map(
        (name) => known.get(name) ?? null,
      );
  return values.includes(null) ? [null, ...order] : order;
}
