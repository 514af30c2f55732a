import { expect, test } from 'vitest';
import { extentOf, highestOf } from '../../src/preload/contract/extent';
import { LIGHT } from '../../src/renderer/charts/chart-theme';
import { DensityChart } from '../../src/renderer/cards/density/density-option';
import { plotScale } from '../../src/renderer/cards/density/plot-scale';
import { showPokemon } from '../helpers/described-pokemon';

showPokemon();

test('the ends of values, of which there may be none', () => {
  expect(extentOf([3, -1, 2])).toEqual([-1, 3]);
  expect(extentOf([7])).toEqual([7, 7]);
  expect(extentOf([])).toBeNull();
  expect(highestOf(new Set([3, 9]), 5)).toBe(9);
  expect(highestOf([3], 5)).toBe(5);
  expect(highestOf([], 0)).toBe(0);
});

const PLOT = {
  width: 100,
  height: 100,
  inset: { left: 0, right: 0, top: 0, bottom: 0 },
  at: () => [0, 0] as const,
};

test('half a million dots with colours by number are drawn, not an end of the stack', () => {
  const points = Array.from({ length: 500_000 }, (_, id) => ({
    id: `${id}`,
    title: 'x',
    x: 1,
    y: 1,
    color: id,
  }));
  const card = { x: 'attack', y: 'defense', color: 'hp', log: false };
  const whole = { drawn: 'points' as const, points, leftOut: 0 };
  const chart = new DensityChart(card, whole, plotScale(whole, card), LIGHT);
  const option = chart.withLegend(whole);
  // From pale to full: each of them is in one of the shades.
  expect(chart.marks(whole, null)(PLOT).length).toBeGreaterThan(1);
  expect(option['visualMap']).toMatchObject({ min: 0, max: 499_999 });
});
