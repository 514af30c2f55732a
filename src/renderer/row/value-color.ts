import type { ColumnDescriptor } from '../../preload/contract/descriptor';
import { contrast, mix } from '../charts/type-colors';

const UNKNOWN = '#8a8f98';
const DARK_GROUND = '#1a1b1e';

/** A value's colour in its column's palette; lifted a step on a dark ground where it would drown. */
export function valueColor(
  palette: ColumnDescriptor['palette'] | undefined,
  value: string | null | undefined,
  dark = false,
): string {
  const known = palette ?? {};
  const name = value ?? '';
  const color = Object.hasOwn(known, name) ? (known[name] ?? UNKNOWN) : UNKNOWN;
  return dark && contrast(color, DARK_GROUND) < 4 ? mix(color, '#ffffff', 0.3) : color;
}

/** Black or white, whichever reads better on a colour (WCAG 2.2, 1.4.3). */
export function textOn(color: string): string {
  return contrast(color, '#000000') >= contrast(color, '#ffffff') ? '#000000' : '#ffffff';
}
