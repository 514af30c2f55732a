import type { ColumnDescriptor } from '../../preload/contract/descriptor';
import { ownValue } from '../../preload/contract/own-value';
import { shapeOfSqlType } from '../../preload/contract/sql-type-shape';
import { type Cell, isNumberShape, type Shape, valueText } from '../../preload/contract/value-text';
import { DASH, decimalText, exactNumber, isPlain, ownDecimals } from './numbers';
import { slugWords } from './slug';

/** What the text of a column's values depends on. */
export type Valued = Pick<
  ColumnDescriptor,
  'sqlType' | 'type' | 'unit' | 'decimals' | 'grouped' | 'nullable' | 'labels' | 'slugs'
>;

/** Beyond this a cell would hold up the screen: a list of millions is one cell too. */
const MOST_SHOWN = 1000;

/** Digits of a figure (a mean, a median) of a column that does not say its decimals. */
const FIGURE_DIGITS = 6;
/** From here on a figure is a power of ten. */
const MOST_WRITTEN_OUT = 1e12;

/** A cell of any shape as far as it is shown, null as a dash; exports and the clipboard have it whole. */
export function shownText(cell: Cell, shape: Shape): string {
  const isLong =
    Array.isArray(cell) && /^(?:list|array)$/.test(shape.kind) && cell.length > MOST_SHOWN;
  const text = valueText(isLong ? (cell as Cell[]).slice(0, MOST_SHOWN) : cell, shape);
  if (text === null) return DASH;
  return isLong ? `${text.slice(0, MOST_SHOWN)}…` : shortened(text);
}

function shortened(text: string): string {
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
}

/**
 * A column's value as people read it, its unit elsewhere: null is a dash, NaN and ±Infinity say so,
 * numbers have the column's decimals, or as many as they are written with where it has none.
 */
export function cellText(column: Valued, cell: Cell): string {
  if (cell === null) return DASH;
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  const shape = shapeOfSqlType(column.sqlType);
  if (isNumberShape(shape) && column.decimals === null) {
    const text = valueText(cell, shape) ?? DASH;
    return isPlain(text) ? ownDecimals(text, column.grouped) : text;
  }
  if (isNumberShape(shape)) return numberText(column, cell);
  if (isListOfNames(shape, cell)) return namesOf(column, cell);
  return typeof cell === 'string' ? shortened(nameOf(column, cell)) : shownText(cell, shape);
}

/** Units that nobody says: a body mass index is 26.3. */
const UNSAID: ReadonlySet<string | null> = new Set([null, 'kg/m²']);

/** With its unit: `6.9 kg`. */
export function textWithUnit(column: Valued, cell: Cell): string {
  const text = cellText(column, cell);
  return withUnit(column, text);
}

/** A figure of a column with its unit. */
export function figureWithUnit(column: Valued, value: unknown): string {
  return withUnit(column, figureText(column, value));
}

function withUnit({ unit }: Valued, text: string): string {
  return UNSAID.has(unit) || text === DASH ? text : `${text} ${unit}`;
}

/**
 * A figure of a column in that column's own decimals, without its unit. What lies between them (a
 * median, a mean) and what would read as nothing (0.04) keeps as many decimals as it takes.
 */
export function figureText(column: Valued, value: unknown): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return DASH;
  // All its digits would look exact, and more than a tile holds.
  if (Math.abs(value) >= MOST_WRITTEN_OUT) return shortPower(value);
  if (column.decimals !== null || column.type === 'integer') return numberText(column, value);
  return exactNumber(Number(value.toPrecision(FIGURE_DIGITS)));
}

/** `1.80144e+18`. */
function shortPower(value: number): string {
  return value.toExponential(FIGURE_DIGITS - 1).replace(/\.?0+e/, 'e');
}

function numberText({ decimals, grouped }: Valued, cell: Cell): string {
  const plain = String(cell);
  const value = typeof cell === 'number' ? cell : isPlain(plain) ? plain : null;
  if (value === null || !Number.isFinite(Number(value))) return plain;
  const least = decimals ?? 0;
  const text = decimalText(value, { least, most: Math.max(1, least), grouped });
  // As few decimals more as say that there is something.
  const isNothing = Number(value) === 0 || /[1-9]/.test(text);
  return isNothing ? text : String(Number(Number(value).toPrecision(1)));
}

/** A text of a column as people read it; one that is written for people already stays. */
export function nameOf({ labels, slugs }: Pick<Valued, 'labels' | 'slugs'>, text: string): string {
  const label = labels === null ? undefined : ownValue(labels, text);
  return label ?? (slugs === true ? slugWords(text) : text);
}

function isListOfNames(shape: Shape, cell: Cell): cell is readonly Cell[] {
  return (
    (shape.kind === 'list' || shape.kind === 'array') &&
    shape.of.kind === 'text' &&
    Array.isArray(cell)
  );
}

/** A list as people read it: `FireRed, LeafGreen`. An empty one is told from null where there is any. */
function namesOf(column: Valued, cells: readonly Cell[]): string {
  if (cells.length === 0) return column.nullable ? '[]' : DASH;
  const names = cells
    .slice(0, MOST_SHOWN)
    .map((each) => (each === null ? 'NULL' : nameOf(column, String(each))));
  const text = shortened(names.join(', '));
  return cells.length > MOST_SHOWN && !text.endsWith('…') ? `${text}…` : text;
}
