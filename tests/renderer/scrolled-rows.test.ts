import { expect, test } from 'vitest';
import { offsetAt, pixelsOf, scrollTopAt } from '../../src/renderer/components/table/scrolled-rows';

const view = 300;

test.each([
  [649, 36],
  [200_000, 28],
  [1_000_000, 36],
  [50_000_000, 48],
])('of %i rows of %i px the last is at the end of the scroll bar', (rows, rowHeight) => {
  const scrolled = { rows, rowHeight, view };
  const end = pixelsOf(scrolled) - view;
  // Firefox lays out 17.8 million px and no more.
  expect(pixelsOf(scrolled)).toBeLessThan(17_000_000);
  expect(offsetAt(0, scrolled)).toBe(0);
  expect(offsetAt(end, scrolled)).toBeCloseTo(rows * rowHeight - view, 3);
  expect(scrollTopAt(rows * rowHeight - view, scrolled)).toBeCloseTo(end, 3);
  const middle = (rows / 2) * rowHeight;
  expect(offsetAt(scrollTopAt(middle, scrolled), scrolled)).toBeCloseTo(middle, 3);
});

test('a table that a browser can lay out is scrolled as it is', () => {
  expect(offsetAt(1234, { rows: 200_000, rowHeight: 36, view })).toBe(1234);
});
