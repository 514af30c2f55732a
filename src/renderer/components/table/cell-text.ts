import { formatMeasure } from '../../charts/format';

const DASH = '–';

/** A cell as the table shows it; the unit stands in the header. Decimals line up. */
export function cellText(column: string, value: unknown): string {
  if (value === null || value === undefined) return DASH;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? DASH : value.join(', ');
  return typeof value === 'number' ? formatMeasure(column, value) : String(value);
}
