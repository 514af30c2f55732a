import { datasetColumn, STATS } from '../../preload/contract/dataset';
import { highestOf } from '../../preload/contract/extent';
import { tooltip } from './base-option';
import type { ChartTheme } from './chart-theme';
import type { EChartsCoreOption } from './echarts';
import { formatNumber } from './format';

/** One outline in a radar: the six base stats in the dataset's order, null where unknown. */
export interface RadarShape {
  name: string;
  values: readonly (number | null)[];
  color: string;
  /** Lengths of the line's strokes and gaps; none for a line without gaps. */
  dash: readonly number[];
  /** Pale, because another one is looked at. */
  pale?: boolean;
  symbol: string;
  filled: boolean;
}

const SHORT: Readonly<Record<string, string>> = {
  hp: 'HP',
  attack: 'Attack',
  defense: 'Defense',
  special_attack: 'Sp. attack',
  special_defense: 'Sp. defense',
  speed: 'Speed',
};
const PALE = 0.2;
const STEP = 40;
const LEAST = 120;
/** More rings than these are a grey area. */
const MOST_RINGS = 8;

/** How far the rings are apart: 40; where stats are higher than any known, 100, 200, 400, 1,000, … */
function radarStep(highest: number): number {
  for (let power = 1; ; power *= 10) {
    const step = [1, 2.5, 5].map((times) => STEP * times * power);
    const fits = step.find((each) => highest / each <= MOST_RINGS);
    if (fits !== undefined) return fits;
  }
}

/** The end shared by all six axes, the ring at or above the highest stat, and the rings' distance. */
export function radarScale(shapes: readonly RadarShape[]): { max: number; step: number } {
  const highest = highestOf(
    shapes.flatMap(({ values }) => values.map((value) => value ?? 0)),
    0,
  );
  const step = radarStep(highest);
  return { max: Math.max(LEAST, Math.ceil(highest / step) * step), step };
}

/** Six-stat outlines over each other, all axes on one scale from 0. */
export function radarOption(shapes: readonly RadarShape[], theme: ChartTheme): EChartsCoreOption {
  const { max, step } = radarScale(shapes);
  const scale = {
    color: theme.muted,
    fontSize: 10,
    showMinLabel: false,
    // Every other ring where they stand close.
    formatter: (value: number) =>
      max > 4 * step && value % (2 * step) !== 0 ? '' : formatNumber(value),
  };
  return {
    animation: false,
    tooltip: {
      ...tooltip(theme),
      formatter: ({ dataIndex }: { dataIndex: number }) => shapeText(shapes[dataIndex]),
    },
    radar: {
      radius: '68%',
      splitNumber: Math.ceil(max / step),
      indicator: STATS.map((stat, index) => ({
        name: SHORT[stat] ?? stat,
        max,
        min: 0,
        // All axes have one scale, so one of them tells it.
        axisLabel: { ...scale, show: index === 0 },
      })),
      axisName: { color: theme.muted, fontSize: 11 },
      axisLine: { lineStyle: { color: theme.line } },
      splitLine: { lineStyle: { color: theme.line } },
      splitArea: { show: false },
    },
    series: [
      {
        type: 'radar',
        data: shapes.map((shape) => ({
          name: shape.name,
          // An outline cannot leave an axis out, nor go below the middle, where it would come out at the
          // axis opposite; the tooltip and the table say what the value is.
          value: shape.values.map((value) => Math.max(0, value ?? 0)),
          symbol: shape.symbol,
          symbolSize: 8,
          itemStyle: { color: shape.color, opacity: shape.pale === true ? PALE : 1 },
          lineStyle: {
            color: shape.color,
            width: shape.pale === true ? 1 : 2,
            opacity: shape.pale === true ? PALE : 1,
            type: shape.dash.length === 0 ? 'solid' : [...shape.dash],
          },
          areaStyle: { color: shape.color, opacity: shape.filled ? 0.16 : 0 },
        })),
      },
    ],
  };
}

function shapeText(shape: RadarShape | undefined): string {
  if (shape === undefined) return '';
  const lines = STATS.map((stat, index) => {
    const label = datasetColumn(stat)?.label ?? stat;
    return `${label} ${formatNumber(shape.values[index], 1)}`;
  });
  return [shape.name, ...lines].join('\n');
}
