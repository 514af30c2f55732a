import type { SqlResult } from '../../../preload/contract/calls';
import { type Cell, isNumberShape, type Shape } from '../../../preload/contract/value-text';
import { axis, tooltip } from '../../charts/base-option';
import type { ChartTheme } from '../../charts/chart-theme';
import { legendLabel } from '../../charts/color-scale';
import type { EChartsCoreOption } from '../../charts/echarts';
import { formatNumber } from '../../words/numbers';
import { shownText } from '../../words/values';

export const RESULT_CHARTS = ['bar', 'line', 'scatter'] as const;
export type ResultChartKind = (typeof RESULT_CHARTS)[number];

/** Columns by their place in the result: names may come twice. */
export interface ResultChart {
  kind: ResultChartKind;
  x: number;
  y: number;
}

/** More bars or dots than this say nothing. */
const MOST_DRAWN = 2000;

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
  const named = (name: string | undefined) => ({
    ...axis(theme, name),
    nameMoveOverlap: true,
    nameGap: 28,
  });
  const across = named(columns[x]?.name);
  return {
    animation: false,
    // Numbers of any length, and no brush over them: the plot gives way to its labels.
    grid: { ...EDGES, outerBoundsMode: 'same', outerBounds: EDGES, outerBoundsContain: 'all' },
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
      ? { ...across, type: 'value', scale: true }
      : {
          ...across,
          type: 'category',
          data: drawn.map((row) => shownText(row[x] ?? null, xShape)),
          axisLabel: { ...across.axisLabel, formatter: legendLabel },
          splitLine: { show: false },
        },
    yAxis: { ...named(columns[y]?.name), type: 'value', scale: kind !== 'bar' },
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

/** What the picture leaves out of the rows it is given, in words; null where it shows all. */
export function leftOut(
  { columns, rows }: Pick<SqlResult, 'columns' | 'rows'>,
  { kind, x, y }: ResultChart,
): string | null {
  const words: string[] = [];
  if (rows.length > MOST_DRAWN) {
    words.push(`The first ${formatNumber(MOST_DRAWN)} rows are drawn.`);
  }
  const drawn = rows.slice(0, MOST_DRAWN);
  const needsX = kind === 'scatter' && isNumberShape(columns[x]?.shape ?? TEXT);
  const missing = drawn.filter(
    (row) => numberOf(row[y] ?? null) === null || (needsX && numberOf(row[x] ?? null) === null),
  ).length;
  if (missing > 0) {
    const what = missing === 1 ? '1 row has' : `${formatNumber(missing)} rows have`;
    words.push(`${what} no finite number to draw.`);
  }
  return words.length === 0 ? null : words.join(' ');
}

/** Pixels around all that is drawn, labels and names included. */
const EDGES = { left: 12, right: 12, top: 16, bottom: 12 };

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
