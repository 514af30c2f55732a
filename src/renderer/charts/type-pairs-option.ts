import { humanCount } from '../../preload/contract/counts';
import type { ChartRow } from '../../preload/contract/chart-query';
import { highestOf } from '../../preload/contract/extent';
import { axis, plotArea, still, STILL_LAYER, tooltip, within } from './base-option';
import type { ChartTheme } from './chart-theme';
import { color, type EChartsCoreOption } from './echarts';
import { titleCase } from './format';
import { type Mark, type Marks } from './live-marks';

export interface TypePair {
  type_1: string;
  type_2: string | null;
}

const SINGLE = 'one type';
const NOT_CHOSEN = 0.25;
const UNDER_LEGEND = 26;
const GRID = plotArea({ left: 62, right: 8, top: 8, bottom: 58 });

interface Cell {
  pair: TypePair;
  /** Column from the left, row from the bottom. */
  x: number;
  y: number;
}

/** The squares of the whole dataset: first type down, second type across; one hue for counts. */
export class TypePairsChart {
  private readonly seconds: readonly (string | null)[];
  private readonly firsts: readonly string[];
  private readonly cells: readonly Cell[];
  private readonly most: number;
  private readonly colors: [string, string];

  constructor(
    whole: readonly ChartRow[],
    private readonly theme: ChartTheme,
  ) {
    this.seconds = [null, ...names(whole, 'type_2')];
    this.firsts = names(whole, 'type_1').reverse();
    this.cells = whole.map((row) => {
      const type_2 = row['type_2'] === null ? null : String(row['type_2']);
      const pair = { type_1: String(row['type_1']), type_2 };
      return { pair, x: this.seconds.indexOf(type_2), y: this.firsts.indexOf(pair.type_1) };
    });
    const highest = (rows: readonly ChartRow[]) =>
      highestOf(
        rows.map((row) => Number(row['n'])),
        1,
      );
    const paired = highest(whole.filter((row) => row['type_2'] !== null));
    // Single types would drown every pair; the scale ends at the most frequent real pair.
    this.most = Math.min(highest(whole), paired * 1.5);
    this.colors = theme.dark ? ['#26344f', '#6ea0ff'] : ['#d6e4ff', '#1f4fa8'];
  }

  /** The count at which the hue is full, and the hue's ends. */
  get scale(): { most: number; colors: [string, string] } {
    return { most: Math.round(this.most), colors: this.colors };
  }

  pairAt(x: number, y: number): TypePair | null {
    const type_1 = this.firsts[y];
    const type_2 = this.seconds[x];
    return type_1 === undefined || type_2 === undefined ? null : { type_1, type_2 };
  }

  /** Axes and empty squares: what no filter changes. `selected` is asked when pointed at. */
  ghost(selected: () => PairCounts) {
    const { theme, firsts, seconds } = this;
    const label = { color: theme.muted, fontSize: 10, ...within(52) };
    return {
      animation: false,
      grid: GRID,
      tooltip: {
        ...tooltip(theme),
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const cell = this.cells[dataIndex];
          if (cell === undefined) return '';
          const { type_1, type_2 } = cell.pair;
          const n = selected().get(key(cell.pair)) ?? 0;
          return `${titleCase(type_1)} / ${titleCase(type_2 ?? SINGLE)}\n${n} Pokémon`;
        },
      },
      xAxis: still({
        ...axis(theme),
        type: 'category' as const,
        data: seconds.map((type) => titleCase(type ?? SINGLE)),
        axisLabel: { ...label, rotate: 60 },
        splitLine: { show: false },
      }),
      yAxis: still({
        ...axis(theme),
        type: 'category' as const,
        data: firsts.map(titleCase),
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
          data: this.cells.map(({ x, y }) => [x, y, 0]),
        },
      ],
    };
  }

  /** The squares of pairs that the selection has. */
  marks(selected: PairCounts, chosen: readonly TypePair[]): Marks {
    const { seconds, firsts } = this;
    const isChosen = new Set(chosen.map(key));
    return ({ width, height }) => {
      const across = (width - GRID.left - GRID.right) / seconds.length;
      const up = (height - GRID.top - GRID.bottom) / firsts.length;
      // One path a shade, not a square.
      const shades = new Map<string, { shade: Omit<Mark, 'trace'>; cells: Cell[] }>();
      for (const cell of this.cells) {
        const n = selected.get(key(cell.pair)) ?? 0;
        if (n === 0) continue;
        const opacity = isChosen.size === 0 || isChosen.has(key(cell.pair)) ? 1 : NOT_CHOSEN;
        const shade = { color: this.colorOf(n), opacity };
        const known = shades.get(JSON.stringify(shade)) ?? { shade, cells: [] };
        known.cells.push(cell);
        shades.set(JSON.stringify(shade), known);
      }
      return [...shades.values()].map(({ shade, cells }) => ({
        ...shade,
        trace(path) {
          for (const { x, y } of cells) {
            const left = GRID.left + across * x;
            const top = height - GRID.bottom - up * (y + 1);
            path.rect(left + 0.5, top + 0.5, across - 1, up - 1);
          }
        },
      }));
    };
  }

  /** All of it in one picture. */
  picture(selected: PairCounts, chosen: readonly TypePair[]): EChartsCoreOption {
    const isChosen = new Set(chosen.map(key));
    const ghost = this.ghost(() => selected);
    const data = this.cells.map(({ pair, x, y }) => {
      const n = selected.get(key(pair)) ?? 0;
      return {
        value: [x, y, n],
        itemStyle: {
          opacity: isChosen.size === 0 || isChosen.has(key(pair)) ? 1 : NOT_CHOSEN,
          color: n === 0 ? this.theme.ghost : this.colorOf(n),
        },
      };
    });
    const { most, colors } = this.scale;
    return {
      ...ghost,
      grid: { ...GRID, top: GRID.top + UNDER_LEGEND },
      // On the screen it stands in the card's head.
      visualMap: {
        type: 'continuous' as const,
        seriesIndex: 0,
        min: 1,
        max: most,
        calculable: false,
        hoverLink: false,
        orient: 'horizontal' as const,
        top: 0,
        left: GRID.left,
        itemWidth: 10,
        itemHeight: 80,
        text: [`${humanCount(most)} or more Pokémon`, '1'] as const,
        textStyle: { color: this.theme.muted, fontSize: 11 },
        inRange: { color: colors },
      },
      series: ghost.series.map((series) => ({ ...series, data })),
    };
  }

  private colorOf(n: number): string {
    return String(color.lerp(Math.min(1, n / this.most), this.colors));
  }
}

/** Pokémon by pair, as `key` names it. */
export type PairCounts = ReadonlyMap<string, number>;

export function toPairCounts(rows: readonly ChartRow[]): PairCounts {
  return new Map(rows.map((row) => [key(row), Number(row['n'])]));
}

function key(row: ChartRow | TypePair): string {
  return `${String(row['type_1' as never])} ${String(row['type_2' as never])}`;
}

function names(rows: readonly ChartRow[], column: string): string[] {
  const found = rows.map((row) => row[column]).filter((value) => typeof value === 'string');
  return [...new Set(found)].sort();
}
