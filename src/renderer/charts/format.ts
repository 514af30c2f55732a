import { datasetColumn } from '../../preload/contract/dataset';

/** Numbers, dates and names for people. Null is an en dash, never 0 or NaN. */
const DASH = '–';

export function formatNumber(value: unknown, digits = 1): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return DASH;
  return numberFormat(digits).format(value);
}

const FORMATS = new Map<number, Intl.NumberFormat>();

/** Made once: making one takes far longer than a number does. */
function numberFormat(maximumFractionDigits: number): Intl.NumberFormat {
  const known = FORMATS.get(maximumFractionDigits);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat('en-US', { maximumFractionDigits });
  FORMATS.set(maximumFractionDigits, made);
  return made;
}

/** Always one decimal, so that `1.0` and `0.7` line up. */
export function oneDecimal(value: number): string {
  if (!Number.isFinite(value)) return DASH;
  return value.toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** A column's value with its unit: `6.9 kg`, `0.7 m`, `26.3`. */
export function formatValue(column: string, value: unknown): string {
  const known = datasetColumn(column);
  if (value === null || value === undefined) return DASH;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? DASH : value.join(', ');
  if (typeof value !== 'number') return String(value);
  if (column === 'id' || column === 'order') return String(value);
  const text = known?.type === 'DOUBLE' ? oneDecimal(value) : formatNumber(value, 0);
  return known?.unit === undefined || column === 'bmi' ? text : `${text} ${known.unit}`;
}

/** As formatValue, with one decimal always where the column has decimals: `1.0 m`. */
export function formatTile(column: string, value: unknown): string {
  const known = datasetColumn(column);
  if (known?.type !== 'DOUBLE' || typeof value !== 'number') return formatValue(column, value);
  const text = value.toLocaleString('en-US', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return known.unit === undefined || column === 'bmi' ? text : `${text} ${known.unit}`;
}

/** A part of a whole: `28 %`; `<1 %` and `>99 %` where rounding would say none or all. */
export function formatShare(part: number, whole: number): string {
  const percent = Math.round((part / whole) * 100);
  if (percent === 0 && part > 0) return '<1 %';
  if (percent === 100 && part < whole) return '>99 %';
  return `${percent} %`;
}

/** A column's label with its unit: `Weight (kg)`. */
export function columnTitle(column: string): string {
  const known = datasetColumn(column);
  if (known === undefined) return column;
  return known.unit === undefined ? known.label : `${known.label} (${known.unit})`;
}

/** `8 Aug 2026`, in UTC. */
export function formatDate(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return DASH;
  return date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** `today`, `1 day old`, `3 days old`. */
export function formatAge(iso: string, now: number): string {
  const days = Math.floor((now - Date.parse(iso)) / 86_400_000);
  if (!Number.isFinite(days) || days < 1) return 'today';
  return days === 1 ? '1 day old' : `${days} days old`;
}

/** A type, game or ability reads as a title: `alpha-sapphire` → `Alpha Sapphire`. */
export function titleCase(text: string): string {
  return text
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
