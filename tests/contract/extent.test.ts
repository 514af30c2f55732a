import { expect, test } from 'vitest';
import { extentOf, highestOf } from '../../src/preload/contract/extent';
import { LIGHT } from '../../src/renderer/charts/chart-theme';
import { ScatterChart } from '../../src/renderer/charts/scatter-option';

test('the ends of values, of which there may be none', () => {
  expect(extentOf([3, -1, 2])).toEqual([-1, 3]);
  expect(extentOf([7])).toEqual([7, 7]);
  expect(extentOf([])).toBeNull();
  expect(highestOf(new Set([3, 9]), 5)).toBe(9);
  expect(highestOf([3], 5)).toBe(5);
  expect(highestOf([], 0)).toBe(0);
});

test('half a million dots with colours by number are drawn, not an end of the stack', () => {
  const rows = Array.from({ length: 500_000 }, (_, id) => ({
    id,
    name: 'x',
    x: 1,
    y: 1,
    color: id,
  }));
  const card = { x: 'attack', y: 'defense', color: 'hp', log: false };
  const scale = { x: [0, 2], y: [0, 2], toShare: () => [0.5, 0.5] as const } as const;
  const option = new ScatterChart(card, rows, scale, LIGHT).picture(rows, null);
  expect(option['visualMap']).toMatchObject({ min: 0, max: 499_999 });
});
