import { expect, test } from 'vitest';
import { movedPlace } from '../../src/renderer/components/table/grid-moves';

const SIZE = { rows: 649, columns: 19, page: 10 };

test.each([
  ['ArrowDown', [0, 1], [1, 1]],
  ['ArrowDown', [648, 1], [648, 1]],
  ['ArrowUp', [0, 3], [-1, 3]],
  ['ArrowUp', [-1, 3], [-1, 3]],
  ['ArrowRight', [5, 18], [5, 18]],
  ['ArrowLeft', [5, 1], [5, 0]],
  ['Home', [5, 7], [5, 0]],
  ['End', [5, 7], [5, 18]],
  ['Ctrl Home', [400, 7], [0, 0]],
  ['Ctrl End', [0, 0], [648, 18]],
  ['PageDown', [0, 2], [10, 2]],
  ['PageDown', [645, 2], [648, 2]],
  ['PageDown', [-1, 2], [10, 2]],
  ['PageUp', [5, 2], [0, 2]],
  ['PageUp', [648, 2], [638, 2]],
] as const)('%s takes the focus from %j to %j', (keys, [row, column], [toRow, toColumn]) => {
  const key = keys.replace('Ctrl ', '');
  const pressed = { key, ctrlKey: keys.startsWith('Ctrl'), metaKey: false };
  expect(movedPlace({ row, column }, pressed, SIZE)).toEqual({ row: toRow, column: toColumn });
});

test('a key that does not move is left to others', () => {
  const pressed = { key: 'x', ctrlKey: false, metaKey: false };
  expect(movedPlace({ row: 0, column: 0 }, pressed, SIZE)).toBeNull();
});

test('an empty table leaves the header to move in', () => {
  const pressed = { key: 'ArrowDown', ctrlKey: false, metaKey: false };
  expect(movedPlace({ row: -1, column: 2 }, pressed, { ...SIZE, rows: 0 })).toEqual({
    row: -1,
    column: 2,
  });
});
