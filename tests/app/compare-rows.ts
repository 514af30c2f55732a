import { expect } from 'vitest';
import type { ChartQuery } from './chart-queries';

/** Answers whose order the contract states, or that have one row; others are compared as sets. */
const ORDERED = new Set<ChartQuery['kind']>([
  'points',
  'histogram',
  'types',
  'summary',
  'stat-medians',
  'rows',
  'by-id',
  'values',
]);

/** Fails where an answer is not the expected one, but for the last digits of sums. */
export function compareRows(
  actual: readonly Record<string, unknown>[],
  expected: readonly Record<string, unknown>[],
  kind: ChartQuery['kind'],
  shown: string,
): void {
  const arrange = (list: readonly Record<string, unknown>[]) =>
    ORDERED.has(kind) ? [...list] : [...list].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const [left, right] = [arrange(actual), arrange(expected)];
  expect(left.length, shown).toBe(right.length);
  for (const [index, row] of right.entries()) {
    const given = left[index] ?? {};
    // Asked by hand first: a million assertions would take longer than the engine.
    const same =
      Object.keys(given).length === Object.keys(row).length &&
      Object.entries(row).every(([name, value]) => isSame(given[name], value));
    if (!same) expect(given, `${shown} row ${index}`).toEqual(row);
  }
}

/** Sums in another order end in other digits. */
function isSame(given: unknown, expected: unknown): boolean {
  if (typeof expected === 'number' && typeof given === 'number') {
    return Math.abs(given - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
  }
  if (!Array.isArray(expected)) return given === expected;
  return (
    Array.isArray(given) &&
    given.length === expected.length &&
    expected.every((part, index) => part === given[index])
  );
}

/** What makes a row one row: its texts, and its numbers to where sums agree. */
function keyOf(row: Record<string, unknown>): string {
  const parts = ['type', 'type_1', 'type_2', 'combination', 'x', 'color'].map((name) => {
    const value = row[name];
    return typeof value === 'number' ? value.toFixed(6) : JSON.stringify(value ?? null);
  });
  return parts.join('|');
}
