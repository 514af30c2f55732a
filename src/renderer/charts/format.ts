import { counted, withSeparators } from '../../preload/contract/counts';
import { datasetColumn } from '../../preload/contract/dataset';
import { gameLabel } from '../../preload/contract/games';

/** Numbers, dates and names for people. Null is an en dash, never 0 or NaN. */
const DASH = '–';

export function formatNumber(value: unknown, digits = 1): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return DASH;
  return grouped(value, 0, digits);
}

/** Always one decimal, so that `1.0` and `0.7` line up. */
export function oneDecimal(value: number): string {
  return Number.isFinite(value) ? grouped(value, 1, 1) : DASH;
}

/** `1,234.5`, with `least` to `most` decimals. */
function grouped(value: number, least: number, most: number): string {
  const [whole = '', decimals = ''] = Math.abs(value).toFixed(most).split('.');
  const kept = decimals.replace(/0+$/, '').padEnd(least, '0');
  const text = withSeparators(whole) + (kept === '' ? '' : `.${kept}`);
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}

/**
 * A number of a column in that column's own decimals, without its unit: always one where it holds
 * decimals, none for whole numbers. What lies between them (a median, a mean) and what would read
 * as nothing (a BMI of 0.04) keeps as many as it takes.
 */
export function formatMeasure(column: string, value: unknown): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return DASH;
  if (column === 'id' || column === 'order') return String(value);
  const text = datasetColumn(column)?.type === 'DOUBLE' ? oneDecimal(value) : formatNumber(value);
  // As few decimals more as say that there is something.
  return value === 0 || /[1-9]/.test(text) ? text : String(Number(value.toPrecision(1)));
}

/** A column's value with its unit: `6.9 kg`, `0.7 m`, `26.3`. */
export function formatValue(column: string, value: unknown): string {
  if (value === null || value === undefined) return DASH;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return namesText(column, value);
  if (typeof value !== 'number') return nameIn(column, String(value));
  const text = formatMeasure(column, value);
  const unit = datasetColumn(column)?.unit;
  return unit === undefined || column === 'bmi' || text === DASH ? text : `${text} ${unit}`;
}

/** Columns whose values the source writes for machines: `solar-power`, `firered`. */
const NAMED = new Set(['type_1', 'type_2', 'games', 'abilities']);

/** A text of a column as people read it; one that is written for people already stays. */
export function nameIn(column: string, text: string): string {
  return NAMED.has(column) ? titleCase(text) : text;
}

/** A list of a column as people read it: `FireRed, LeafGreen`. */
export function namesText(column: string, values: readonly unknown[]): string {
  if (values.length === 0) return DASH;
  return values.map((value) => nameIn(column, String(value))).join(', ');
}

/**
 * A number as it is, for what it must say exactly: the ends of a filter, the edges of a bin.
 * Without what arithmetic in doubles added: 0.30000000000000004 is 0.3.
 */
export function exactNumber(value: unknown): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return DASH;
  const [whole = '', decimals] = String(Number(value.toPrecision(12))).split('.');
  if (/e/.test(whole + (decimals ?? ''))) return String(Number(value.toPrecision(12)));
  const text = withSeparators(whole);
  return decimals === undefined ? text : `${text}.${decimals}`;
}

/** What a bin holds, its upper edge being the next one's: `50 – 59`, `7`, `20 to below 25`. */
export function binWords(column: string, x0: unknown, x1: unknown): string {
  if (typeof x0 !== 'number' || typeof x1 !== 'number' || x0 === x1) return exactNumber(x0);
  if (datasetColumn(column)?.type !== 'INTEGER') {
    return `${exactNumber(x0)} to below ${exactNumber(x1)}`;
  }
  const [least, most] = [Math.ceil(x0), Math.ceil(x1) - 1];
  return least === most ? exactNumber(least) : `${exactNumber(least)} – ${exactNumber(most)}`;
}

/** A part of a whole: `28 %`; `<1 %` and `>99 %` where rounding would say none or all. */
export function formatShare(part: number, whole: number): string {
  const percent = Math.round((part / whole) * 100);
  if (percent === 0 && part > 0) return '<1 %';
  if (percent === 100 && part < whole) return '>99 %';
  return `${percent} %`;
}

/** A column's label within a sentence; BMI and HP stay as they are written. */
export function labelWithin(column: string): string {
  const label = datasetColumn(column)?.label ?? column;
  return label === label.toUpperCase() ? label : label.toLowerCase();
}

/** What is taken of a column, with the column's unit: `Lowest weight (kg)`. */
export function measureTitle(measure: string, column: string): string {
  const unit = datasetColumn(column)?.unit;
  const title = `${measure.charAt(0).toUpperCase()}${measure.slice(1)} ${labelWithin(column)}`;
  return unit === undefined ? title : `${title} (${unit})`;
}

/** A column's label with its unit: `Weight (kg)`. */
export function columnTitle(column: string): string {
  const known = datasetColumn(column);
  if (known === undefined) return column;
  return known.unit === undefined ? known.label : `${known.label} (${known.unit})`;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `8 Aug 2026`, in UTC. Not by Intl, whose dates take 10 ms to load before the first chart. */
export function formatDate(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return DASH;
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

/** `today`, `1 day old`, `3 days old`. */
export function formatAge(iso: string, now: number): string {
  const days = Math.floor((now - Date.parse(iso)) / 86_400_000);
  if (!Number.isFinite(days) || days < 1) return 'today';
  return `${counted(days, 'day')} old`;
}

/** A type, game or ability reads as a title: `solar-power` → `Solar Power`, `firered` → `FireRed`. */
export function titleCase(text: string): string {
  const game = gameLabel(text);
  if (game !== undefined) return game;
  return text
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
