import { expect, test } from 'vitest';
import {
  beforeAndAfter,
  changedNumbers,
} from '../../src/renderer/components/changes/before-after-bins';
import type { RowChange } from '../../src/renderer/components/changes/group-changes';

const changed = (id: number, column: string, before: unknown, after: unknown): RowChange => ({
  ...{ id, name: `Mon-${id}`, change: 'update' },
  fields: [{ column, before, after }],
});

const GROUPS = [
  changed(1, 'weight', 10, 30),
  changed(2, 'weight', 20, 30),
  changed(3, 'weight', null, 99),
  changed(4, 'bmi', 12.25, 12.5),
  changed(5, 'games', ['red'], []),
];

test('only fields that have a number before and after can be spread, the commonest first', () => {
  expect(changedNumbers(GROUPS)).toEqual([
    ['weight', 2],
    ['bmi', 1],
  ]);
  expect(beforeAndAfter(GROUPS, 'games')).toBeNull();
  expect(beforeAndAfter([], 'weight')).toBeNull();
});

test('before and after are counted by the same bins, each row once', () => {
  const spread = beforeAndAfter(GROUPS, 'weight');
  expect(spread?.rows).toBe(2);
  const edges = (bins: readonly { x0: number; x1: number }[] = []) =>
    bins.map(({ x0, x1 }) => [x0, x1]);
  expect(edges(spread?.before)).toEqual(edges(spread?.after));
  const of = (bins: readonly { x0: number; n: number }[] = []) =>
    bins.filter(({ n }) => n > 0).map(({ x0, n }) => [x0, n]);
  expect(of(spread?.before)).toEqual([
    [10, 1],
    [20, 1],
  ]);
  expect(of(spread?.after)).toEqual([[30, 2]]);
});

test.each([
  [5, 5],
  [-3, 7],
  [0, 1_000_000],
  [0.1, 0.3],
])('from %d to %d there are few bins, and none is lost at the ends', (before, after) => {
  const spread = beforeAndAfter([changed(1, 'weight', before, after)], 'weight');
  const sum = (bins: readonly { n: number }[] = []) => bins.reduce((total, { n }) => total + n, 0);
  expect([sum(spread?.before), sum(spread?.after)]).toEqual([1, 1]);
  expect(spread?.before.length).toBeLessThanOrEqual(26);
});
