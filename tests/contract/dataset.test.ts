import { expect, test } from 'vitest';
import {
  COLUMN_NAMES,
  DATASET_COLUMNS,
  datasetColumn,
  DEFAULT_GAMES,
} from '../../src/preload/contract/dataset';

/** The dataset as other people's scripts read it; changing a line here breaks theirs. */
const CONTRACT: [name: string, type: string][] = [
  ['id', 'INTEGER'],
  ['name', 'VARCHAR'],
  ['base_experience', 'INTEGER'],
  ['weight', 'INTEGER'],
  ['height', 'INTEGER'],
  ['order', 'INTEGER'],
  ['type_1', 'VARCHAR'],
  ['type_2', 'VARCHAR'],
  ['bmi', 'DOUBLE'],
  ['sprite_front_default', 'VARCHAR'],
  ['weight_kg', 'DOUBLE'],
  ['height_m', 'DOUBLE'],
  ['games', 'VARCHAR[]'],
  ['hp', 'INTEGER'],
  ['attack', 'INTEGER'],
  ['defense', 'INTEGER'],
  ['special_attack', 'INTEGER'],
  ['special_defense', 'INTEGER'],
  ['speed', 'INTEGER'],
  ['stat_total', 'INTEGER'],
  ['abilities', 'VARCHAR[]'],
  ['species', 'VARCHAR'],
  ['is_default', 'BOOLEAN'],
];

test('the dataset’s columns, types and order are what was promised', () => {
  expect(DATASET_COLUMNS.map(({ name, type }) => [name, type])).toEqual(CONTRACT);
  expect(COLUMN_NAMES).toEqual(CONTRACT.map(([name]) => name));
});

test('what names a subject is marked, or it would be shared', () => {
  const identity = DATASET_COLUMNS.filter((column) => column.identity).map(({ name }) => name);
  expect(identity.sort()).toEqual(['id', 'name', 'order', 'species', 'sprite_front_default']);
});

test('a column that is none is not found, whatever objects inherit', () => {
  for (const name of ['', 'nme', 'toString', '__proto__', 'constructor', 'ID']) {
    expect(datasetColumn(name)).toBeUndefined();
  }
});

test('the default games are those of the proof of concept', () => {
  expect(DEFAULT_GAMES).toEqual(['red', 'blue', 'leafgreen', 'white']);
});
