import { OTHER_COLOR } from '../../preload/contract/questions';
import { describedColumn, isOrdered, isTruthColumn } from '../state/column-words';
import type { ChartTheme } from './chart-theme';
import { columnTitle, valueLabel } from './format';
import { valueColor } from './value-color';

/** Kinds of things without colours of their own. */
const KINDS = [
  '#2f6fde',
  '#e07b39',
  '#3d9970',
  '#b657c9',
  '#c9a227',
  '#4aa3c7',
  '#d14b6f',
  '#7a8f3b',
  '#8c6bb1',
  '#b5651d',
  '#5aa897',
  '#cf7fb0',
  '#5b7fa6',
  '#a3a33c',
  '#9c5a5a',
  '#6f9e4f',
  '#7f7fd0',
  '#c98f6b',
] as const;

/** The colour of the so manieth kind of a column without colours of its own. */
export function kindColor(place: number): string {
  return KINDS[place % KINDS.length] ?? KINDS[0];
}

/** Few or many: one hue, from pale to full. */
export function ramp(theme: ChartTheme): readonly [string, string] {
  return theme.dark ? ['#2b3d61', '#a9c7ff'] : ['#c3d7fb', '#173f8a'];
}

/** Whether a column's values have colours of their own. */
export function hasPalette(column: string | undefined): boolean {
  return column !== undefined && (describedColumn(column)?.palette ?? null) !== null;
}

/** A value's own colour; undefined where the column has none. */
export function paletteColor(
  column: string,
  value: unknown,
  { dark }: Pick<ChartTheme, 'dark'>,
): string | undefined {
  const palette = describedColumn(column)?.palette ?? null;
  return palette === null ? undefined : valueColor(palette, String(value), dark);
}

/** What a value of a column is called beside its colour or under its bar. */
export function colorLabel(column: string, value: unknown): string {
  return value === OTHER_COLOR ? 'Other' : valueLabel(column, value);
}

/** Longer names would leave a legend room for one of them. */
const LONGEST_LABEL = 28;

/**
 * How a legend writes the names of a column's values. Numbers and yes or no say nothing alone: the
 * first of them is led by the column's title.
 */
export function legendWords(column: string, names: readonly string[]): (name: string) => string {
  const needsTitle = isOrdered(column) || isTruthColumn(column);
  return (name) =>
    needsTitle && name === names[0]
      ? `${columnTitle(column)}: ${legendLabel(name)}`
      : legendLabel(name);
}

export function legendLabel(name: string): string {
  return name.length > LONGEST_LABEL ? `${name.slice(0, LONGEST_LABEL - 1).trimEnd()}…` : name;
}

/** The colours of a column's values, as many as are given, in their order. */
export function colorsOf(
  column: string | undefined,
  values: readonly unknown[],
  theme: ChartTheme,
): string[] {
  if (column === undefined) return values.map(() => theme.accent);
  const known = values.filter((value) => value !== null);
  return values.map((value) => {
    if (value === null || value === OTHER_COLOR) return theme.muted;
    const own = paletteColor(column, value, theme);
    if (own !== undefined) return own;
    const place = known.indexOf(value);
    if (!isOrdered(column)) return kindColor(Math.max(place, 0));
    return between(ramp(theme), known.length < 2 ? 1 : place / (known.length - 1));
  });
}

/** A colour of the ramp, from few (0) to many (1). */
export function shadeOf(theme: ChartTheme, share: number): string {
  return between(ramp(theme), share);
}

/** A colour between two, by share of the way. */
function between([from, to]: readonly [string, string], share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((color) => Number.parseInt(color.slice(at, at + 2), 16));
    return Math.round((a ?? 0) + ((b ?? 0) - (a ?? 0)) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${parts.join('')}`;
}
