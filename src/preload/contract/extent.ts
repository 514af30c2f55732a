/**
 * The ends of any number of values. `Math.max(...values)` puts every value on the stack, which
 * ends at about 120,000 of them.
 */

/** The lowest and the highest; null where there is none. */
export function extentOf(values: Iterable<number>): readonly [low: number, high: number] | null {
  let low = Infinity;
  let high = -Infinity;
  let some = false;
  for (const value of values) {
    some = true;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return some ? [low, high] : null;
}

/** The highest of the values, at least `least`. */
export function highestOf(values: Iterable<number>, least: number): number {
  return Math.max(least, extentOf(values)?.[1] ?? least);
}
