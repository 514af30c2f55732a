import type { Answers } from '../../../preload/contract/questions';
import { axis, binAxes, GRID, still, STILL_LAYER, tooltip } from '../../charts/base-option';
import type { ChartTheme } from '../../charts/chart-theme';
import { binWords, columnTitle, exactPlace, formatNumber } from '../../charts/format';
import type { Marks, TracePath } from '../../charts/live-marks';
import { outlineMark } from '../../charts/outlines';
import { rowsNoun } from '../../state/column-words';

export interface Bin {
  x0: number;
  x1: number;
  n: number;
}

/** The bins of the version that is compared with. */
export interface ComparedBins {
  version: number;
  bins: readonly Bin[];
}

export function toBins(answer: Answers['histogram'] | null | undefined): Bin[] {
  const { edges = [], counts = [] } = answer ?? {};
  return counts.map((n, at) => {
    const x0 = edges[at] ?? 0;
    return { x0, x1: edges[at + 1] ?? x0, n };
  });
}

const GAP = 0.08;
const OUTSIDE = 0.25;

/**
 * Axes and the ghost of the whole: what no filter changes. `selected` is asked when pointed at. `end`:
 * where the axis of counts ends, if not where the whole's does. `before`: the same of an earlier version.
 */
export function histogramGhost(
  column: string,
  whole: readonly Bin[],
  selected: () => readonly Bin[],
  theme: ChartTheme,
  end: number | null = null,
  before: ComparedBins | null = null,
) {
  const low = whole[0]?.x0 ?? 0;
  const high = whole.at(-1)?.x1 ?? 1;
  const isCut = end !== null && whole.some(({ n }) => n > end);
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
        return [
          binWords(column, bin.x0, bin.x1),
          `${formatNumber(bin.n)} of ${formatNumber(all.n)} ${rowsNoun()}`,
          ...(before === null
            ? []
            : [`${formatNumber(before.bins[index]?.n ?? 0)} in version ${before.version}`]),
        ].join('\n');
      },
    },
    xAxis: binAxes(theme, column, whole).map(still),
    yAxis: still({
      ...axis(theme),
      type: 'value' as const,
      minInterval: 1,
      splitNumber: 3,
      ...(end === null ? {} : { max: end }),
    }),
    series: [
      {
        type: 'bar' as const,
        id: 'all',
        name: 'all',
        silent: true,
        zlevel: STILL_LAYER,
        barGap: '-100%',
        barCategoryGap: `${GAP * 100}%`,
        // Cut off at the end of the scale, it only says where there is anything.
        itemStyle: { color: theme.ghost, opacity: isCut ? 0.4 : 1 },
        data: whole.map((bin) => bin.n),
      },
    ],
    aria: {
      enabled: true,
      label: {
        description: `${columnTitle(column)} from ${exactPlace(column, low)} to ${exactPlace(column, high)}`,
      },
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
  before: ComparedBins | null = null,
): Marks {
  return ({ width, inset, at }) => {
    const plot = width - inset.left - inset.right;
    const band = plot / selected.length;
    const [, bottom] = at(0, 0);
    const unit = bottom - at(0, 1)[1];
    const [from, to] = (cover ?? [0, 1]).map((share) => inset.left + plot * share) as [
      number,
      number,
    ];
    const bars = (low: number, high: number, opacity: number) => ({
      color: theme.accent,
      opacity,
      trace(path: TracePath) {
        for (const [index, { n }] of selected.entries()) {
          const start = inset.left + band * (index + GAP / 2);
          const left = Math.max(low, start);
          const right = Math.min(high, start + band * (1 - GAP));
          if (n > 0 && right > left) path.rect(left, bottom - unit * n, right - left, unit * n);
        }
      },
    });
    const outlines =
      before === null
        ? []
        : [
            outlineMark(theme, (path) => {
              for (const [index, { n }] of before.bins.entries()) {
                const start = inset.left + band * (index + GAP / 2);
                if (n > 0) path.rect(start, bottom - unit * n, band * (1 - GAP), unit * n);
              }
            }),
          ];
    if (cover === null) return [bars(0, width, 1), ...outlines];
    return [bars(from, to, 1), bars(0, from, OUTSIDE), bars(to, width, OUTSIDE), ...outlines];
  };
}
