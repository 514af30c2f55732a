import { highestOf } from '../../../preload/contract/extent';
import type { SampledColumn } from './sampled-rows';

/**
 * Finds in the rows themselves which columns tell the same as others: a weight in other units, an age
 * beside a birthday, a sum or a ratio of what else is there. No name says it.
 */

/** One decides the other; `factor` where each is the other's multiple. */
export interface Relation {
  kind: 'same' | 'decided-by' | 'decides';
  /** `other = factor × column`; null where it is no multiple. */
  factor: number | null;
}

/** That two columns agree by chance has to be less likely than this. */
const CHANCE = 1e-6;

/** What `other` tells of `column`; null where neither decides the other. */
export function relationOf(column: SampledColumn, other: SampledColumn): Relation | null {
  const pairs = pairsOf(column, other);
  const decided = pairs === column.distinct;
  const decides = pairs === other.distinct;
  if (!decided && !decides) return null;
  if (column.distinct < 2 || other.distinct < 2) return null;
  const factor = decided && decides ? factorOf(column.numbers, other.numbers) : null;
  if (factor !== null) return { kind: 'same', factor };
  const isOrdered = decided && decides && isInOrder(column, other);
  if (!isOrdered && !isSure(decided ? column : other, decided ? other : column)) return null;
  return { kind: decided && decides ? 'same' : decided ? 'decided-by' : 'decides', factor: null };
}

function pairsOf(a: SampledColumn, b: SampledColumn): number {
  const pairs = new Set<number>();
  for (const [row, token] of a.tokens.entries())
    pairs.add(token * b.distinct + (b.tokens[row] ?? 0));
  return pairs.size;
}

/** Every row after the first of a value had its chance to say otherwise. */
function isSure(decider: SampledColumn, decided: SampledColumn): boolean {
  const chances = decider.tokens.length - decider.distinct;
  const counts = new Map<number, number>();
  for (const token of decided.tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  let alike = 0;
  for (const n of counts.values()) alike += (n / decided.tokens.length) ** 2;
  return chances * Math.log(alike) < Math.log(CHANCE);
}

/** Two columns of different numbers seldom rise or fall together by chance: one way in n!. */
const SURELY_ORDERED = 10;

function isInOrder({ numbers }: SampledColumn, other: SampledColumn): boolean {
  const rows = placesOf(numbers).filter((row) => !Number.isNaN(other.numbers[row] ?? NaN));
  rows.sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0));
  const values = rows.map((row) => other.numbers[row] ?? 0);
  if (new Set(values).size < SURELY_ORDERED) return false;
  const steps = values.slice(1).map((value, at) => value - (values[at] ?? 0));
  return steps.every((step) => step >= 0) || steps.every((step) => step <= 0);
}

const NEAR = 1e-9;
const FEWEST_MULTIPLES = 3;

function factorOf(numbers: Float64Array, others: Float64Array): number | null {
  let factor: number | null = null;
  const seen = new Set<number>();
  for (const [row, number] of numbers.entries()) {
    const other = others[row] ?? NaN;
    if (Number.isNaN(number) && Number.isNaN(other)) continue;
    if (number === 0 && other === 0) continue;
    factor ??= other / number;
    seen.add(number);
    if (!(Math.abs(factor * number - other) <= NEAR * Math.abs(other))) return null;
  }
  // Falling ones would turn rounding down into rounding up.
  if (factor === null || !(factor > 0) || seen.size < FEWEST_MULTIPLES) return null;
  return Number(factor.toPrecision(12));
}

function placesOf(numbers: Float64Array): number[] {
  return [...numbers.keys()].filter((row) => !Number.isNaN(numbers[row] ?? NaN));
}

/** As many rows are enough to see that a sum is always one. */
const SUMMED_ROWS = 400;

/**
 * Which of `kept` have to go so that no sum, difference, product or ratio of what is kept tells a
 * treated column: a total beside all its parts but one, a body-mass index beside a height. Of those in
 * one relation the column with the most values goes.
 * @param exact chosen columns that are given as they are, and stay
 */
