import { expect, test } from 'vitest';
import type { DatasetDescriptor } from '../../src/preload/contract/descriptor';
import { foundLines, profileLines } from '../../src/renderer/side/profile-entries';

const column = (name: string) => ({ name, label: name.toUpperCase() });

/** Two slots and a profile of three measures, of which the view shows one on its own. */
const described = {
  columns: ['id', 'kind_1', 'kind_2', 'a', 'b', 'total', 'c', 'note'].map(column),
  groups: [
    { kind: 'slots', id: 'kinds', label: 'Kinds', columns: ['kind_1', 'kind_2'] },
    { kind: 'profile', id: 'scores', label: 'Scores', columns: ['a', 'b', 'c'] },
  ],
} as unknown as DatasetDescriptor;

const shown = (panels: string[]) =>
  profileLines(described, panels).map((line) =>
    line.kind === 'heading' ? `# ${line.id}` : line.columns.join('+'),
  );

test('every column stands in one line, slots together and a profile under its name', () => {
  expect(shown([])).toEqual([
    'id',
    'kind_1+kind_2',
    '# scores',
    ...['a', 'b', 'c'],
    'total',
    'note',
  ]);
});

test('what the view names comes first, and no column twice', () => {
  expect(shown(['total', 'kinds', 'b', 'b', 'gone'])).toEqual([
    'total',
    'kind_1+kind_2',
    'b',
    'id',
    '# scores',
    ...['a', 'c'],
    'note',
  ]);
  // A slot of its own leaves the other one alone too.
  expect(shown(['kind_2'])).toEqual([
    'kind_2',
    'id',
    'kind_1',
    '# scores',
    'a',
    'b',
    'c',
    'total',
    'note',
  ]);
});

test('a column is found by parts of its name or label, whatever the capitals', () => {
  const found = (text: string) => foundLines(profileLines(described, []), text).map(({ id }) => id);
  expect(found('KIND')).toEqual(['kinds']);
  expect(found('ot')).toEqual(['total', 'note']);
  expect(found('to al')).toEqual(['total']);
  expect(found('zz')).toEqual([]);
  expect(found(' ')).toHaveLength(8);
});
