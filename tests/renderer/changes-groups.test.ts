import { expect, test } from 'vitest';
import type { ChangeEntry } from '../../src/preload/contract/reports';
import {
  countKinds,
  filterChanges,
  groupChanges,
} from '../../src/renderer/components/changes/group-changes';
import { listChange } from '../../src/renderer/components/changes/list-change';

const entry = (parts: Partial<ChangeEntry>): ChangeEntry => ({
  version: 2,
  timestamp: '2026-08-08T00:00:00Z',
  change: 'update',
  id: 25,
  name: 'Pikachu',
  column: null,
  before: null,
  after: null,
  ...parts,
});

const GROUPS = groupChanges([
  entry({ column: 'weight', before: 60, after: 61 }),
  entry({ change: 'insert', id: 9, name: 'Blastoise' }),
  entry({ column: 'weight_kg', before: 6, after: 6.1 }),
  entry({ change: 'delete', id: 3, name: 'Venusaur' }),
]);

test('all fields of a Pokémon stand together, before and after', () => {
  expect(GROUPS).toEqual([
    {
      id: 25,
      name: 'Pikachu',
      change: 'update',
      fields: [
        { column: 'weight', before: 60, after: 61 },
        { column: 'weight_kg', before: 6, after: 6.1 },
      ],
    },
    { id: 9, name: 'Blastoise', change: 'insert', fields: [] },
    { id: 3, name: 'Venusaur', change: 'delete', fields: [] },
  ]);
});

test('counts are of Pokémon, not of fields', () => {
  expect(countKinds(GROUPS)).toEqual({ insert: 1, update: 1, delete: 1 });
});

test('kind and name narrow down together; a number means that Pokémon and no other', () => {
  const names = (...args: [Parameters<typeof filterChanges>[1], string]) =>
    filterChanges(GROUPS, ...args).map(({ name }) => name);
  expect(names(null, '')).toEqual(['Pikachu', 'Blastoise', 'Venusaur']);
  expect(names('delete', '')).toEqual(['Venusaur']);
  expect(names(null, ' SAUR ')).toEqual(['Venusaur']);
  expect(names('insert', 'saur')).toEqual([]);
  expect(names(null, '25')).toEqual(['Pikachu']);
  expect(names(null, '2')).toEqual([]);
});

test.each([
  [['red', 'blue'], ['blue', 'sun', 'moon'], { added: ['sun', 'moon'], removed: ['red'] }],
  [[], ['sun'], { added: ['sun'], removed: [] }],
  [['run-away', 'hustle'], ['hustle', 'run-away'], { added: [], removed: [] }],
  [['red', 'red'], ['red'], { added: [], removed: ['red'] }],
  [null, ['red'], null],
  ['red', 'blue', null],
  [[1], [2], null],
])('a list that was %j and is %j gained and lost %j', (before, after, change) => {
  expect(listChange(before, after)).toEqual(change);
});
