import type { ChartRow } from '../../preload/contract/chart-query';
import { axis, binAxes, GRID, still, STILL_LAYER, tooltip } from './base-option';
import type { ChartTheme } from './chart-theme';
import { binWords, columnTitle, formatNumber } from './format';
import type { EChartsCoreOption } from './echarts';
import type { Marks, TracePath } from './live-marks';

export interface Bin {
  x0: number;
  x1: number;
  n: number;
}

export function toBins(rows: readonly ChartRow[]): Bin[] {
  return rows.map((row) => ({ x0: Number(row['x0']), x1: Number(row['x1']), n: Number(row['n']) }));
}

const GAP = 0.08;
const OUTSIDE = 0.25;

/** Axes and the ghost of the whole: what no filter changes. `selected` is asked when pointed at. */
export function histogramGhost(
  column: string,
  whole: readonly Bin[],
  selected: () => readonly Bin[],
  theme: ChartTheme,
) {
  const low = whole[0]?.x0 ?? 0;
  const high = whole.at(-1)?.x1 ?? 1;
  return {
    animation: false,
    grid: GRID,
    tooltip: {
      ...tooltip(theme),
      trigger: 'axis' as const,
      axisPointer: { type: 'none' as const },
      formatter: (params: { dataIndex: number }[]) => {
        const index = params[0]?.dataIndex ?? 0;
        const bin = selected()[index];
        const all = whole[index];
        if (bin === undefined || all === undefined) return '';
        return `${binWords(column, bin.x0, bin.x1)}\n${formatNumber(bin.n)} of ${formatNumber(all.n)} Pokémon`;
      },
    },
    xAxis: binAxes(theme, columnTitle(column), whole).map(still),
    yAxis: still({ ...axis(theme), type: 'value' as const, minInterval: 1, splitNumber: 3 }),
    series: [
      {
        type: 'bar' as const,
        id: 'all',
        name: 'all',
        silent: true,
        zlevel: STILL_LAYER,
        barGap: '-100%',
        barCategoryGap: `${GAP * 100}%`,
        itemStyle: { color: theme.ghost },
        data: whole.map((bin) => bin.n),
      },
    ],
    aria: {
      enabled: true,
      label: { description: `${columnTitle(column)} from ${low} to ${high}` },
    },
  };
}

/**
 * The selection's bars over their ghost, pale outside of what `cover`s the axis (shares of it; null
 * where nothing is chosen): a bar that is covered in part is pale in the other.
 */
export function histogramMarks(
  selected: readonly Bin[],
  cover: readonly [number, number] | null,
  theme: ChartTheme,
): Marks {
  return ({ width, at }) => {
    const plot = width - GRID.left - GRID.right;
    const band = plot / selected.length;
    const [, bottom] = at(0, 0);
    const unit = bottom - at(0, 1)[1];
    const [from, to] = (cover ?? [0, 1]).map((share) => GRID.left + plot * share) as [
      number,
      number,
    ];
    const bars = (low: number, high: number, opacity: number) => ({
      color: theme.accent,
      opacity,
      trace(path: TracePath) {
        for (const [index, { n }] of selected.entries()) {
          const start = GRID.left + band * (index + GAP / 2);
          const left = Math.max(low, start);
          const right = Math.min(high, start + band * (1 - GAP));
          if (n > 0 && right > left) path.rect(left, bottom - unit * n, right - left, unit * n);
        }
      },
    });
    if (cover === null) return [bars(0, width, 1)];
    return [bars(from, to, 1), bars(0, from, OUTSIDE), bars(to, width, OUTSIDE)];
  };
}

/** All of it in one picture: bars of the selection over the ghost; the chosen range stays bright. */
export function histogramOption(
  column: string,
  whole: readonly Bin[],
  selected: readonly Bin[],
  range: readonly [number, number] | null,
  theme: ChartTheme,
): EChartsCoreOption {
  const bright = (bin: Bin) => range === null || (bin.x1 > range[0] && bin.x0 < range[1]);
  const ghost = histogramGhost(column, whole, () => selected, theme);
  return {
    ...ghost,
    series: [
      ...ghost.series,
      {
        type: 'bar',
        id: 'selected',
        name: 'selected',
        barCategoryGap: `${GAP * 100}%`,
        itemStyle: { color: theme.accent },
        data: selected.map((bin) =>
          bright(bin) ? bin.n : { value: bin.n, itemStyle: { opacity: OUTSIDE } },
        ),
      },
    ],
  };
}
