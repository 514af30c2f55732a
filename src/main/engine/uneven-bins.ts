import type { ColumnDescriptor } from '../../preload/contract/descriptor';
import { type Binning, binningOver, type Extent, rounded } from './binning';

/** Bins per power of ten that logarithmic axes are cut into. */
const PER_DECADE = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20];
const DIGITS = 3;

/**
 * Bins as wide as each other on a logarithmic axis, powers of ten among their edges; as many per
 * decade as come nearest to `about` in all. Null for no values above 0; those at or below it have no
 * bin.
 * @param axis SQL of the value as a DOUBLE, see axisSql
 * @param extent of the values above 0
 */
export function logBinning(
  column: ColumnDescriptor,
  axis: string,
  about: number,
  extent: Extent,
): Binning | null {
  if (extent === null) return null;
  const [low, high] = extent;
  if (low === high) {
    return { edges: [low, high], numberSql: `CASE WHEN ${axis} > 0 THEN 0 END::BIGINT` };
  }
  const decades = Math.log10(high / low);
  const far = (per: number) => Math.abs(Math.log((decades * per) / about));
  const per = PER_DECADE.reduce((best, each) => (far(each) < far(best) ? each : best));
  const edgeAt = (place: number) => Number((10 ** (place / per)).toPrecision(DIGITS));
  let first = Math.floor(Math.log10(low) * per);
  while (edgeAt(first) > low) first -= 1;
  while (edgeAt(first + 1) <= low) first += 1;
  let after = first + 1;
  while (edgeAt(after) <= high) after += 1;
  const edges = Array.from({ length: after - first + 1 }, (_, at) => edgeAt(first + at));
  const place = `log10(CASE WHEN ${axis} > 0 THEN ${axis} END)`;
  return {
    edges,
    numberSql: numberAmong(edges, column, axis, `floor(${place} * ${per} - ${first}) + 1`),
  };
}

/** How far beyond the middle half a value is far off, in widths of that half. Source: J. W. Tukey. */
export const FAR_OFF = 3;

/**
 * Round bins over what is not far off, and one more at an end beyond which there are values. The
 * usual bins where nothing is far off.
 * @param near the least and the greatest value that is not far off
 */
export function clippedBinning(
  column: ColumnDescriptor,
  axis: string,
  about: number,
  extent: Extent,
  near: Extent,
): Binning | null {
  if (extent === null || near === null) return binningOver(column, axis, about, extent);
  const [low, high] = extent;
  const [from, to] = near;
  if (from === to || (from === low && to === high)) return binningOver(column, axis, about, extent);
  const inner = binningOver(column, axis, about, near);
  const [first = low, second = high] = inner?.edges ?? [];
  const last = inner?.edges.at(-1) ?? high;
  const width = second - first;
  const edges = [
    ...(low < first ? [rounded(Math.floor(low / width) * width)] : []),
    ...(inner?.edges ?? []),
    ...(high >= last ? [rounded((Math.floor(high / width) + 1) * width)] : []),
  ];
  const guess = `floor((${axis} - ${first}::DOUBLE) / ${width}::DOUBLE) + ${low < first ? 2 : 1}`;
  return { edges, numberSql: numberAmong(edges, column, axis, guess) };
}

/**
 * SQL of the number of the bin that a value is in, from 0, where arithmetic says about which one it
 * is: right where edges are rounded, too.
 * @param guess SQL of the number, from 1, as a DOUBLE
 */
function numberAmong(
  edges: readonly number[],
  { sqlType }: ColumnDescriptor,
  axis: string,
  guess: string,
): string {
  // In the column's own precision, as a range filter has it: 0.7 as a FLOAT is what begins at 0.7.
  const type = sqlType === 'FLOAT' ? 'FLOAT' : 'DOUBLE';
  const value = `${axis}::${type}`;
  const list = `[${edges.map((edge) => `${edge}::${type}`).join(', ')}]`;
  const about = `greatest(1, least(${edges.length - 1}, ${guess}))::BIGINT`;
  return `(CASE WHEN ${value} >= ${list}[1] THEN ${about}
    - (${value} < ${list}[${about}])::BIGINT + (${value} >= ${list}[${about} + 1])::BIGINT - 1 END)`;
}
