import type { ChartRow } from '../../../preload/contract/chart-query';
import { formatNumber, labelWithin } from '../../charts/format';

/**
 * What a chart cannot show of what it counts, in words; null where it shows all. The column is named
 * where there is more than one.
 */
export function withoutValue(n: number, column?: string): string | null {
  if (n === 0) return null;
  return `${formatNumber(n)} without ${column === undefined ? 'a value' : labelWithin(column)}`;
}

/** The same of dots: those that lack a number, and those that no logarithm has a place for. */
export function leftOutDots(
  card: { x: string; y: string; log: boolean },
  counted: number,
  dots: readonly ChartRow[],
): string | null {
  const words = [withoutValue(counted - dots.length)];
  const isOut = (value: unknown) => card.log && Number(value) <= 0;
  const out = dots.filter(({ x, y }) => isOut(x) || isOut(y));
  if (out.length > 0) {
    const columns = (['x', 'y'] as const).filter((axis) => out.some((row) => isOut(row[axis])));
    const values = out.flatMap((row) => columns.map((axis) => Number(row[axis])));
    const least = values.some((value) => value < 0) ? '0 or less' : '0';
    const names = columns.map((axis) => labelWithin(card[axis])).join(' or ');
    words.push(`${formatNumber(out.length)} not shown: ${names} ${least} on a log axis`);
  }
  const said = words.filter((word) => word !== null);
  return said.length === 0 ? null : said.join(' · ');
}
