import { expect, test } from 'vitest';
import { LIGHT } from '../../src/renderer/charts/chart-theme';
import type { Mark, Marks, TracePath } from '../../src/renderer/charts/live-marks';
import type { Spread } from '../../src/preload/contract/questions';
import { categoriesMarks } from '../../src/renderer/cards/categories/categories-option';
import { DensityChart } from '../../src/renderer/cards/density/density-option';
import { plotScale } from '../../src/renderer/cards/density/plot-scale';
import { groupOption } from '../../src/renderer/cards/group/group-option';
import { histogramMarks } from '../../src/renderer/cards/histogram/histogram-option';
import { PairsChart, toPairCounts } from '../../src/renderer/cards/pairs/pairs-option';
import { setsOption } from '../../src/renderer/cards/sets/sets-option';
import {
  spreadMarks,
  spreadOption,
  spreadPlaces,
} from '../../src/renderer/cards/spread/spread-option';
import { showPokemon } from '../helpers/described-pokemon';

showPokemon();

/** 100 × 100 pixels without insets; one count is one pixel. */
function drawn(marks: Marks): readonly Mark[] {
  const inset = { left: 0, right: 0, top: 0, bottom: 0 };
  return marks({ width: 100, height: 100, inset, at: (x, y) => [x, 100 - y] });
}

function sizesOf({ trace }: Mark): (number | undefined)[][] {
  return pathOf({ trace }).rects.map(([, , width, height]) => [width, height]);
}

type Numbers = readonly number[];

/** What a mark draws, in whole pixels. */
function pathOf({ trace }: Pick<Mark, 'trace'>) {
  const drawn = { rects: [] as Numbers[], lines: [] as Numbers[], rings: [] as Numbers[] };
  let from: Numbers = [0, 0];
  const whole = (...numbers: number[]) => numbers.map(Math.round);
  const path: TracePath = {
    moveTo: (x, y) => void (from = whole(x, y)),
    lineTo: (x, y) => void drawn.lines.push([...from, ...whole(x, y)]),
    arc: (x, y) => void drawn.rings.push(whole(x, y)),
    rect: (...sides) => void drawn.rects.push(whole(...sides)),
  };
  trace(path);
  return drawn;
}

interface Series {
  id: string;
  type: string;
  data: unknown[];
}

const seriesOf = (option: Record<string, unknown>, id: string) =>
  (option['series'] as Series[]).find((series) => series.id === id);

const tipOf = (option: Record<string, unknown>, param: object) =>
  (option['tooltip'] as { formatter(param: object): string }).formatter(param);

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

test('a dot that is elsewhere now, or gone, has a ring where it was', () => {
  const dots = (...points: [id: string, x: number, y: number][]) => ({
    drawn: 'points' as const,
    points: points.map(([id, x, y]) => ({ id, title: id, x, y, color: null })),
    leftOut: 0,
  });
  const now = dots(['a', 0, 0], ['b', 100, 100], ['c', 50, 50]);
  const before = dots(['a', 0, 0], ['b', 20, 40], ['gone', 70, 10]);
  const columns = { x: 'hp', y: 'attack', log: false };
  const chart = new DensityChart(
    { ...columns, color: undefined },
    now,
    plotScale(now, columns, before),
    LIGHT,
  );
  const [mark] = outlinesOf(drawn(chart.marks(now, null, before)));
  const { rings, lines } = pathOf(mark as Mark);
  const place = (x: number, y: number) => chartPlace(chart, now, x, y);
  expect(rings).toEqual([place(20, 40), place(70, 10)]);
  expect(lines).toEqual([[...place(20, 40), ...place(100, 100)]]);
});

/** Where the chart itself puts a dot of those values: the middle of its bar of one dot. */
function chartPlace(
  chart: DensityChart,
  like: Parameters<DensityChart['marks']>[0],
  x: number,
  y: number,
): number[] {
  const one = {
    ...like,
    drawn: 'points' as const,
    points: [{ id: '1', title: '', x, y, color: null }],
  };
  const [mark] = drawn(chart.marks(one, null));
  return [...(pathOf(mark as Mark).rings[0] ?? [])];
}

test('stacked bars have an outline around their sum, bars side by side around each', () => {
  const groups = (...of: [x: string, color: string, y: number][]) =>
    of.map(([x, color, y]) => ({ x, color, y }));
  const card = { shape: 'bar' as const, x: 'type_1', color: 'type_2', y: 'hp' };
  const now = { groups: groups(['fire', 'flying', 20], ['fire', 'ghost', 30]), edges: [] };
  const before = {
    version: 1,
    groups: groups(['fire', 'flying', 10], ['fire', 'ghost', 30], ['water', 'ghost', 5]),
  };
  const stacked = groupOption({ ...card, aggregate: 'sum' }, now, now, null, LIGHT, before);
  // Water is in the other version alone.
  expect(stacked.keys.map(({ x }) => x)).toEqual(['fire', 'water']);
  expect(seriesOf(stacked.option, 'before')?.data).toEqual([40, 5]);
  const tip = (seriesId: string, value: number) =>
    tipOf(stacked.option, { seriesId, seriesName: '', dataIndex: 0, value });
  // What is compared with a part is that part.
  expect(tip('bar =flying', 20)).toMatch(/20\n10 in version 1$/);
  expect(tip('bar =ghost', 30)).toMatch(/30\n30 in version 1$/);
  const grouped = groupOption({ ...card, aggregate: 'mean' }, now, now, null, LIGHT, before);
  const [mark] = drawn(grouped.marks ?? (() => []));
  // A place is a pixel wide here; its bars take four fifths of it.
  expect(mark && pathOf({ trace: (path) => mark.trace(tenfold(path)) }).rects).toEqual([
    [-40, 900, 38, 100],
    [2, 700, 38, 300],
    [102, 950, 38, 50],
  ]);
});

