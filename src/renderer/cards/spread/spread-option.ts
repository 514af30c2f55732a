import type { Scalar } from '../../../preload/contract/descriptor';
import type { Spread } from '../../../preload/contract/questions';
import { axis, plotArea, steps, tooltip, within } from '../../charts/base-option';
import type { ChartTheme } from '../../charts/chart-theme';
import { paletteColor } from '../../charts/color-scale';
import type { EChartsCoreOption } from '../../charts/echarts';
import { columnTitle, formatNumber, formatValue, valueLabel } from '../../charts/format';
import type { Marks } from '../../charts/live-marks';
import { outlineMark } from '../../charts/outlines';
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

/** A value's place on the axis, and its box in each of the versions that has one. */
export interface SpreadPlace {
  value: Scalar;
  now: Spread | null;
  before: Spread | null;
}

/** From the top down; what only the other version has comes last. */
export function spreadPlaces(
  groups: readonly Spread[],
  before: ComparedSpreads | null,
): SpreadPlace[] {
  const others = new Map(before?.groups.map((group) => [group.value, group]));
  const places = groups.map((now) => {
    const other = others.get(now.value) ?? null;
    others.delete(now.value);
    return { value: now.value, now, before: other };
  });
  return [
    ...places,
    ...[...others.values()].map((other) => ({ value: other.value, now: null, before: other })),
  ];
}

/** One box per value, the highest median on top: quartiles, Tukey's whiskers, and what lies beyond them. */
export function spreadOption(
  { column, by }: SpreadColumns,
  places: readonly SpreadPlace[],
  chosen: readonly Scalar[],
  theme: ChartTheme,
  before: ComparedSpreads | null = null,
): EChartsCoreOption {
  const [named = ''] = by;
  const order = [...places].reverse();
  const colorOf = ({ value }: Pick<Spread, 'value'>) =>
    paletteColor(named, value, theme) ?? theme.accent;
  const opacityOf = ({ value }: Pick<Spread, 'value'>) =>
    chosen.length === 0 || chosen.includes(value) ? 1 : 0.3;
  const dots = outliersOf(places);
  return {
    animation: false,
    grid: plotArea({ left: 72, right: 16, top: 4, bottom: 40 }),
    tooltip: {
      ...tooltip(theme),
      formatter: ({ seriesId, dataIndex }: { seriesId?: string; dataIndex: number }) => {
        const dot = dots[dataIndex];
        if (seriesId === OUTLIERS && dot !== undefined)
          return `${dot.outlier.title}\n${columnLabel(column)}: ${formatValue(column, dot.outlier.value)}`;
        const place = order[dataIndex];
        if (place === undefined) return '';
        return [
          place.now === null
            ? valueLabel(named, place.value)
            : groupWords(column, named, place.now),
          ...(before === null ? [] : [beforeWords(column, place.before, before.version)]),
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
        data: order.map((place) => ({
          value: place.now === null ? NO_BOX : boxOf(place.now),
          itemStyle: {
            color: `${colorOf(place)}66`,
            borderColor: colorOf(place),
            borderWidth: 1.5,
            opacity: opacityOf(place),
          },
        })),
      },
      ...(before === null
        ? []
        : [
            {
              // Seen by nobody: so that the axis has room for the outlines.
              type: 'scatter',
              id: 'before',
              silent: true,
              symbolSize: 0,
              data: order.flatMap(({ before: other }, at) =>
                other === null
                  ? []
                  : [
                      [other.low, at],
                      [other.high, at],
                    ],
              ),
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

/** ECharts' own word for a value that is not there. */
const NO_BOX = ['-', '-', '-', '-', '-'];

function boxOf({ low, q1, median, q3, high }: Spread): number[] {
  return [low, q1, median, q3, high];
}

/** Of its place's height. */
const OUTLINE_SHARE = 0.8;
const OUTLINE_HEIGHT = 18;

/** The boxes of the other version around this one's, each with its whiskers and its median. */
export function spreadMarks(places: readonly SpreadPlace[], theme: ChartTheme): Marks {
  const order = [...places].reverse();
  return ({ height, inset, at }) => {
    const band = (height - inset.top - inset.bottom) / order.length;
    const half = Math.min(OUTLINE_HEIGHT, band * OUTLINE_SHARE) / 2;
    return [
      outlineMark(theme, (path) => {
        for (const [index, { before }] of order.entries()) {
          if (before === null) continue;
          const y = at(0, index)[1];
          const [low = 0, q1 = 0, median = 0, q3 = 0, high = 0] = boxOf(before).map(
            (value) => at(value, index)[0],
          );
          path.rect(q1, y - half, q3 - q1, 2 * half);
          path.moveTo(median, y - half);
          path.lineTo(median, y + half);
          for (const [end, box] of [
            [low, q1],
            [high, q3],
          ] as const) {
            path.moveTo(box, y);
            path.lineTo(end, y);
          }
        }
      }),
    ];
  };
}

/** The dots beyond the whiskers, in the order of their series; `place` counts from the lowest box. */
export function outliersOf(
  places: readonly SpreadPlace[],
): { place: number; outlier: Outlier; group: Spread }[] {
  return [...places]
    .reverse()
    .flatMap(({ now: group }, place) =>
      group === null ? [] : group.outliers.map((outlier) => ({ place, outlier, group })),
    );
}

function beforeWords(column: string, before: Spread | null, version: number): string {
  if (before === null) return `not in version ${version}`;
  const text = (value: number) => formatValue(column, value);
  return `median ${text(before.median)}, middle half ${text(before.q1)} – ${text(before.q3)} in version ${version}`;
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
