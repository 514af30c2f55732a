import {
  type ColumnDescriptor,
  type ColumnGroup,
  columnOf,
  type DatasetDescriptor,
  isBinnedColumn,
  isNumberColumn,
  isTimeColumn,
} from '../../preload/contract/descriptor';
import type { Cell } from '../../preload/contract/value-text';
import { measureTitleOf, titleOf, withinSentence } from '../words/column-words';
import { momentBinWords, momentText } from '../words/moments';
import { DASH, exactNumber } from '../words/numbers';
import { figureText, figureWithUnit, nameOf, textWithUnit } from '../words/values';
import { useDescribed } from './described';

/** What the described data say of a column; undefined where they have none of that name. */
export function describedColumn(name: string): ColumnDescriptor | undefined {
  const { described } = useDescribed.getState();
  return described === null ? undefined : columnOf(described, name);
}

/** The group that these columns are; undefined where they are none. */
export function groupOf(columns: readonly string[]): ColumnGroup | undefined {
  const wanted = columns.join('\n');
  return useDescribed
    .getState()
    .described?.groups.find((group) => group.columns.join('\n') === wanted);
}

export function columnLabel(name: string): string {
  return describedColumn(name)?.label ?? name;
}

/** What columns are called together: their group's name, or one after the other. */
export function columnsLabel(columns: readonly string[]): string {
  return groupOf(columns)?.label ?? columns.map(columnLabel).join(', ');
}

/** A column's label with its unit: `Weight (kg)`. */
export function columnTitle(name: string): string {
  return titleOf(wordsOf(name));
}

/** A column's label within a sentence; BMI and HP stay as they are written. */
export function labelWithin(name: string): string {
  return withinSentence(columnLabel(name));
}

/** What is taken of a column, with the column's unit: `Lowest weight (kg)`. */
export function measureTitle(measure: string, name: string): string {
  return measureTitleOf(measure, wordsOf(name));
}

/** A column's value with its unit: `6.9 kg`, `0.7 m`, `26.3`; a moment may be milliseconds. */
export function formatValue(name: string, value: unknown): string {
  const cell = (value ?? null) as Cell;
  if (typeof cell === 'number' && holdsMoments(name)) return exactPlace(name, cell);
  return textWithUnit(describedColumn(name) ?? unknownColumn(cell), cell);
}

/** A figure of a number column in that column's own decimals, without its unit. */
export function formatMeasure(name: string, value: unknown): string {
  return figureText(describedColumn(name) ?? ANY_NUMBER, value);
}

/** The same with the unit: `36.7579 EUR`. */
export function formatFigure(name: string, value: unknown): string {
  return figureWithUnit(describedColumn(name) ?? ANY_NUMBER, value);
}

/** A text of a column as people read it. */
export function nameIn(name: string, text: string): string {
  const column = describedColumn(name);
  return column === undefined ? text : nameOf(column, text);
}

/** A list of a column as people read it: `FireRed, LeafGreen`. */
export function namesText(name: string, values: readonly unknown[]): string {
  if (values.length === 0) return DASH;
  return values.map((value) => nameIn(name, String(value))).join(', ');
}

/** A value as a chart names what stands for it: no value is `None`, a joined list its names. */
export function valueLabel(name: string, value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (Array.isArray(value) && value.length === 0) return 'None';
  if (typeof value === 'string' && isListColumn(name)) return namesText(name, value.split(', '));
  return formatValue(name, value);
}

/** A place on a column's axis, exactly: a number, or a moment. */
export function exactPlace(name: string, value: unknown): string {
  return holdsMoments(name) && typeof value === 'number'
    ? momentText(value, holdsDays(name))
    : exactNumber(value, isGrouped(name));
}

/** False for numbers that name something, like a year. */
function isGrouped(name: string): boolean {
  return describedColumn(name)?.grouped ?? true;
}

/** What a bin holds, its upper edge being the next one's: `50 – 59`, `7`, `20 to below 25`. */
export function binWords(name: string, x0: unknown, x1: unknown): string {
  if (typeof x0 !== 'number' || typeof x1 !== 'number' || x0 === x1) return exactPlace(name, x0);
  if (holdsMoments(name)) return momentBinWords(x0, x1, holdsDays(name));
  if (!holdsWholes(name)) return `${exactPlace(name, x0)} to below ${exactPlace(name, x1)}`;
  const [least, most] = [Math.ceil(x0), Math.ceil(x1) - 1];
  return least === most
    ? exactPlace(name, least)
    : `${exactPlace(name, least)} – ${exactPlace(name, most)}`;
}

/** What many rows are called: `Pokémon`, `rows`. */
export function rowsNoun(): string {
  return useDescribed.getState().described?.noun.many ?? 'rows';
}

/** The same where it begins a sentence or a title. */
export function rowsTitle(): string {
  const noun = rowsNoun();
  return noun.charAt(0).toUpperCase() + noun.slice(1);
}

/** Which columns identify, name and picture a row; null where none does. */
export function describedRow(): DatasetDescriptor['row'] {
  return useDescribed.getState().described?.row ?? { key: null, title: null, image: null };
}

export function isTruthColumn(name: string): boolean {
  return describedColumn(name)?.type === 'boolean';
}

export function holdsNumbers(name: string): boolean {
  return isNumberColumn(describedColumn(name));
}

export function holdsMoments(name: string): boolean {
  return isTimeColumn(describedColumn(name));
}

/** Whether its moments are of a time zone; all are shown in UTC. */
export function isZoned(name: string): boolean {
  return /WITH TIME ZONE/.test(describedColumn(name)?.sqlType ?? '');
}

export function holdsDays(name: string): boolean {
  return describedColumn(name)?.type === 'date';
}

/** Whether all its values are whole numbers. */
export function holdsWholes(name: string): boolean {
  return describedColumn(name)?.type === 'integer';
}

/** Whether a column is looked at along an axis: numbers and moments that are not a category. */
export function isOrdered(name: string): boolean {
  return isBinnedColumn(describedColumn(name));
}

export function isListColumn(name: string): boolean {
  return describedColumn(name)?.type === 'list';
}

/** `Types` is `Type`, `Abilities` is `Ability`; what is not a plural stays. */
export function singular(label: string): string {
  if (/[^aeiou]ies$/.test(label)) return label.replace(/ies$/, 'y');
  return label.replace(/([^s])s$/, '$1');
}

function wordsOf(name: string): Pick<ColumnDescriptor, 'label' | 'unit'> {
  return describedColumn(name) ?? { label: name, unit: null };
}

const ANY_NUMBER = {
  sqlType: 'DOUBLE',
  type: 'double',
  unit: null,
  decimals: null,
  grouped: true,
  nullable: false,
  labels: null,
} as const;

/** What is not a column of the data (a count, a name beside it) is read by what it holds. */
function unknownColumn(cell: Cell) {
  if (typeof cell === 'number' && Number.isInteger(cell)) {
    return { ...ANY_NUMBER, sqlType: 'BIGINT', type: 'integer' } as const;
  }
  if (typeof cell === 'number') return ANY_NUMBER;
  const sqlType = Array.isArray(cell) ? 'VARCHAR[]' : 'VARCHAR';
  return { ...ANY_NUMBER, sqlType, type: 'text' } as const;
}
