import { formatNumber, oneDecimal } from '../../charts/format';
import { datasetColumn } from '../../../preload/contract/dataset';

const DASH = '–';

/** A cell as the table shows it; the unit stands in the header. Decimals line up. */
export function cellText(column: string, value: unknown): string {
  if (value === null || value === undefined) return DASH;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? DASH : value.join(', ');
  if (typeof value !== 'number') return String(value);
  if (column === 'id' || column === 'order') return String(value);
  if (datasetColumn(column)?.type !== 'DOUBLE') return formatNumber(value, 0);
  return oneDecimal(value);
}
