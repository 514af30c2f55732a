import { describe, expect, test } from 'vitest';
import { placeBars } from '../../src/renderer/components/privacy/bar-places';
import { sizeBins, sizeEdges, sizeWords } from '../../src/renderer/components/privacy/class-sizes';
import { columnStepWords } from '../../src/renderer/components/privacy/step-words';
import { verdictWords } from '../../src/renderer/components/privacy/verdict-words';

const ROWS = { one: 'row', many: 'rows' };

describe('groups by size', () => {
  test('each row counts once, in the bar of its group’s size; a bar begins at the wanted one', () => {
    const sizes = [
      { size: 1, classes: 4 },
      { size: 2, classes: 3 },
      { size: 6, classes: 2 },
      { size: 7, classes: 1 },
    ];
    const edges = sizeEdges(7, sizes);
    const bins = sizeBins(sizes, edges);
    expect(bins.map((bin) => [sizeWords(bin), bin.rows])).toEqual([
      ['alone', 4],
      ['2', 6],
      ['3 – 4', 0],
      ['5 – 6', 12],
      ['7 or more', 7],
    ]);
  });

  test('where only large groups are, the empty bars before them are one', () => {
    const sizes = [{ size: 16_302, classes: 60 }];
    const words = sizeBins(sizes, sizeEdges(5, sizes)).map(sizeWords);
    expect(words).toEqual(['alone', '2 – 4', '5 – 9,999', '10,000 or more']);
  });
});

describe('bars before and after', () => {
  test('a range lies over the bins it holds and has their area; no value stands apart', () => {
    const { slots, before, after } = placeBars(
      [
        { label: '0', extent: [0, 10], rows: 5 },
        { label: '10', extent: [10, 20], rows: 15 },
        { label: null, extent: null, rows: 2 },
      ],
      [
        { label: '0 – 20', extent: [0, 20], rows: 20 },
        { label: null, extent: null, rows: 2 },
      ],
    );
    expect(slots).toBe(3.5);
    expect(before.map(({ x, width, height }) => [x, width, height])).toEqual([
      [0, 1, 5],
      [1, 1, 15],
      [2.5, 1, 2],
    ]);
    expect(after.map(({ x, width, height }) => [x, width, height])).toEqual([
      [0, 2, 10],
      [2.5, 1, 2],
    ]);
  });

  test('names keep their place, and what they became stands after them', () => {
    const { after } = placeBars(
      ['red', 'green', 'blue'].map((label) => ({ label, extent: null, rows: 1 })),
      [
        { label: 'green', extent: null, rows: 1 },
        { label: 'Other', extent: null, rows: 2 },
      ],
    );
    expect(after.map(({ x, label }) => [label, x])).toEqual([
      ['green', 1],
      ['Other', 3],
    ]);
  });
});

test('values of another kind share the width of those they are made of', () => {
  const { slots, after } = placeBars(
    ['a, b', 'c', 'd', 'e'].map((label) => ({ label, extent: null, rows: 1 })),
    [
      { label: '1', extent: null, rows: 3 },
      { label: '2', extent: null, rows: 1 },
    ],
  );
  expect(slots).toBe(4);
  expect(after.map(({ x, width, height }) => [x, width, height])).toEqual([
    [0, 2, 1.5],
    [2, 2, 0.5],
  ]);
});

test('single values on an axis have a bar each, and a range lies over those it holds', () => {
  const { after } = placeBars(
    [3, 4, 7].map((value) => ({ label: String(value), extent: [value, value], rows: 1 })),
    [
      { label: '2 – 4', extent: [2, 4], rows: 1 },
      { label: '4 – 8', extent: [4, 8], rows: 2 },
    ],
  );
  expect(after.map(({ x, width }) => [x, width])).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

test('a step is said in words', () => {
  const said = (step: Parameters<typeof columnStepWords>[1]) => columnStepWords('any', step);
  expect(said({ kind: 'rounded', to: 10, bottom: 20, top: 5000 })).toBe(
    'rounded down to a multiple of 10, less than 20 as 20, more than 5,000 as 5,000',
  );
  expect(said({ kind: 'ranges', cuts: [50] })).toBe('below 50, or not');
});

test('figures are said in a sentence', () => {
  const figures = { rows: 10, columns: ['a', 'b', 'c'], classes: 5, sizes: [], by_column: [] };
  expect(verdictWords({ ...figures, k: 1, unique_rows: 3 }, ROWS)).toBe(
    'Anyone who knows a, b and c recognises 3 of 10 rows (30 %).',
  );
  expect(verdictWords({ ...figures, k: 2, unique_rows: 0 }, ROWS)).toBe(
    'By a, b and c nobody stands alone: each of the 10 rows has at least 1 row like it.',
  );
  expect(verdictWords({ ...figures, rows: 0, k: null, unique_rows: 0 }, ROWS)).toBe(
    'No rows are shown.',
  );
});
