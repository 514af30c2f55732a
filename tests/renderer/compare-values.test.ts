import { expect, test } from 'vitest';
import { columnOf } from '../../src/preload/contract/descriptor';
import { LIGHT } from '../../src/renderer/charts/chart-theme';
import { radarOption, radarScale, type RadarShape } from '../../src/renderer/charts/radar-option';
import { contrast } from '../../src/renderer/charts/contrast';
import { assignLooks, LOOKS } from '../../src/renderer/components/compare/compared-look';
import { comparedCells } from '../../src/renderer/components/compare/compared-values';
import { differenceText } from '../../src/renderer/components/detail/profile-values';
import { membersText } from '../../src/renderer/row/members';
import { POKEMON } from '../helpers/described-pokemon';
import { rowsAs } from '../helpers/rows-as';

test('the highest value of a row is marked and the others say how far below it they are', () => {
  const rows = rowsAs(['speed'], [45], [90], [null], [90]);
  expect(comparedCells('speed', rows)).toEqual([
    { value: 45, best: false, behind: 45 },
    { value: 90, best: true, behind: null },
    { value: null, best: false, behind: null },
    { value: 90, best: true, behind: null },
  ]);
});

test('nothing is marked where all are alike, or where only one is there', () => {
  expect(comparedCells('hp', rowsAs(['hp'], [50], [50])).map(({ best }) => best)).toEqual([
    false,
    false,
  ]);
  expect(comparedCells('hp', rowsAs(['hp'], [50]))[0]?.best).toBe(false);
  expect(comparedCells('bmi', rowsAs(['bmi'], [null]))[0]).toEqual({
    value: null,
    best: false,
    behind: null,
  });
});

test('taking one row out repaints none of the others', () => {
  const first = assignLooks(['1', '4', '7'], new Map());
  expect([...first.values()]).toEqual([0, 1, 2]);
  const without = assignLooks(['1', '7'], first);
  expect(without.get('7')).toBe(2);
  const again = assignLooks(['1', '7', '25'], without);
  expect([again.get('1'), again.get('7'), again.get('25')]).toEqual([0, 2, 1]);
});

test('six looks differ in more than colour and stand out from their ground', () => {
  expect(new Set(LOOKS.map(({ dash }) => dash.join())).size).toBe(6);
  expect(new Set(LOOKS.map(({ symbol }) => symbol)).size).toBe(6);
  for (const { light, dark } of LOOKS) {
    expect(contrast(light, '#ffffff')).toBeGreaterThanOrEqual(3);
    expect(contrast(dark, '#1d1f23')).toBeGreaterThanOrEqual(3);
  }
});

test('games are named where the data are about them, and counted beyond', () => {
  const chosen = ['red', 'blue', 'leafgreen', 'white'];
  const games = columnOf(POKEMON, 'games');
  if (games === undefined) throw new Error('no games');
  expect(membersText(games, ['red', 'white', 'x', 'y'], chosen)).toBe('Red, White and 2 more');
  expect(membersText(games, ['red'], chosen)).toBe('Red');
  expect(membersText(games, ['x', 'y'], chosen)).toBe('2 games');
  expect(membersText(games, [], chosen)).toBe('–');
  // Where the view is about none of them, a few are told whole and many are counted.
  expect(membersText(games, ['x', 'y'], [])).toBe('X, Y');
  expect(membersText(games, Array(7).fill('x'), [])).toBe('7 games');
});

test.each([
  [50, 65, '−15'],
  [95, 65, '+30'],
  [65, 62.5, '+2.5'],
  [65, 65, '0'],
  [null, 65, '–'],
  [65, null, '–'],
])('a stat of %j against a median of %j differs by %s', (value, median, text) => {
  expect(differenceText(value, median)).toBe(text);
});

/** Half beyond the highest median of the real data, which is attack’s: 75. */
const LEAST = 112.5;
const AXES = ['HP', 'Attack', 'Defense', 'Special attack', 'Special defense', 'Speed'];

function shape(values: (number | null)[]): RadarShape {
  return {
    name: 'Blissey',
    values,
    color: '#000000',
    dash: [],
    symbol: 'circle',
    filled: true,
  };
}

test('all axes of a radar share one scale that takes the highest stat', () => {
  const scale = (values: number[]) => radarScale([shape(values)], LEAST);
  expect(scale([45, 49, 49, 65, 65, 45])).toEqual({ max: 120, step: 40 });
  expect(scale([255, 10, 10, 75, 135, 55])).toEqual({ max: 280, step: 40 });
  expect(radarScale([], LEAST)).toEqual({ max: 120, step: 40 });
  // Stats that another source may have: a few rings, not thousands.
  expect(scale([40_000, 0, 0, 0, 0, 0])).toEqual({ max: 40_000, step: 10_000 });
  expect(scale([357_913_941, 0, 0, 0, 0, 0])).toEqual({ max: 400_000_000, step: 100_000_000 });
  const option = radarOption(
    { axes: AXES, least: LEAST },
    [shape([255, 10, 10, 75, 135, 55])],
    LIGHT,
  );
  expect(option).toMatchObject({
    radar: { indicator: Array.from({ length: 6 }, () => ({ min: 0, max: 280 })) },
    series: [{ data: [{ value: [255, 10, 10, 75, 135, 55] }] }],
  });
  // Measures of a small scale have one too.
  expect(radarScale([shape([0.31, 0.9])], 0.6)).toEqual({ max: 1.2, step: 0.4 });
  // One axis tells the scale.
  const { indicator } = option['radar'] as { indicator: { axisLabel: { show: boolean } }[] };
  expect(indicator.map(({ axisLabel }) => axisLabel.show)).toEqual([true, ...Array(5).fill(false)]);
});

test('a stat below zero stays in the middle of the radar; the words beside it say how much', () => {
  const option = radarOption(
    { axes: AXES, least: LEAST },
    [shape([-20, null, 10, 75, 135, 55])],
    LIGHT,
  );
  expect(option).toMatchObject({ series: [{ data: [{ value: [0, 0, 10, 75, 135, 55] }] }] });
});
