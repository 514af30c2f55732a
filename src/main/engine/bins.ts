import { type ColumnName, datasetColumn } from '../../preload/contract/dataset';
import type { Extent } from './extents';

/**
 * Bins over a column's whole extent, whatever is filtered. Bin `n` holds the values from
 * `n × width` up to, not including, `(n + 1) × width`.
 */
export interface Bins {
  low: number;
  high: number;
  /** Null where all values are equal: one bin from `low` to `high`, its number 0. */
  width: number | null;
}

/**
 * Round bin edges as d3-array chooses ticks: a step of 1, 2 or 5 times a power of ten, whichever
 * gives nearest to `about` bins; whole numbers where the values are. Null for no values.
 */
export function binsOver(name: ColumnName, about: number, extent: Extent): Bins | null {
  if (extent === null) return null;
  const [low, high] = extent;
  if (low === high) return { low, high, width: null };
  const raw = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step =
    raw >= Math.sqrt(50) * power
      ? 10
      : raw >= Math.sqrt(10) * power
        ? 5
        : raw >= Math.sqrt(2) * power
          ? 2
          : 1;
  const least = datasetColumn(name)?.type === 'INTEGER' ? 1 : 0;
  return { low, high, width: Math.max(least, step * power) };
}

/** What a decimal fraction loses as a double must not move it one bin down. */
const LOST = 1e-9;

/** The SQL for a value's bin; null where the value is, or where there are no bins. */
export function binSql(value: string, bins: Bins | null): string {
  if (bins === null) return 'NULL::BIGINT';
  if (bins.width === null) return `CASE WHEN ${value} IS NOT NULL THEN 0 END::BIGINT`;
  return `floor(${value} / ${bins.width}::DOUBLE + ${LOST}::DOUBLE)::BIGINT`;
}

/** The bins' numbers, in order. */
export function binNumbers(bins: Bins): number[] {
  const first = numberOf(bins.low, bins);
  return Array.from({ length: numberOf(bins.high, bins) - first + 1 }, (_, index) => first + index);
}

/** Lower and upper edge of a bin. */
export function binEdges(bin: number, { low, high, width }: Bins): [number, number] {
  if (width === null) return [low, high];
  return [rounded(bin * width), rounded((bin + 1) * width)];
}

function numberOf(value: number, { width }: Bins): number {
  return width === null ? 0 : Math.floor(value / width + LOST);
}

/** Without what multiplying added: 0.1 × 3 is 0.3. */
function rounded(value: number): number {
  return Number(value.toFixed(12));
}
