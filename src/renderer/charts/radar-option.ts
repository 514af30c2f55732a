import { highestOf } from '../../preload/contract/extent';
import { formatNumber } from '../words/numbers';
import { tooltip } from './base-option';
import type { ChartTheme } from './chart-theme';
import type { EChartsCoreOption } from './echarts';

/** One outline in a radar: a row's measures in the axes' order, null where unknown. */
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

export interface RadarAxes {
  /** What each axis is called, clockwise from the top. */
  axes: readonly string[];
  /** What all axes reach at least, however low the outlines. */
  least: number;
}

const PALE = 0.2;
/** More rings than these are a grey area. */
const MOST_RINGS = 8;
/** A longer name of several words has its first one cut. */
const LONGEST_NAME = 12;

/** How far the rings are apart: 1, 4, 10, 40, 100, … and below 1 alike. */
function radarStep(highest: number): number {
  if (highest <= 0) return 1;
  for (let power = 10 ** (Math.floor(Math.log10(highest)) - 2); ; power *= 10) {
    const fits = [1, 4].map((times) => times * power).find((each) => highest / each <= MOST_RINGS);
    if (fits !== undefined) return fits;
  }
}

/** The end shared by all axes, the ring at or above the highest value, and the rings' distance. */
export function radarScale(
  shapes: readonly RadarShape[],
  least: number,
): { max: number; step: number } {
  const highest = highestOf(
    shapes.flatMap(({ values }) => values.map((value) => value ?? 0)),
    least,
  );
  const step = radarStep(highest);
  // 3 × 0.4 is 1.2, and not what doubles make of it.
  const max = Number((Math.max(1, Math.ceil(highest / step)) * step).toPrecision(12));
  return { max, step };
}

/** `Special attack` is `Sp. attack`. */
function axisName(label: string): string {
  const [first = '', ...others] = label.split(' ');
  const isLong = label.length > LONGEST_NAME && others.length > 0 && first.length > 3;
  return isLong ? [`${first.slice(0, 2)}.`, ...others].join(' ') : label;
}

/** Outlines over each other, all axes on one scale from 0. */
export function radarOption(
  { axes, least }: RadarAxes,
  shapes: readonly RadarShape[],
  theme: ChartTheme,
): EChartsCoreOption {
  const { max, step } = radarScale(shapes, least);
  const scale = {
    color: theme.muted,
    fontSize: 10,
    showMinLabel: false,
    // Every other ring where they stand close.
    formatter: (value: number) =>
      max > 4 * step && Math.round(value / step) % 2 !== 0 ? '' : formatNumber(value, 3),
  };
  return {
    animation: false,
    tooltip: {
      ...tooltip(theme),
      formatter: ({ dataIndex }: { dataIndex: number }) => shapeText(axes, shapes[dataIndex]),
    },
    radar: {
      radius: '68%',
      splitNumber: Math.round(max / step),
      indicator: axes.map((label, index) => ({
        name: axisName(label),
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

function shapeText(axes: readonly string[], shape: RadarShape | undefined): string {
  if (shape === undefined) return '';
  const lines = axes.map((label, index) => `${label} ${formatNumber(shape.values[index], 1)}`);
  return [shape.name, ...lines].join('\n');
}