export function tellingTogether(
  treated: readonly Float64Array[],
  kept: readonly (SampledColumn & { name: string })[],
  exact: readonly Float64Array[] = [],
): string[] {
  let left = [...kept];
  const gone: string[] = [];
  for (const of of [(value: number) => value, logOf]) {
    for (;;) {
      const next = tellingWithCopies(treated, left, exact, of);
      if (next.length === 0) break;
      for (const { name } of next) gone.push(name);
      left = left.filter((column) => !next.includes(column));
    }
    for (;;) {
      const telling = left.filter((column) => {
        const beside = left.filter((other) => other !== column).map(({ numbers }) => numbers);
        const others = [...exact, ...beside];
        return (
          isTold(column.numbers, [...treated, ...others], of) && !isTold(column.numbers, others, of)
        );
      });
      const most = highestOf(
        telling.map(({ distinct }) => distinct),
        0,
      );
      const next = telling.find(({ distinct }) => distinct === most);
      if (next === undefined) break;
      gone.push(next.name);
      left = left.filter((column) => column !== next);
    }
  }
  return gone;
}

/**
 * A column without which the others tell no treated one, with its copies in other units, which hide it:
 * a weight in kilograms beside one in hectograms. None where nothing is told, or no one column tells it.
 */
function tellingWithCopies<Kept extends SampledColumn>(
  treated: readonly Float64Array[],
  left: readonly Kept[],
  exact: readonly Float64Array[],
  of: (value: number) => number,
): Kept[] {
  const numbersOf = (columns: readonly Kept[]) => columns.map(({ numbers }) => numbers);
  const told = treated.find((column) => isTold(column, [...exact, ...numbersOf(left)], of));
  if (told === undefined) return [];
  for (const column of [...left].sort((a, b) => b.distinct - a.distinct)) {
    const copies = left.filter(
      (other) => other === column || isTold(other.numbers, [column.numbers], of),
    );
    const others = left.filter((other) => !copies.includes(other));
    if (!isTold(told, [...exact, ...numbersOf(others)], of)) return copies;
  }
  return [];
}

/** Products are sums of logarithms; what is not positive has none. */
function logOf(value: number): number {
  return value > 0 ? Math.log(value) : NaN;
}

/** Whether a column is a weighted sum of others, and a constant, in all rows that have them. */
function isTold(
  column: Float64Array,
  others: readonly Float64Array[],
  of: (value: number) => number,
): boolean {
  const usable = others.filter((other) => isMostly(other, of));
  if (!isMostly(column, of) || usable.length === 0) return false;
  const rows: number[] = [];
  for (let row = 0; row < column.length && rows.length < SUMMED_ROWS; row += 1) {
    if ([column, ...usable].every((each) => Number.isFinite(of(each[row] ?? NaN)))) rows.push(row);
  }
  // Fewer rows than columns can always be told.
  if (rows.length < 3 * (usable.length + 1) + 8) return false;
  const values = (each: Float64Array) => centred(rows.map((row) => of(each[row] ?? NaN)));
  const target = values(column);
  const whole = norm(target);
  if (whole === 0) return false;
  const basis: number[][] = [];
  for (const other of usable) {
    const part = values(other);
    const before = norm(part);
    takeOut(part, basis);
    const after = norm(part);
    // A column that the others tell already adds nothing but noise.
    if (after > 1e-7 * before && after > 0) basis.push(part.map((value) => value / after));
  }
  takeOut(target, basis);
  return norm(target) < 1e-7 * whole;
}

/** Most rows have such a number: of a few any sum comes true. */
function isMostly(column: Float64Array, of: (value: number) => number): boolean {
  let n = 0;
  for (const value of column) if (Number.isFinite(of(value))) n += 1;
  return n * 2 > column.length;
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

/** Twice, because once leaves as much as rounding adds. */
function takeOut(values: number[], basis: readonly (readonly number[])[]): void {
  for (let time = 0; time < 2; time += 1) {
    for (const unit of basis) {
      const along = unit.reduce((sum, value, at) => sum + value * (values[at] ?? 0), 0);
      for (const [at, value] of unit.entries()) values[at] = (values[at] ?? 0) - along * value;
    }
  }
}

function norm(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
