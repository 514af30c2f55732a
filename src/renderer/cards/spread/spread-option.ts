import type { Scalar } from '../../../preload/contract/descriptor';
import type { Answers, Spread } from '../../../preload/contract/questions';
import { axis, plotArea, steps, tooltip, within } from '../../charts/base-option';
import type { ChartTheme } from '../../charts/chart-theme';
import { paletteColor } from '../../charts/color-scale';
import type { EChartsCoreOption } from '../../charts/echarts';
import { columnTitle, formatNumber, formatValue, valueLabel } from '../../charts/format';
import { columnLabel, rowsNoun } from '../../state/column-words';

export type Outlier = Spread['outliers'][number];

/** The series whose dots are rows. */
export const OUTLIERS = 'outliers';

/** The boxes of the version that is compared with. */
export interface ComparedSpreads {
  version: number;
  groups: readonly Spread[];
}

interface SpreadColumns {
  column: string;
  by: readonly string[];
}

/** One box per value, the highest median on top: quartiles, Tukey's whiskers, and what lies beyond them. */
export function spreadOption(
  { column, by }: SpreadColumns,
  { groups }: Pick<Answers['spread'], 'groups'>,
  chosen: readonly Scalar[],
  theme: ChartTheme,
  before: ComparedSpreads | null = null,
): EChartsCoreOption {
  const [named = ''] = by;
  const order = [...groups].reverse();
  const colorOf = ({ value }: Spread) => paletteColor(named, value, theme) ?? theme.accent;
  const opacityOf = ({ value }: Spread) =>
    chosen.length === 0 || chosen.includes(value) ? 1 : 0.3;
  const dots = outliersOf(groups);
  return {
    animation: false,
    grid: plotArea({ left: 72, right: 16, top: 4, bottom: 40 }),
    tooltip: {
      ...tooltip(theme),
      formatter: ({ seriesId, dataIndex }: { seriesId?: string; dataIndex: number }) => {
        const dot = dots[dataIndex];
        if (seriesId === OUTLIERS && dot !== undefined)
          return `${dot.outlier.title}\n${columnLabel(column)}: ${formatValue(column, dot.outlier.value)}`;
        const group = order[dataIndex];
        if (group === undefined) return '';
        const median = before === null ? null : medianIn(before, group);
        return [
          groupWords(column, named, group),
          ...(before === null || median === null
            ? []
            : [`median ${formatValue(column, median)} in version ${before.version}`]),
        ].join('\n');
      },
    },
    xAxis: { ...axis(theme, columnTitle(column)), type: 'value', scale: true, ...steps(column) },
    yAxis: {
      ...axis(theme),
      type: 'category',
      data: order.map(({ value }) => valueLabel(named, value)),
      axisLabel: { color: theme.ink, fontSize: 11, ...within(62) },
      splitLine: { show: false },
    },
    series: [
      {
        type: 'boxplot',
        id: 'spread',
        boxWidth: [6, 14],
        data: order.map((group) => ({
          value: [group.low, group.q1, group.median, group.q3, group.high],
          itemStyle: {
            color: `${colorOf(group)}66`,
            borderColor: colorOf(group),
            borderWidth: 1.5,
            opacity: opacityOf(group),
          },
        })),
      },
      ...(before === null
        ? []
        : [
            {
              // Beside the boxes there is no room for others: what moved is the median.
              type: 'scatter',
              id: 'before',
              silent: true,
              symbol: 'diamond',
              symbolSize: 9,
              z: 5,
              itemStyle: { color: 'transparent', borderColor: theme.ink, borderWidth: 1.5 },
              data: order.flatMap((group, place) => {
                const median = medianIn(before, group);
                return median === null ? [] : [[median, place]];
              }),
            },
          ]),
      {
        type: 'scatter',
        id: OUTLIERS,
        symbolSize: 5,
        z: 4,
        data: dots.map(({ place, outlier, group }) => ({
          value: [outlier.value, place],
          itemStyle: { color: colorOf(group), opacity: 0.7 * opacityOf(group) },
        })),
      },
    ],
  };
}

function medianIn({ groups }: ComparedSpreads, { value }: Spread): number | null {
  return groups.find((group) => group.value === value)?.median ?? null;
}

/** The dots beyond the whiskers, in the order of their series; `place` counts from the lowest box. */
export function outliersOf(
  groups: readonly Spread[],
): { place: number; outlier: Outlier; group: Spread }[] {
  return [...groups]
    .reverse()
    .flatMap((group, place) => group.outliers.map((outlier) => ({ place, outlier, group })));
}

function groupWords(column: string, named: string, group: Spread): string {
  const text = (value: number) => formatValue(column, value);
  return [
    `${valueLabel(named, group.value)}, ${formatNumber(group.n)} ${rowsNoun()}`,
    `${columnLabel(column)}: median ${text(group.median)}`,
    `middle half ${text(group.q1)} – ${text(group.q3)}`,
    `from ${text(group.least)} to ${text(group.most)}`,
    ...(group.outlying > 0 ? [`${formatNumber(group.outlying)} far off`] : []),
  ].join('\n');
}
