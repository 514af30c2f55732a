import { type FilterOf, momentOf } from '../../../preload/contract/filters';
import { areUneven } from '../../words/bins';
import { momentIso, momentStep } from '../../words/moments';
import { describedColumn, holdsMoments, holdsWholes } from '../../state/column-words';
import { type Range, roundedTo, roundStep } from './brush-drag';

/**
 * What a brush over bins covers, and the filter that selects just that. On the axis a whole number
 * n takes the room from n up to n + 1, as it does in its bin; any other number is a point. A bin
 * holds its lower edge and not its upper one, and so does a brush that ends on an edge.
 */
export interface BinAxis {
  column: string;
  /** The ends of the axis. */
  domain: Range;
  /** Every bin's upper edge. */
  uppers: readonly number[];
  /** Bins of numbers of several widths, as of a logarithmic axis, drawn as wide as each other. */
  uneven: boolean;
  /** What all values are, where they are equal. */
  only: number | null;
}

export interface Edges {
  x0: number;
  x1: number;
}

type Ends = Pick<FilterOf<'range'>, 'min' | 'max' | 'below'>;
type End = number | string;
type BothEnds = Ends & { min: End; max: End };

/** A place this near to an edge, in steps, counts as on it. */
const EDGE = 1e-9;

export function binAxis(column: string, bins: readonly Edges[]): BinAxis {
  const [first] = bins;
  const last = bins.at(-1);
  const uppers = bins.map(({ x1 }) => x1);
  if (first === undefined || last === undefined) {
    return { column, domain: [0, 1], uppers, uneven: false, only: null };
  }
  // One bin without a width of its own: its value stands in the middle.
  if (first.x0 === last.x1) {
    return {
      column,
      domain: [first.x0 - 0.5, first.x0 + 0.5],
      uppers,
      uneven: false,
      only: first.x0,
    };
  }
  const uneven = !holdsMoments(column) && areUneven(bins);
  return { column, domain: [first.x0, last.x1], uppers, uneven, only: null };
}

/**
 * How far along the axis a value is, from 0 to 1. Bins of time are as wide as each other, whatever
 * the lengths of their months.
 */
export function shareOf(axis: BinAxis, value: number): number {
  const [low, high] = axis.domain;
  if (!isUneven(axis)) return (value - low) / (high - low || 1);
  const { uppers } = axis;
  const at = Math.max(
    0,
    uppers.findIndex((upper) => value <= upper),
  );
  const [from, to] = [at === 0 ? low : (uppers[at - 1] ?? low), uppers[at] ?? high];
  return (at + (value - from) / (to - from || 1)) / uppers.length;
}

/** The value so far along the axis. */
export function valueAt(axis: BinAxis, share: number): number {
  const [low, high] = axis.domain;
  if (!isUneven(axis)) return low + share * (high - low);
  const { uppers } = axis;
  const at = Math.min(uppers.length - 1, Math.floor(share * uppers.length));
  const [from, to] = [at === 0 ? low : (uppers[at - 1] ?? low), uppers[at] ?? high];
  return from + (share * uppers.length - at) * (to - from);
}

function isUneven({ column, only, uppers, uneven }: BinAxis): boolean {
  return uneven || (only === null && uppers.length > 0 && holdsMoments(column));
}

/** How much of the axis a value's own bin takes, in values: all of it where bins are as wide. */
export function spanAt({ domain, uppers, uneven }: BinAxis, value: number): number {
  const [low, high] = domain;
  if (!uneven) return high - low || 1;
  const at = Math.max(
    0,
    uppers.findIndex((upper) => value < upper),
  );
  return ((uppers[at] ?? high) - (at === 0 ? low : (uppers[at - 1] ?? low))) * uppers.length;
}

/** An end of a range as its column's filters have it. */
function endOf(column: string, value: number): End {
  return holdsMoments(column) ? momentIso(value, isDay(column)) : value;
}

function isDay(column: string): boolean {
  return describedColumn(column)?.type === 'date';
}

/** The range that keeps exactly a bin's values. */
export function binRange(column: string, x0: number, x1: number): BothEnds {
  if (x1 === x0) return { min: endOf(column, x0), max: endOf(column, x1) };
  if (holdsWholes(column)) return { min: Math.ceil(x0), max: Math.ceil(x1) - 1 };
  return { min: endOf(column, x0), max: endOf(column, x1), below: true };
}

/** Whether two ranges have the same ends. */
export function sameEnds(one: Ends, other: Ends): boolean {
  return one.min === other.min && one.max === other.max && one.below === other.below;
}

/** The least that a brush's end moves, where a pixel is worth `pixel`. */
export function brushStep({ column }: BinAxis, pixel: number): number {
  if (holdsMoments(column)) return momentStep(pixel, isDay(column));
  return Math.max(holdsWholes(column) ? 1 : 0, roundStep(pixel));
}

/** The ends that keep what lies between two places on the axis; they are as round as its step. */
export function endsOf(
  { column, only, uppers }: BinAxis,
  [from, to]: Range,
  steps: number | ((value: number) => number),
): BothEnds {
  const stepAt = (value: number) => (typeof steps === 'number' ? steps : steps(value));
  const step = stepAt(to);
  if (only !== null) return { min: endOf(column, only), max: endOf(column, only) };
  if (holdsMoments(column)) {
    const [min, below] = [from, to].map((end) => Math.round(end / step) * step) as [number, number];
    // Within the room of one step.
    const above = below > min ? below : min + step;
    return { min: endOf(column, min), max: endOf(column, above), below: true };
  }
  const [min, above] = [roundedTo(stepAt(from), from), roundedTo(step, to)];
  if (holdsWholes(column)) {
    // Within the room of one number.
    if (above <= min) return { min: Math.floor(from), max: Math.floor(from) };
    return { min, max: above - 1 };
  }
  const edge = uppers.find((upper) => Math.abs(upper - above) < step * EDGE);
  return edge === undefined || above <= min ? { min, max: above } : { min, max: edge, below: true };
}

/** What of the axis a filter covers; null where it has no ends. */
export function coverOf({ column, domain, only }: BinAxis, filter: Ends | null): Range | null {
  if (filter === null || (filter.min === undefined && filter.max === undefined)) return null;
  const [min, max] = [momentOf(filter.min ?? -Infinity), momentOf(filter.max ?? Infinity)];
  const { below } = filter;
  if (only !== null) {
    const within = min <= only && (below === true ? only < max : only <= max);
    return within ? domain : [domain[0], domain[0]];
  }
  const clamp = (value: number) => Math.min(domain[1], Math.max(domain[0], value));
  if (!holdsWholes(column)) return [clamp(min), clamp(max)];
  return [clamp(Math.ceil(min)), clamp(below === true ? Math.ceil(max) : Math.floor(max) + 1)];
}

/** Half of the values that are counted, in the middle: where a range is begun by a key. */
export function middleOf(bins: readonly (Edges & { n: number })[]): Range | null {
  const total = bins.reduce((sum, { n }) => sum + n, 0);
  if (total === 0) return null;
  let passed = 0;
  let low: number | null = null;
  for (const { x0, x1, n } of bins) {
    passed += n;
    if (low === null && passed >= total / 4) low = x0;
    if (low !== null && passed >= (3 * total) / 4) return [low, x1];
  }
  return null;
}
