import type { ColumnDescriptor } from '../../preload/contract/descriptor';
import { ownValue } from '../../preload/contract/own-value';
import { readable } from './contrast';

/** For a value that its column's palette does not know. */
const UNKNOWN = '#8a8f98';

/** A value's colour in its column's palette; lifted a step on a dark ground where it would drown. */
export function valueColor(
  palette: ColumnDescriptor['palette'] | undefined,
  value: string | null | undefined,
  dark = false,
): string {
  const known = palette ?? {};
  const name = value ?? '';
  const color = ownValue(known, name) ?? UNKNOWN;
  return readable(color.toLowerCase(), dark);
}
