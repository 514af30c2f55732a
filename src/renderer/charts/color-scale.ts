import { OTHER_COLOR } from '../../preload/contract/chart-query';
import { datasetColumn, isNumberColumn } from '../../preload/contract/dataset';
import type { ChartTheme } from './chart-theme';
import { columnTitle, formatValue } from './format';
import { typeColor } from './type-colors';

/** Kinds of things that are no type: apart from each other and from the types' meaning. */
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

/** Few or many: one hue, from pale to full. */
export function ramp(theme: ChartTheme): readonly [string, string] {
  return theme.dark ? ['#2b3d61', '#a9c7ff'] : ['#c3d7fb', '#173f8a'];
}

export function isTypeColumn(column: string): boolean {
  return column === 'type_1' || column === 'type_2';
}

/** What a value of a column is called beside its colour or under its bar. */
export function colorLabel(column: string, value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (Array.isArray(value) && value.length === 0) return 'None';
  if (value === OTHER_COLOR) return 'Other';
  // Groups are told by their text.
  const isTruth = datasetColumn(column)?.type === 'BOOLEAN';
  return formatValue(column, isTruth ? String(value) === 'true' : value);
}

/** Longer names would leave a legend room for one of them. */
const LONGEST_LABEL = 28;

/**
 * How a legend writes the names of a column's values. Numbers and yes or no say nothing alone: the
 * first of them is led by the column's title.
 */
export function legendWords(column: string, names: readonly string[]): (name: string) => string {
  const needsTitle = isNumberColumn(column) || datasetColumn(column)?.type === 'BOOLEAN';
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
    if (isTypeColumn(column)) return typeColor(String(value), theme.dark);
    const place = known.indexOf(value);
    if (!isNumberColumn(column)) return KINDS[place % KINDS.length] ?? theme.accent;
    return between(ramp(theme), known.length < 2 ? 1 : place / (known.length - 1));
  });
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
