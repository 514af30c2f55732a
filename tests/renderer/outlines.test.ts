import { expect, test } from 'vitest';
import { LIGHT } from '../../src/renderer/charts/chart-theme';
import type { Mark, Marks, TracePath } from '../../src/renderer/charts/live-marks';
import { categoriesMarks } from '../../src/renderer/cards/categories/categories-option';
import { histogramMarks } from '../../src/renderer/cards/histogram/histogram-option';

/** 100 × 100 pixels without insets; one count is one pixel. */
function drawn(marks: Marks): readonly Mark[] {
  const inset = { left: 0, right: 0, top: 0, bottom: 0 };
  return marks({ width: 100, height: 100, inset, at: (x, y) => [x, 100 - y] });
}

function sizesOf({ trace }: Mark): [width: number, height: number][] {
  const sizes: [number, number][] = [];
  const path: TracePath = {
    moveTo: () => {},
    lineTo: () => {},
    arc: () => {},
    rect: (_x, _y, width, height) => void sizes.push([Math.round(width), Math.round(height)]),
  };
  trace(path);
  return sizes;
}

const outlinesOf = (marks: readonly Mark[]) => marks.filter(({ line }) => line !== undefined);

test('a histogram has a bar for each bin, and over them the other version’s as outlines', () => {
  const bins = (...counts: number[]) => counts.map((n, at) => ({ x0: at, x1: at + 1, n }));
  const before = { version: 1, bins: bins(10, 30) };
  const marks = drawn(histogramMarks(bins(20, 0), null, LIGHT, before));
  expect(marks.map(sizesOf)).toEqual([
    [[46, 20]],
    [
      [46, 10],
      [46, 30],
    ],
  ]);
  expect(outlinesOf(marks)).toEqual([marks.at(-1)]);
  expect(outlinesOf(drawn(histogramMarks(bins(20, 0), null, LIGHT)))).toEqual([]);
});

test('categories have them by value, also of one that none of this version’s rows has', () => {
  const whole = [
    { value: 'water', n: [5] },
    { value: 'fire', n: [4] },
  ];
  const before = {
    version: 1,
    counts: [
      { value: 'water', n: [7] },
      { value: 'fire', n: [3] },
    ],
  };
  const selected = [{ value: 'water', n: [5] }];
  const marks = drawn(categoriesMarks(['type'], whole, selected, [], LIGHT, before));
  const [outlines] = outlinesOf(marks);
  expect(marks.at(-1)).toBe(outlines);
  // From the lowest bar up.
  expect(outlines && sizesOf(outlines)).toEqual([
    [3, 39],
    [7, 39],
  ]);
});
