import { describe, expect, test } from 'vitest';
import { changedArea, pickedArea } from '../../src/renderer/cards/brush/area-keys';
import {
  binAxis,
  binRange,
  coverOf,
  endsOf,
  middleOf,
} from '../../src/renderer/cards/brush/bin-range';
import { dragged, gripAt, roundedTo } from '../../src/renderer/cards/brush/brush-drag';
import { boundsOf, boxOf, isInside, moved } from '../../src/renderer/cards/brush/outline';
import { showPokemon } from '../helpers/described-pokemon';

showPokemon();

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
  expect(binRange('attack', 50, 60)).toEqual({ min: 50, max: 59 });
  expect(binRange('height_m', 0.5, 1)).toEqual({ min: 0.5, max: 1, below: true });
  expect(binRange('attack', 7, 7)).toEqual({ min: 7, max: 7 });
});

describe('a brush selects what it covers', () => {
  const tens = [0, 10, 20, 30].map((x0) => ({ x0, x1: x0 + 10 }));
  const halves = [0, 0.5, 1].map((x0) => ({ x0, x1: x0 + 0.5 }));
  const numbers = Array.from({ length: 400 }, (_, index) => index / 10);

  test('of whole numbers just the bars it is drawn over, whatever the step', () => {
    const axis = binAxis('hp', tens);
    expect(endsOf(axis, [10, 30], 1)).toEqual({ min: 10, max: 29 });
    expect(endsOf(axis, [9.8, 30.1], 1)).toEqual({ min: 10, max: 29 });
    expect(coverOf(axis, { min: 10, max: 29 })).toEqual([10, 30]);
    // Within the room of one number.
    expect(endsOf(axis, [7.6, 7.9], 1)).toEqual({ min: 7, max: 7 });
    expect(coverOf(axis, { min: 7, max: 7 })).toEqual([7, 8]);
    for (const [from, to] of [
      [0, 40],
      [3.2, 17.7],
      [12.5, 12.9],
    ] as const) {
      const ends = endsOf(axis, [from, to], 1);
      const cover = coverOf(axis, ends) ?? [0, 0];
      const kept = numbers.filter(
        (n) => Number.isInteger(n) && n >= Number(ends.min) && n <= Number(ends.max),
      );
      // Each takes the room from itself to the next.
      expect(kept).toEqual(
        numbers.filter((n) => Number.isInteger(n) && n >= cover[0] && n + 1 <= cover[1]),
      );
    }
  });

  test('of other numbers up to a bin’s edge, which is the next bin’s, and up to its own end', () => {
    const axis = binAxis('height_m', halves);
    expect(endsOf(axis, [0.5, 1], 0.05)).toEqual({ min: 0.5, max: 1, below: true });
    expect(endsOf(axis, [0.5, 1.1], 0.05)).toEqual({ min: 0.5, max: 1.1 });
    expect(coverOf(axis, endsOf(axis, [0.5, 1], 0.05))).toEqual([0.5, 1]);
  });

  test('of one value for all that value, wherever it is drawn', () => {
    for (const column of ['hp', 'height_m']) {
      const axis = binAxis(column, [{ x0: 5, x1: 5 }]);
      expect(axis.domain).toEqual([4.5, 5.5]);
      expect(endsOf(axis, [4.6, 4.9], 0.01)).toEqual({ min: 5, max: 5 });
      expect(coverOf(axis, { min: 5, max: 5 })).toEqual([4.5, 5.5]);
    }
  });

  test('a filter from elsewhere is shown as far as the axis goes, its open ends too', () => {
    const axis = binAxis('hp', tens);
    expect(coverOf(axis, { min: 25 })).toEqual([25, 40]);
    expect(coverOf(axis, { min: -5, max: 12.5 })).toEqual([0, 13]);
    // Whole numbers below 20 end with 19, which takes the room up to 20; below 12.5 with 12.
    expect(coverOf(axis, { min: 10, max: 20, below: true })).toEqual([10, 20]);
    expect(coverOf(axis, { min: 10, max: 12.5, below: true })).toEqual([10, 13]);
    expect(coverOf(axis, {})).toBeNull();
    expect(coverOf(axis, null)).toBeNull();
  });

  test('the first one by keys stands where half of the data are', () => {
    const counted = tens.map((bin, index) => ({ ...bin, n: [1, 8, 6, 1][index] ?? 0 }));
    expect(middleOf(counted)).toEqual([10, 30]);
    expect(middleOf(tens.map((bin) => ({ ...bin, n: 0 })))).toBeNull();
  });
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

describe('areas by keys', () => {
  const [one, two] = [boxOf([0.1, 0.1], [0.3, 0.4]), boxOf([0.5, 0.5], [0.9, 0.8])];
  const lasso = [
    [0.2, 0.2],
    [0.4, 0.3],
    [0.2, 0.6],
  ] as const;
  const press = (key: string, shiftKey = false, fine = false) => ({ key, shiftKey, fine });
  const rounded = (outline: Parameters<typeof boundsOf>[0] | undefined) => {
    const { low, high } = boundsOf(outline ?? []);
    return [...low, ...high].map((value) => Number(value.toFixed(6)));
  };

  test('Page Down and Page Up go round, so that every one is reached', () => {
    const areas = { outlines: [one, two], at: 0 };
    expect(pickedArea(press('PageDown'), areas)?.at).toBe(1);
    expect(pickedArea(press('PageDown'), { ...areas, at: 1 })?.at).toBe(0);
    expect(pickedArea(press('PageUp'), areas)?.at).toBe(1);
    expect(pickedArea(press('PageDown'), { outlines: [], at: 0 })).toBeNull();
  });

  test('Delete takes the one at hand alone', () => {
    expect(pickedArea(press('Delete'), { outlines: [one, two], at: 0 })?.outlines).toEqual([two]);
    expect(pickedArea(press('Delete'), { outlines: [one], at: 0 })?.outlines).toEqual([]);
  });

  test('arrows move and size the one at hand and leave the others', () => {
    const areas = { outlines: [one, two], at: 1 };
    const moved = changedArea(press('ArrowLeft'), areas);
    expect(moved?.outlines[0]).toBe(one);
    expect(rounded(moved?.outlines[1])).toEqual([0.46, 0.5, 0.86, 0.8]);
    const small = changedArea(press('ArrowUp', true, true), areas);
    expect(rounded(small?.outlines[1])).toEqual([0.5, 0.5, 0.9, 0.79]);
  });

  test('a lasso keeps its form when its size changes, and never turns over', () => {
    const wide = changedArea(press('ArrowRight', true), { outlines: [lasso], at: 0 });
    expect(wide?.outlines[0]).toHaveLength(3);
    expect(rounded(wide?.outlines[0])).toEqual([0.2, 0.2, 0.44, 0.6]);
    let areas = { outlines: [lasso] as readonly (readonly (readonly [number, number])[])[], at: 0 };
    for (let count = 0; count < 30; count += 1) {
      areas = changedArea(press('ArrowLeft', true), areas) ?? areas;
    }
    expect(rounded(areas.outlines[0])).toEqual([0.2, 0.2, 0.21, 0.6]);
  });

  test('Enter adds a box in another place and takes it in hand; a filter’s limit holds', () => {
    const first = changedArea(press('Enter'), { outlines: [], at: 0 });
    const second = changedArea(press('Enter'), first ?? { outlines: [], at: 0 });
    expect(second?.at).toBe(1);
    expect(second?.outlines[1]).not.toEqual(second?.outlines[0]);
    const many = changedArea(press('Enter'), { outlines: Array(21).fill(one), at: 0 });
    expect(many?.outlines).toHaveLength(21);
  });
});
