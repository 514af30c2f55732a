import { expect, test } from 'vitest';
import { describeFilter } from '../../src/renderer/components/explore/describe-filter';

const area = { kind: 'lasso', x: 'height_m', y: 'weight_kg', log: true } as const;

test('a box is told by its ranges, another outline by its axes', () => {
  const box: [number, number][] = [
    [0.5, 100],
    [2, 100],
    [2, 4.25],
    [0.5, 4.25],
  ];
  expect(describeFilter({ ...area, points: box })).toBe('Height (m) 0.5–2, Weight (kg) 4.3–100');
  expect(describeFilter({ ...area, points: box.slice(1) })).toBe(
    'Lasso in Height (m) × Weight (kg)',
  );
  expect(describeFilter({ ...area, points: [...box, [1, 4.25]] })).toMatch(/^Lasso in/);
  expect(describeFilter({ ...area, points: box, more: [box] })).toBe(
    '2 areas in Height (m) × Weight (kg)',
  );
});

test('what is chosen in a chart is told by its names', () => {
  expect(describeFilter({ kind: 'one-of', column: 'type_1', values: ['fire', null] })).toBe(
    'First type: Fire or none',
  );
  expect(
    describeFilter({ kind: 'game-sets', games: ['red', 'blue'], sets: [['red', 'blue'], []] }),
  ).toBe('Games exactly Red + Blue or none');
});
