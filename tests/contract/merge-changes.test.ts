import { expect, test } from 'vitest';
import { mergeChanges } from '../../src/preload/contract/merge-changes';

const card = (id: string, rest: object = {}) => ({ id, kind: 'types', ...rest });

test.each([
  ['nothing changed here', [1], [1], [2], [2]],
  ['nothing changed there', [1], [2], [1], [2]],
  ['both changed one value: the last to save wins', 'a', 'b', 'c', 'b'],
  [
    'a chart was added on each side',
    [card('a')],
    [card('a'), card('b')],
    [card('a'), card('c')],
    [card('a'), card('c'), card('b')],
  ],
  [
    'one removed, one added',
    [card('a'), card('b')],
    [card('b')],
    [card('a'), card('b'), card('c')],
    [card('b'), card('c')],
  ],
  [
    'one changed here, one removed there',
    [card('a'), card('b')],
    [card('a', { width: 6 }), card('b')],
    [card('a')],
    [card('a', { width: 6 })],
  ],
  [
    'two parts of one chart',
    [card('a', { width: 3, title: 'A' })],
    [card('a', { width: 6, title: 'A' })],
    [card('a', { width: 3, title: 'B' })],
    [card('a', { width: 6, title: 'B' })],
  ],
  [
    'a changed chart that was removed here and left alone there stays removed',
    [card('a'), card('b')],
    [card('a')],
    [card('a', { width: 6 }), card('b')],
    [card('a', { width: 6 })],
  ],
  [
    'the order was changed here',
    ['a', 'b', 'c'],
    ['c', 'a', 'b'],
    ['a', 'b', 'c', 'd'],
    ['c', 'd', 'a', 'b'],
  ],
  [
    'what this version does not know keeps its place',
    ['id', 'name'],
    ['id', 'name', 'speed'],
    ['shiny', 'id', 'rare', 'name'],
    ['shiny', 'id', 'rare', 'name', 'speed'],
  ],
  [
    'widths of two columns',
    { name: 100 },
    { name: 120 },
    { name: 100, id: 60 },
    { name: 120, id: 60 },
  ],
  ['a width put back here', { name: 100, id: 60 }, { id: 60 }, { name: 100, id: 70 }, { id: 70 }],
])('%s', (_what, base, mine, theirs, merged) => {
  expect(mergeChanges(base, mine, theirs)).toEqual(merged);
});
