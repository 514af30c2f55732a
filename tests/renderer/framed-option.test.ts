import { expect, test } from 'vitest';
import { LIGHT } from '../../src/renderer/charts/chart-theme';
import { framedOption } from '../../src/renderer/charts/framed-option';
import { tipLines } from '../../src/renderer/charts/tip-lines';
import { tipPlace } from '../../src/renderer/charts/tip-place';

const SIZE = { width: 400, height: 300 };

test('a picture’s words take their room above every plot, whatever their length', () => {
  const grids = [
    { left: 0, top: 92, bottom: 40 },
    { left: 99, top: 92 },
  ];
  const short = framedOption({ grid: grids }, { title: 'Games', lines: ['a'] }, SIZE, LIGHT);
  const long = framedOption(
    { grid: grids },
    { title: 'Games', lines: ['a word '.repeat(40)] },
    SIZE,
    LIGHT,
  );
  const tops = (framed: typeof short) =>
    (framed.option['grid'] as { top: number }[]).map(({ top }) => top);
  // Title of 34, a line of 15, a gap of 6; 8 below.
  expect([tops(short), short.height]).toEqual([[147, 147], 363]);
  // Off the lower edge, where the screen has the card's own.
  expect(short.option['grid']).toMatchObject([{ bottom: 48 }, { top: 147 }]);
  const { subtext } = long.option['title'] as { subtext: string };
  const lines = subtext.split('\n').length;
  expect(lines).toBeGreaterThan(3);
  expect([tops(long)[0], long.height]).toEqual([132 + 15 * lines, 348 + 15 * lines]);
});

test('a legend that is paged on the screen is whole in a picture', () => {
  const data = Array.from({ length: 18 }, (_, index) => `Name ${index}`);
  const option = { grid: { top: 40 }, legend: { type: 'scroll', top: 4, data } };
  const framed = framedOption(option, { title: 'A', lines: [] }, SIZE, LIGHT);
  expect(framed.option['legend']).toMatchObject({ type: 'plain', top: 44, data });
  // 18 names of some 90 pixels in 376: four or more lines, all but the first above the plot.
  expect(framed.height).toBeGreaterThanOrEqual(300 + 40 + 3 * 24);
});

test('a tooltip stands within what is seen of its chart', () => {
  const room = { top: 20, bottom: 100, width: 300 };
  expect(tipPlace([10, 30], [80, 40], room)).toEqual([24, 44]);
  expect(tipPlace([280, 90], [80, 40], room)).toEqual([186, 36]);
  expect(tipPlace([150, 25], [80, 200], room)).toEqual([164, 20]);
});

test('a tooltip’s lines are broken where they would not fit in their chart', () => {
  // 200 pixels less 24 have room for 26 letters.
  expect(tipLines('Weight (kg): 6.9\nas long as it is, and longer', 200)).toBe(
    'Weight (kg): 6.9\nas long as it is, and\nlonger',
  );
  expect(tipLines('x'.repeat(60), 200)).toBe(
    ['x'.repeat(26), 'x'.repeat(26), 'x'.repeat(8)].join('\n'),
  );
});
