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

/** The end shared by all six axes: the next multiple of 40 at or above the highest stat. */
export function radarMax(shapes: readonly RadarShape[]): number {
  const highest = highestOf(
    shapes.flatMap(({ values }) => values.map((value) => value ?? 0)),
    0,
  );
  return Math.max(LEAST, Math.ceil(highest / STEP) * STEP);
}

/** Six-stat outlines over each other, all axes on one scale from 0. */
export function radarOption(shapes: readonly RadarShape[], theme: ChartTheme): EChartsCoreOption {
  const max = radarMax(shapes);
  return {
    animation: false,
    tooltip: {
      ...tooltip(theme),
      formatter: ({ dataIndex }: { dataIndex: number }) => shapeText(shapes[dataIndex]),
    },
    radar: {
      radius: '68%',
      splitNumber: max / STEP,
      indicator: STATS.map((stat) => ({ name: SHORT[stat] ?? stat, max, min: 0 })),
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
          // An outline cannot leave an axis out; the tooltip and the table say that it is unknown.
          value: shape.values.map((value) => value ?? 0),
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
