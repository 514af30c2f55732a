import { expect, test } from 'vitest';
import {
  type ColumnLayout,
  frozenCount,
  hideColumn,
  moveColumn,
  pinColumn,
  showColumn,
  unpinColumn,
} from '../../src/renderer/components/table/column-moves';

const ORDER: readonly string[] = ['id', 'name', 'type_1', 'type_2', 'hp', 'speed'];

function layout(columns: readonly string[], pinned: readonly string[]): ColumnLayout {
  return { columns, pinned };
}

function shown({ columns, pinned }: ColumnLayout): string {
  const frozen = frozenCount({ columns, pinned });
  return `${columns.slice(0, frozen).join(' ')} | ${columns.slice(frozen).join(' ')}`;
}

test('a pinned column stands left of all that scroll', () => {
  const start = layout(ORDER, ['id', 'name']);
  expect(shown(start)).toBe('id name | type_1 type_2 hp speed');
  expect(shown(pinColumn(start, 'hp'))).toBe('id name hp | type_1 type_2 speed');
  expect(shown(unpinColumn(start, 'id'))).toBe('name | id type_1 type_2 hp speed');
});

test('a column keeps its pin when it is moved among the pinned, and loses it beyond them', () => {
  const start = layout(ORDER, ['id', 'name']);
  expect(shown(moveColumn(start, 'name', 0))).toBe('name id | type_1 type_2 hp speed');
  expect(shown(moveColumn(start, 'id', 1))).toBe('name id | type_1 type_2 hp speed');
  expect(shown(moveColumn(start, 'id', 2))).toBe('name | type_1 id type_2 hp speed');
  expect(shown(moveColumn(start, 'speed', 1))).toBe('id speed name | type_1 type_2 hp');
  expect(shown(moveColumn(start, 'speed', 2))).toBe('id name | speed type_1 type_2 hp');
});

test('a move past either end stops at the end', () => {
  const start = layout(['id', 'name', 'hp'], []);
  expect(shown(moveColumn(start, 'name', -3))).toBe(' | name id hp');
  expect(shown(moveColumn(start, 'name', 9))).toBe(' | id hp name');
});

test('a view that puts a free column first freezes nothing behind it', () => {
  expect(shown(layout(['hp', 'id', 'name'], ['id', 'name']))).toBe(' | hp id name');
});

test('a hidden column comes back where it stood, and the last one cannot be hidden', () => {
  const start = layout(ORDER, ['id', 'name']);
  const without = hideColumn(start, 'type_2');
  expect(shown(without)).toBe('id name | type_1 hp speed');
  expect(shown(showColumn(without, 'type_2', ORDER))).toBe('id name | type_1 type_2 hp speed');
  expect(shown(showColumn(hideColumn(start, 'id'), 'id', ORDER))).toBe(
    'id name | type_1 type_2 hp speed',
  );
  expect(shown(showColumn(start, 'hp', ORDER))).toBe(shown(start));
  expect(hideColumn(layout(['id'], []), 'id').columns).toEqual(['id']);
});
