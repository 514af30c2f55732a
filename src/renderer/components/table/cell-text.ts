import { formatMeasure, formatValue } from '../../charts/format';

/** A cell as the table shows it; the unit stands in the header. Decimals line up. */
export function cellText(column: string, value: unknown): string {
  return typeof value === 'number' ? formatMeasure(column, value) : formatValue(column, value);
}