/** The same shapes a hundred times as wide and ten times as high, so that parts of a pixel count. */
function tenfold(path: TracePath): TracePath {
  return {
    ...path,
    rect: (x, y, width, height) => path.rect(x * 100, y * 10, width * 100, height * 10),
  };
}

test('a line of a colour has the other version’s dashed beside it, in its colour', () => {
  const groups = (y: number) => [
    { x: 'fire', color: 'flying', y },
    { x: 'water', color: 'flying', y: y + 1 },
  ];
  const card = { shape: 'line' as const, x: 'type_1', color: 'type_2', y: 'hp', aggregate: 'mean' };
  const now = { groups: groups(20), edges: [] };
  const before = { version: 1, groups: groups(10) };
  const { option, marks } = groupOption(card, now, now, null, LIGHT, before);
  const [line, of] = ['before =flying', 'line =flying'].map((id) => seriesOf(option, id));
  expect(line).toMatchObject({ type: 'line', data: [10, 11] });
  expect(line).toMatchObject({
    lineStyle: {
      type: 'dashed',
      color: (of as unknown as { itemStyle: object }).itemStyle['color' as never],
    },
  });
  expect(marks).toBeUndefined();
});

test('combinations have them by set, also of one that only the other version has', () => {
  const now = [{ set: ['red'], n: 3 }];
  const before = {
    version: 1,
    sets: [
      { set: ['red'], n: 5 },
      { set: ['blue'], n: 2 },
    ],
  };
  const columns = { column: 'games', members: ['red', 'blue'] };
  const { option, setAt, count } = setsOption(columns, now, now, [], LIGHT, before);
  expect([count, setAt(0), setAt(1)]).toEqual([2, ['blue'], ['red']]);
  expect(seriesOf(option, 'before')?.data).toMatchObject([{ value: 2 }, { value: 5 }]);
  expect(seriesOf(option, 'all')?.data).toMatchObject([{ value: 0 }, { value: 3 }]);
  expect(tipOf(option, { dataIndex: 0 })).toMatch(/^In exactly Blue\n0 of 0 .*\n2 in version 1$/);
});

test('a type pair has the other version’s count as an outlined square of its hue', () => {
  const pairs = (...of: [x: string, y: string, n: number][]) =>
    of.map(([x, y, n]) => ({ x, y, n }));
  const now = pairs(['fire', 'flying', 8], ['water', 'flying', 4]);
  const before = {
    version: 1,
    pairs: pairs(['fire', 'flying', 8], ['water', 'flying', 2], ['water', 'ghost', 1]),
  };
  const chart = new PairsChart({ x: 'type_1', y: 'type_2' }, now, LIGHT, before);
  const counts = toPairCounts({ pairs: now });
  const marks = drawn(chart.marks(counts, []));
  const [outlines] = outlinesOf(marks);
  // Four squares of 50 pixels: water with flying and, in the other version alone, with ghost.
  expect(outlines && pathOf(outlines).rects).toHaveLength(2);
  expect(outlines && sizesOf(outlines)).toEqual([
    [25, 25],
    [25, 25],
  ]);
  expect(
    outlinesOf(drawn(new PairsChart({ x: 'type_1', y: 'type_2' }, now, LIGHT).marks(counts, []))),
  ).toEqual([]);
  const tip = chart.ghost(() => counts).tooltip.formatter({ dataIndex: 1 });
  expect(tip).toMatch(/^Water \/ Flying\n4 .*\n2 in version 1$/);
});

test('a box plot has the other version’s box, whiskers and median around it', () => {
  const spread = (
    value: string,
    [low, q1, median, q3, high]: [number, number, number, number, number],
  ): Spread => ({
    value,
    n: 9,
    least: low,
    low,
    q1,
    median,
    q3,
    high,
    most: high,
    outliers: [],
    outlying: 0,
  });
  const before = {
    version: 1,
    groups: [spread('ghost', [1, 2, 3, 4, 5]), spread('fire', [10, 20, 30, 40, 90])],
  };
  const places = spreadPlaces([spread('fire', [11, 21, 35, 41, 80])], before);
  expect(places.map(({ value, now }) => [value, now?.median ?? null])).toEqual([
    ['fire', 35],
    ['ghost', null],
  ]);
  const [mark] = drawn(spreadMarks(places, LIGHT));
  const { rects, lines } = pathOf(mark as Mark);
  // From the lowest place up: ghost, fire.
  expect(rects).toEqual([
    [2, 91, 2, 18],
    [20, 90, 20, 18],
  ]);
  expect(lines.slice(3)).toEqual([
    [30, 90, 30, 108],
    [20, 99, 10, 99],
    [40, 99, 90, 99],
  ]);
  const option = spreadOption({ column: 'hp', by: ['type_1'] }, places, [], LIGHT, before);
  // The axis reaches as far as the outlines.
  expect(seriesOf(option, 'before')?.data).toEqual([
    [1, 0],
    [5, 0],
    [10, 1],
    [90, 1],
  ]);
  expect(tipOf(option, { dataIndex: 1 })).toMatch(/median 30, middle half 20 – 40 in version 1$/);
});
