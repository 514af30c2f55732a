import type { SqlResult } from '../../../preload/contract/calls';
import { type Cell, isNumberShape, type Shape } from '../../../preload/contract/value-text';
import { extentOf, highestOf } from '../../../preload/contract/extent';
import { axis, GRID, tooltip } from '../../charts/base-option';
import type { ChartTheme } from '../../charts/chart-theme';
import type { EChartsCoreOption } from '../../charts/echarts';
import { formatNumber } from '../../charts/format';
import { shownText } from './result-text';

export const RESULT_CHARTS = ['bar', 'line', 'scatter'] as const;
export type ResultChartKind = (typeof RESULT_CHARTS)[number];

/** Columns by their place in the result: names may come twice. */
export interface ResultChart {
  kind: ResultChartKind;
  x: number;
  y: number;
}

/** More bars or dots than this say nothing. */
export const MOST_DRAWN = 2000;

type Columns = SqlResult['columns'];

const TEXT: Shape = { kind: 'text' };

function isTimeType(type: string): boolean {
  return /^(DATE|TIME)/i.test(type);
}

/** The chart that fits a result's first columns; null where it has no number to draw. */
export function chartFor(columns: Columns): ResultChart | null {
  const numbers = columns.flatMap(({ shape }, index) => (isNumberShape(shape) ? [index] : []));
  const [first, second] = numbers;
  if (first === undefined) return null;
  const time = columns.findIndex(({ type }) => isTimeType(type));
  if (time !== -1) return { kind: 'line', x: time, y: first };
  const text = columns.findIndex(({ shape }) => !isNumberShape(shape));
  if (text !== -1) return { kind: 'bar', x: text, y: first };
  if (second !== undefined) return { kind: 'scatter', x: first, y: second };
  return null;
}

/** Bars and lines stand in the rows' own order; a scatter leaves out rows that lack a number. */
export function resultOption(
  { columns, rows }: Pick<SqlResult, 'columns' | 'rows'>,
  { kind, x, y }: ResultChart,
  theme: ChartTheme,
): EChartsCoreOption {
  const drawn = rows.slice(0, MOST_DRAWN);
  const [xShape, yShape] = [columns[x]?.shape ?? TEXT, columns[y]?.shape ?? TEXT];
  const scatter = kind === 'scatter' && isNumberShape(xShape);
  const shown = scatter
    ? drawn.filter((row) => pair(row[x] ?? null, row[y] ?? null).length > 0)
    : drawn;
  const across = axis(theme, columns[x]?.name);
  const nameGap = roomOfNumbers(drawn.map((row) => numberOf(row[y] ?? null)));
  return {
    animation: false,
    grid: { ...GRID, left: nameGap + 20, top: 16, bottom: 64 },
    tooltip: {
      ...tooltip(theme),
      trigger: scatter ? 'item' : 'axis',
      // The row's own texts: the picture's numbers may be rounded, a null or NaN is not drawn.
      formatter: (hovered: { dataIndex: number } | { dataIndex: number }[]) => {
        const [point] = Array.isArray(hovered) ? hovered : [hovered];
        const row = shown[point?.dataIndex ?? -1];
        if (row === undefined) return '';
        const line = (at: number, shape: Shape) =>
          `${columns[at]?.name ?? ''}: ${shownText(row[at] ?? null, shape)}`;
        return `${line(x, xShape)}\n${line(y, yShape)}`;
      },
    },
    xAxis: scatter
      ? { ...across, type: 'value', scale: true, nameGap: 32 }
      : {
          ...across,
          type: 'category',
          data: drawn.map((row) => shownText(row[x] ?? null, xShape)),
          axisLabel: { ...across.axisLabel, width: 120, overflow: 'truncate' },
          splitLine: { show: false },
          nameGap: 40,
        },
    yAxis: { ...axis(theme, columns[y]?.name), type: 'value', scale: kind !== 'bar', nameGap },
    series: [
      {
        type: kind,
        name: columns[y]?.name ?? '',
        ...(kind === 'scatter' ? { symbolSize: 7 } : {}),
        ...(kind === 'line' ? { showSymbol: drawn.length < 100 } : {}),
        itemStyle: { color: theme.accent, ...(kind === 'scatter' ? { opacity: 0.8 } : {}) },
        data: scatter
          ? shown.flatMap((row) => pair(row[x] ?? null, row[y] ?? null))
          : shown.map((row) => numberOf(row[y] ?? null)),
      },
    ],
  };
}

/** Pixels: of a letter at the axes' size, and what the numbers of an axis take at least and at most. */
const LETTER = 7;
const LEAST_ROOM = 48;
const MOST_ROOM = 190;

/** What the numbers beside an axis need, so that none is cut off. */
function roomOfNumbers(values: readonly (number | null)[]): number {
  const [low, high] = extentOf(values.filter((value) => value !== null)) ?? [0, 0];
  const lengths = [low, high].map((end) => formatNumber(Math.round(end * 1.2), 0).length);
  const longest = highestOf(lengths, 1);
  return Math.min(MOST_ROOM, Math.max(LEAST_ROOM, longest * LETTER + 18));
}

function pair(x: Cell, y: Cell): [number, number][] {
  const [across, up] = [numberOf(x), numberOf(y)];
  return across === null || up === null ? [] : [[across, up]];
}

/** A number as far as a picture needs it; null where there is none to draw, as for NaN. */
function numberOf(value: Cell): number | null {
  if (value === null || value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}
