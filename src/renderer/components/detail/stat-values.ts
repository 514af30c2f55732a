import type { ChartRow } from '../../../preload/contract/chart-query';
import { STATS } from '../../../preload/contract/dataset';
import { formatNumber } from '../../charts/format';

/** A row's six base stats in the dataset's order. */
export function statValues(row: ChartRow): (number | null)[] {
  return STATS.map((stat) => numberOrNull(row[stat]));
}

export function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** A row's types, first slot first. */
export function typesOf(row: ChartRow): string[] {
  return [row['type_1'], row['type_2']].filter((type) => typeof type === 'string');
}

/** A signed difference: `+12`, `−3.5`, `0`; an en dash where either is unknown. */
export function differenceText(value: number | null, from: number | null): string {
  if (value === null || from === null) return '–';
  const rounded = Math.round((value - from) * 10) / 10;
  if (rounded === 0) return '0';
  return `${rounded > 0 ? '+' : '−'}${formatNumber(Math.abs(rounded))}`;
}
