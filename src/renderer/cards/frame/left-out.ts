import type { Density } from '../../../preload/contract/questions';
import { formatNumber, labelWithin } from '../../charts/format';

/**
 * What a chart cannot show of what it counts, in words; null where it shows all. The column is named
 * where there is more than one.
 */
export function withoutValue(n: number, column?: string): string | null {
  if (n === 0) return null;
  return `${formatNumber(n)} without ${column === undefined ? 'a value' : labelWithin(column)}`;
}

/** The same of bins that no value at or below 0 has a place in. */
export function withoutLog(n: number): string | null {
  return n === 0 ? null : `${formatNumber(n)} not shown: without a value, or 0 or less`;
}

/** The same of dots or cells: rows that lack a number, and those that no logarithm has a place for. */
export function leftOutDots(
  card: { x: string; y: string },
  { leftOut, notPositive }: Pick<Density, 'leftOut' | 'notPositive'>,
): string | null {
  const words = [withoutValue(leftOut - (notPositive?.n ?? 0))];
  if (notPositive !== undefined) {
    const axes = (['x', 'y'] as const).filter((axis) => notPositive[axis]);
    const names = axes.map((axis) => labelWithin(card[axis])).join(' or ');
    const least = notPositive.negative ? '0 or less' : '0';
    words.push(`${formatNumber(notPositive.n)} not shown: ${names} ${least} on a log axis`);
  }
  const said = words.filter((word) => word !== null);
  return said.length === 0 ? null : said.join(' · ');
}
