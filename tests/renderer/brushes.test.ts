import { describe, expect, test } from 'vitest';
import { binRange } from '../../src/renderer/components/explore/bin-range';
import { dragged, gripAt, roundedTo } from '../../src/renderer/components/explore/brush-drag';
import { boxOf, isInside, moved } from '../../src/renderer/components/explore/outline';

describe('a drag on a range', () => {
  const range = [20, 40] as const;
  const domain = [0, 100] as const;
  const drag = (from: number, to: number, shift = false, own: typeof range | null = range) =>
    dragged(gripAt(from, own, 1, shift), from, to, own, domain);

  test('draws where there is none, in either direction', () => {
    expect(drag(70, 10, false, null)).toEqual([10, 70]);
    expect(drag(70, 10, true, null)).toEqual([10, 70]);
  });

  test('beside the range draws another one; with Shift both are kept, and what is between', () => {
    expect(drag(60, 80)).toEqual([60, 80]);
    expect(drag(60, 80, true)).toEqual([20, 80]);
    expect(drag(10, 5, true)).toEqual([5, 40]);
  });

  test('inside moves it as far as the axis goes', () => {
    expect(drag(30, 45)).toEqual([35, 55]);
    expect(drag(30, 99)).toEqual([80, 100]);
    expect(drag(30, 0)).toEqual([0, 20]);
  });

  test('at an end pulls that end, also past the other one', () => {
    expect(drag(20.5, 10)).toEqual([10, 40]);
    expect(drag(39.5, 70)).toEqual([20, 70]);
    expect(drag(20, 50)).toEqual([40, 50]);
  });
});

test('an end is as round as a pixel is wide: a Pokémon of BMI 38 is in “38–114”', () => {
  expect(roundedTo(380 / 300, 38.000_010_2)).toBe(38);
  expect(roundedTo(15 / 200, 0.372)).toBe(0.35);
  expect(roundedTo(1000 / 207, 461.3)).toBe(462);
  expect(roundedTo(560 / 93, 404.2)).toBe(405);
  expect([0.1, 0.2, 0.3].map((value) => roundedTo(0.013, value))).toEqual([0.1, 0.2, 0.3]);
});

test('a bin’s range keeps what the bin counts and not the next bin’s first value', () => {
  expect(binRange('attack', 50, 60)).toEqual([50, 59]);
  const [low, high] = binRange('height_m', 0.5, 1);
  expect([low, high < 1, high > 0.999]).toEqual([0.5, true, true]);
  expect(binRange('attack', 7, 7)).toEqual([7, 7]);
});

test('an outline is moved whole and stays on the plot', () => {
  const box = boxOf([0.2, 0.2], [0.4, 0.5]);
  expect(moved(box, 0.9, -0.9).map((point) => point.map((v) => Number(v.toFixed(9))))).toEqual([
    [0.8, 0],
    [1, 0],
    [1, 0.3],
    [0.8, 0.3],
  ]);
  expect([isInside([0.3, 0.3], box), isInside([0.5, 0.3], box)]).toEqual([true, false]);
});
