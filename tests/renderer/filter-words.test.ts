import { expect, test } from 'vitest';
import type { Filter } from '../../src/preload/contract/filters';
import { binRange } from '../../src/renderer/cards/brush/bin-range';
import { showPokemon } from '../helpers/described-pokemon';
import { joinedFilters } from '../../src/renderer/state/joined-filters';
import { describeFilter } from '../../src/renderer/state/filter-words';

showPokemon();

const area = { kind: 'area', x: 'height_m', y: 'weight_kg', log: true } as const;

test('a box is told by its ranges, another outline by its axes', () => {
  const box: [number, number][] = [
    [0.5, 100],
    [2, 100],
    [2, 4.25],
    [0.5, 4.25],
  ];
  expect(describeFilter({ ...area, outlines: [box] })).toBe(
    'Height (m) 0.5–2, Weight (kg) 4.25–100',
  );
  expect(describeFilter({ ...area, outlines: [box.slice(1)] })).toBe(
    'Lasso in Height (m) × Weight (kg)',
  );
  expect(describeFilter({ ...area, outlines: [[...box, [1, 4.25]]] })).toMatch(/^Lasso in/);
  expect(describeFilter({ ...area, outlines: [box, box] })).toBe(
    '2 areas in Height (m) × Weight (kg)',
  );
});

test('what is chosen in a chart is told by its names', () => {
  expect(
    describeFilter({ kind: 'one-of', columns: ['type_1'], values: ['fire', null], match: 'any' }),
  ).toBe('First type: Fire or none');
  expect(
    describeFilter({
      kind: 'sets',
      column: 'games',
      members: ['red', 'blue'],
      sets: [['red', 'blue'], []],
    }),
  ).toBe('Games exactly Red + Blue or none');
});

test('a range says its ends as they filter: exactly, and which of them is outside', () => {
  const bmi = (ends: object) => describeFilter({ kind: 'range', column: 'bmi', ...ends });
  expect(bmi({ min: 20, max: 45 })).toBe('BMI (kg/m²) 20–45');
  expect(bmi({ min: 31.25, max: 31.253 })).toBe('BMI (kg/m²) 31.25–31.253');
  expect(bmi({ min: 0.1 + 0.2 })).toBe('BMI (kg/m²) from 0.3');
  expect(bmi({ min: 7, max: 7 })).toBe('BMI (kg/m²) 7');
  expect(bmi({})).toBe('BMI (kg/m²) known');
  expect(bmi(binRange('bmi', 30, 40))).toBe('BMI (kg/m²) 30 to below 40');
  expect(bmi({ max: 5, below: true })).toBe('BMI (kg/m²) below 5');
  expect(bmi({ max: 5 })).toBe('BMI (kg/m²) up to 5');
  expect(bmi({ min: -60, max: -39 })).toBe('BMI (kg/m²) -60 to -39');
  expect(bmi({ min: -5, max: 5 })).toBe('BMI (kg/m²) -5–5');
  // A number of its own that only lies near a round one.
  expect(bmi({ min: 20, max: 44.999 })).toBe('BMI (kg/m²) 20–44.999');
});

test('a choice says whether its values are kept or left out', () => {
  const words = (values: (string | null)[], more: { match?: 'any' | 'all' } = {}) =>
    describeFilter({
      kind: 'one-of',
      columns: ['type_1', 'type_2'],
      values,
      match: 'any',
      not: true,
      ...more,
    });
  expect(words(['water'])).toBe('Type: not Water');
  expect(words(['water', null])).toBe('Type: not Water or none');
  expect(words(['water', 'fire'], { match: 'all' })).toBe('Type: not all of Water and Fire');
  expect(words(['water'], { match: 'all' })).toBe('Type: not Water');
});

test('two filters of one column become one that keeps what both keep, or none', () => {
  const range = (ends: object) => ({ kind: 'range', column: 'bmi', ...ends }) as const;
  const joined = joinedFilters(
    range({ min: 20, max: 45 }),
    range({ min: 30, max: 45, below: true }),
  );
  expect(joined).toEqual(range({ min: 30, max: 45, below: true }));
  expect(joinedFilters(range({ min: 20 }), range({ max: 10 }))).toBeNull();
  const choice = (values: (string | number)[], more: object = {}) =>
    ({ kind: 'one-of', columns: ['type_1'], values, match: 'any', ...more }) satisfies Filter;
  expect(joinedFilters(choice(['fire', 'bug']), choice(['bug', 'ice']))).toEqual(choice(['bug']));
  expect(joinedFilters(choice(['fire', 'bug']), choice(['bug'], { not: true }))).toEqual(
    choice(['fire']),
  );
  expect(joinedFilters(choice(['fire'], { not: true }), choice(['bug'], { not: true }))).toEqual(
    choice(['fire', 'bug'], { not: true }),
  );
  expect(joinedFilters(choice(['fire']), choice(['bug']))).toBeNull();
  // A Pokémon may have both types: that is another question than one of them.
  const types = (values: string[], match: 'any' | 'all' = 'any') =>
    ({ kind: 'one-of', columns: ['type_1', 'type_2'], values, match }) satisfies Filter;
  expect(joinedFilters(types(['fire']), types(['bug']))).toEqual(types(['fire', 'bug'], 'all'));
  expect(joinedFilters(types(['fire', 'ice']), types(['bug']))).toBeNull();
  const hp: Filter = { kind: 'one-of', columns: ['hp'], values: [1, 20, 45], match: 'any' };
  expect(joinedFilters({ kind: 'range', column: 'hp', min: 20, max: 45, below: true }, hp)).toEqual(
    { ...hp, values: [20] },
  );
});
