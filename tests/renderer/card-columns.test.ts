import { beforeAll, expect, test } from 'vitest';
import type { ChartRow } from '../../src/preload/contract/chart-query';
import { exactNumber, formatMeasure, formatValue } from '../../src/renderer/charts/format';
import { cardColumns, cardValues } from '../../src/renderer/components/explore/card-columns';
import { type Card, cardSchema } from '../../src/preload/contract/cards';
import { showPokemon } from '../helpers/described-pokemon';

beforeAll(showPokemon);

function tableOf(card: object, row: ChartRow) {
  const columns = cardColumns(cardSchema.parse({ id: 'a', title: 'A', ...card }) as Card);
  return Object.fromEntries(columns.map(({ key, title, text }) => [title, text(row[key])]));
}

test('a scatter’s table has its columns’ own names, decimals and units', () => {
  const size = { kind: 'density', x: 'height_m', y: 'weight_kg', color: 'type_1' };
  const bulbasaur = { id: 1, name: 'Bulbasaur', x: 0.7, y: 6.9, color: 'grass' };
  expect(tableOf(size, bulbasaur)).toEqual({
    Number: '1',
    Name: 'Bulbasaur',
    'Height (m)': '0.7 m',
    'Weight (kg)': '6.9 kg',
    'First type': 'Grass',
  });
  const columns = cardColumns(cardSchema.parse({ id: 'a', title: 'A', ...size }) as Card);
  expect(cardValues(columns, [bulbasaur])).toEqual([[1, 'Bulbasaur', 0.7, 6.9, 'grass']]);
  // Weight as colour too: told once.
  expect(tableOf({ ...size, color: 'weight_kg' }, { ...bulbasaur, color: 6.9 })).not.toHaveProperty(
    'color',
  );
});

test('what is counted, binned or taken of a column says of which', () => {
  expect(tableOf({ kind: 'histogram', column: 'height_m' }, { x0: 0.3, x1: 0.6, n: 4 })).toEqual({
    'Height (m) from': '0.3',
    'to below': '0.6',
    Pokémon: '4',
  });
  const box = { type: 'bug', n: 2, low: 0.3, q1: 0.35, median: 0.4, q3: 1, high: 1.25 };
  expect(
    tableOf({ kind: 'spread', column: 'height_m', by: ['type_1', 'type_2'] }, box),
  ).toMatchObject({
    'Lowest height (m)': '0.3 m',
    'Median height (m)': '0.4 m',
    'Upper quartile of height (m)': '1.0 m',
  });
  const mean = { kind: 'group', x: 'attack', y: 'hp', aggregate: 'mean' };
  expect(tableOf(mean, { x: 10, x1: 20, y: 62.5 })).toEqual({
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
  expect(values.map(exactNumber)).toEqual([
    '0.3',
    '4.25',
    '31.25',
    '1,234,567.891',
    '-0.5',
    '1e-9',
    '–',
  ]);
});
