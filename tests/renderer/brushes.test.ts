import { describe, expect, test } from 'vitest';
import { changedArea, pickedArea } from '../../src/renderer/components/explore/area-keys';
import { binRange } from '../../src/renderer/components/explore/bin-range';
import { dragged, gripAt, roundedTo } from '../../src/renderer/components/explore/brush-drag';
import { boundsOf, boxOf, isInside, moved } from '../../src/renderer/components/explore/outline';

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
