import { expect, test } from 'vitest';
import type { CardTable } from '../../src/renderer/cards/card-table';
import { densityTable } from '../../src/renderer/cards/density/density-table';
import { groupTable } from '../../src/renderer/cards/group/group-table';
import { histogramTable } from '../../src/renderer/cards/histogram/histogram-table';
import { spreadTable } from '../../src/renderer/cards/spread/spread-table';
import { exactNumber, formatMeasure, formatValue } from '../../src/renderer/charts/format';
import { showPokemon } from '../helpers/described-pokemon';

showPokemon();

/** The first line of a table, by its headers. */
function lineOf({ columns, rows: [line = []] }: CardTable) {
  return Object.fromEntries(columns.map(({ title, text }, at) => [title, text(line[at])]));
}

test('a scatter’s table has its columns’ own names, decimals and units', () => {
  const size = { x: 'height_m', y: 'weight_kg', color: 'type_1', log: false };
  const dots = (color: string | number) => ({
    drawn: 'points' as const,
    points: [{ id: '1', title: 'Bulbasaur', x: 0.7, y: 6.9, color }],
    leftOut: 0,
  });
  const table = densityTable(size, dots('grass'));
  expect(lineOf(table)).toEqual({
    Number: '1',
    Name: 'Bulbasaur',
    'Height (m)': '0.7 m',
    'Weight (kg)': '6.9 kg',
    'First type': 'Grass',
  });
  expect(table.rows).toEqual([[1, 'Bulbasaur', 0.7, 6.9, 'grass']]);
  // Weight as colour too: told once.
  expect(densityTable({ ...size, color: 'weight_kg' }, dots(6.9)).columns).toHaveLength(4);
});

test('what is counted, binned or taken of a column says of which', () => {
  const bins = { edges: [0.3, 0.6], counts: [4], leftOut: 0 };
  expect(lineOf(histogramTable({ column: 'height_m' }, bins))).toEqual({
    'Height (m) from': '0.3',
    'to below': '0.6',
    Pokémon: '4',
  });
  const box = { n: 2, low: 0.3, q1: 0.35, median: 0.4, q3: 1, high: 1.25, outlying: 0 };
  const bug = { value: 'bug', ...box, least: 0.3, most: 1.25, outliers: [] };
  expect(
    lineOf(
      spreadTable({ column: 'height_m', by: ['type_1', 'type_2'] }, { groups: [bug], leftOut: 0 }),
    ),
  ).toMatchObject({
    Type: 'Bug',
    'Lowest height (m)': '0.3 m',
    'Median height (m)': '0.4 m',
    'Upper quartile of height (m)': '1.0 m',
  });
  const mean = { x: 'attack', y: 'hp', aggregate: 'mean' as const, color: undefined };
  const groups = [{ x: 10, x1: 20, y: 62.5, color: null }];
  expect(lineOf(groupTable(mean, { groups }))).toEqual({
    'Attack from': '10',
    'to below': '20',
    'Mean HP': '62.5',
  });
});

test('no value reads as nothing that is not, none is rounded to a whole number', () => {
  // Haunter weighs 0.1 kg and is 1.6 m tall.
  expect(formatMeasure('bmi', 10 / 16 ** 2)).toBe('0.04');
  expect([
    formatMeasure('bmi', 0.04),
    formatMeasure('bmi', 0),
    formatMeasure('bmi', -0.04),
  ]).toEqual(['0.04', '0.0', '-0.04']);
  expect(formatValue('weight_kg', 0.001)).toBe('0.001 kg');
  expect(formatValue('height_m', 2e-9)).toBe('2e-9 m');
  expect([formatValue('base_experience', 151.5), formatValue('base_experience', 1_064)]).toEqual([
    '151.5',
    '1,064',
  ]);
  expect([formatMeasure('id', 10_001), formatMeasure('order', -1)]).toEqual(['10001', '-1']);
});

test('an exact number has neither rounding nor the noise of doubles', () => {
  const values = [0.1 + 0.2, 4.25, 31.25, 1_234_567.891, -0.5, 1e-9, Number.NaN];
  expect(values.map((value) => exactNumber(value))).toEqual([
    '0.3',
    '4.25',
    '31.25',
    '1,234,567.891',
    '-0.5',
    '1e-9',
    '–',
  ]);
});
