import { beforeAll, expect, test } from 'vitest';
import {
  alikeSentence,
  newsOf,
  ofFields,
  summaryOf,
} from '../../src/renderer/components/changes/change-news';
import type { RowChange } from '../../src/renderer/components/changes/group-changes';
import { showPokemon } from '../helpers/described-pokemon';

beforeAll(showPokemon);

const update = (id: number, ...fields: RowChange['fields']): RowChange => ({
  id,
  name: `Mon-${id}`,
  change: 'update',
  fields,
});
const lost = { column: 'games', before: ['red', 'x', 'y'], after: ['red'] };
const experience = (before: number, after: number) => ({
  column: 'base_experience',
  before,
  after,
});

/** 12 lost the same two games; two of them and one other changed more; one left. */
const GROUPS: RowChange[] = [
  ...Array.from({ length: 10 }, (_, index) => update(index + 1, lost)),
  update(11, lost, experience(200, 210)),
  update(12, lost, experience(100, 150)),
  update(13, experience(60, 66), { column: 'type_2', before: null, after: 'fairy' }),
  { id: 14, name: 'Mon-14', change: 'delete', fields: [] },
];

test('what changed alike in many Pokémon is one line, and no more told in each', () => {
  const { alike, single } = newsOf(GROUPS);
  expect(alike.map(alikeSentence)).toEqual(['Games: 2 removed, alike in 12 Pokémon']);
  expect(alike[0]?.members).toEqual(['X', 'Y']);
  expect(single.flatMap(({ fields }) => fields).filter(({ column }) => column === 'games')).toEqual(
    [],
  );
});

test('the rare stands before the common, the large before the small', () => {
  // One changed a type, one left; of the base experiences 100 → 150 is the larger step.
  expect(newsOf(GROUPS).single.map(({ id }) => id)).toEqual([13, 14, 12, 11]);
});

test('the summary says in one line what came, left, rose and was lost', () => {
  // Steps of 10, 50 and 6: the median is 10.
  expect(summaryOf(GROUPS)).toBe(
    '1 deleted · second type of 1 changed · base experience of 3 rose, median +10 · games of 12 lost 2',
  );
  expect(summaryOf([update(1, experience(200, 180)), update(2, experience(100, 101))])).toBe(
    'base experience of 2 changed (1 rose, 1 fell), median −9.5',
  );
});

test('of the fields that are chosen nothing else is shown', () => {
  const shown = ofFields(GROUPS, ['base_experience']);
  expect(shown.map(({ id }) => id)).toEqual([11, 12, 13]);
  expect(shown.flatMap(({ fields }) => fields.map(({ column }) => column))).toEqual([
    'base_experience',
    'base_experience',
    'base_experience',
  ]);
});
