import { numberOf, type Row } from '../../row/row';
import type { Part } from '../../row/row-parts';
import { formatNumber } from '../../words/numbers';

/** A row's measures of a profile, in its order; null where unknown. */
export function profileValues({ columns }: Part, row: Row): (number | null)[] {
  return columns.map(({ name }) => numberOf(row, name));
}

/** What asks the median of each of a profile's measures. */
export function medianQuestion({ columns }: Part) {
  return {
    kind: 'summary' as const,
    of: columns.map(({ name }) => ({ column: name, as: 'median' as const })),
  };
}

/** A signed difference: `+12`, `−3.5`, `0`; an en dash where either is unknown. */
export function differenceText(value: number | null, from: number | null): string {
  if (value === null || from === null) return '–';
  const rounded = Math.round((value - from) * 10) / 10;
  if (rounded === 0) return '0';
  return `${rounded > 0 ? '+' : '−'}${formatNumber(Math.abs(rounded))}`;
}
