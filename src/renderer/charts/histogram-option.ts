import type { ChartRow } from '../../preload/contract/chart-query';
import { axis, GRID, tooltip } from './base-option';
import type { ChartTheme } from './chart-theme';
import { columnTitle, formatNumber } from './format';
import type { EChartsCoreOption } from './echarts';

export interface Bin {
  x0: number;
  x1: number;
  n: number;
}

export function toBins(rows: readonly ChartRow[]): Bin[] {
  return rows.map((row) => ({ x0: Number(row['x0']), x1: Number(row['x1']), n: Number(row['n']) }));
}

/** Labels at most seven bins, those whose lower edges are the roundest. */
function labelled(bins: readonly Bin[]): (index: number) => boolean {
  const every = [1, 2, 5, 10, 20, 50].find((step) => bins.length / step <= 7) ?? 100;
  return (index) => {
    const bin = bins[index];
    return bin !== undefined && Math.round(bin.x0 / (bin.x1 - bin.x0)) % every === 0;
  };
}

/** Bars of the selection over the ghost of the whole; the chosen range stays bright. */
export function histogramOption(
  column: string,
  whole: readonly Bin[],
  selected: readonly Bin[],
  range: readonly [number, number] | null,
  theme: ChartTheme,
): EChartsCoreOption {
  const bright = (bin: Bin) => range === null || (bin.x1 > range[0] && bin.x0 < range[1]);
  const low = whole[0]?.x0 ?? 0;
  const high = whole.at(-1)?.x1 ?? 1;
  const labels = whole.map((bin) => formatNumber(bin.x0));
  return {
    animation: false,
    grid: GRID,
    tooltip: {
      ...tooltip(theme),
      trigger: 'axis',
      axisPointer: { type: 'none' },
      formatter: (params: { dataIndex: number }[]) => {
        const index = params[0]?.dataIndex ?? 0;
        const bin = selected[index];
        const all = whole[index];
        if (bin === undefined || all === undefined) return '';
        return `${formatNumber(bin.x0)} – ${formatNumber(bin.x1)}\n${bin.n} of ${all.n} Pokémon`;
      },
    },
    xAxis: {
      ...axis(theme, columnTitle(column)),
      type: 'category',
      data: labels,
      splitLine: { show: false },
      axisLabel: { color: theme.muted, fontSize: 11, interval: labelled(whole) },
    },
    yAxis: { ...axis(theme), type: 'value', minInterval: 1, splitNumber: 3 },
    series: [
      {
        type: 'bar',
        id: 'all',
        name: 'all',
        silent: true,
        barGap: '-100%',
        barCategoryGap: '8%',
        itemStyle: { color: theme.ghost },
        data: whole.map((bin) => bin.n),
      },
      {
        type: 'bar',
        id: 'selected',
        name: 'selected',
        barCategoryGap: '8%',
        itemStyle: { color: theme.accent },
        data: selected.map((bin) =>
          bright(bin) ? bin.n : { value: bin.n, itemStyle: { opacity: 0.25 } },
        ),
      },
    ],
    aria: {
      enabled: true,
      label: { description: `${columnTitle(column)} from ${low} to ${high}` },
    },
  };
}
