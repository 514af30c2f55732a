import { expect, test } from 'vitest';
import type { Scalar } from '../../src/preload/contract/descriptor';
import type { Answers } from '../../src/preload/contract/questions';
import { LIGHT } from '../../src/renderer/charts/chart-theme';
import { colorsOf, legendWords } from '../../src/renderer/charts/color-scale';
import { categoriesGhost } from '../../src/renderer/cards/categories/categories-option';
import { DensityChart } from '../../src/renderer/cards/density/density-option';
import { logTicks } from '../../src/renderer/cards/density/log-ticks';
import { plotScale } from '../../src/renderer/cards/density/plot-scale';
import { type GroupShape, groupOption } from '../../src/renderer/cards/group/group-option';
import { PairsChart } from '../../src/renderer/cards/pairs/pairs-option';
import { spreadOption } from '../../src/renderer/cards/spread/spread-option';
import { showPokemon } from '../helpers/described-pokemon';

showPokemon();

const SCALE = plotScale(null, { x: 'hp', y: 'attack', log: false });

type Group = Answers['group']['groups'][number];

/** An answer of those groups; `edges` where x is binned. */
const answer = (groups: readonly Group[], edges: number[] = []) => ({ groups: [...groups], edges });
const NONE = answer([]);
const TYPES = ['type_1', 'type_2'];

function dots(colors: readonly Scalar[]) {
  const points = colors.map((color, at) => ({ id: `${at}`, title: `${at}`, x: 1, y: 1, color }));
  return { drawn: 'points' as const, points, leftOut: 0 };
}

interface Series {
  name: string;
  stack?: string;
  data: (number | null | { value: number | null; itemStyle: { color: string; opacity: number } })[];
}

function seriesOf(card: GroupShape, whole: Group[], selected: Group[], edges: number[] = []) {
  const drawn = groupOption(card, answer(whole, edges), answer(selected, edges), null, LIGHT);
  return { ...drawn, series: drawn.option['series'] as Series[] };
}

const bin = (x: number, y: number, color: Scalar = null, color1?: number): Group => ({
  x,
  x1: x + 10,
  color,
  ...(color1 === undefined ? {} : { color1 }),
  y,
});

test('bins without a Pokémon keep their place, so that the axis is even', () => {
  const { keys, series } = seriesOf(
    { shape: 'bar', x: 'attack', aggregate: 'count' },
    [bin(0, 3), bin(30, 4)],
    [bin(30, 1)],
    [0, 10, 20, 30, 40],
  );
  expect(keys.map(({ x }) => x)).toEqual([0, 10, 20, 30]);
  expect(series.map(({ name }) => name)).toEqual(['all', 'Pokémon']);
  expect(series[0]?.data).toEqual([3, null, null, 4]);
  expect(
    series[1]?.data.map((item) => (item === null || typeof item === 'number' ? item : item.value)),
  ).toEqual([null, null, null, 1]);
});

test('counts by colour are stacked over the ghost of their sum; medians are neither', () => {
  const rows = [
    { x: 'fire', color: true, y: 3 },
    { x: 'fire', color: false, y: 4 },
  ];
  const count = seriesOf(
    { shape: 'bar', x: 'type_1', color: 'is_default', aggregate: 'count' },
    rows,
    rows,
  );
  expect(count.series.map(({ name, stack }) => [name, stack])).toEqual([
    ['all', undefined],
    ['no', 'all'],
    ['yes', 'all'],
  ]);
  expect(count.series[0]?.data).toEqual([7]);
  const median = seriesOf(
    { shape: 'bar', x: 'type_1', y: 'hp', color: 'is_default', aggregate: 'median' },
    rows,
    rows,
  );
  expect(median.series.map(({ name, stack }) => [name, stack])).toEqual([
    ['no', undefined],
    ['yes', undefined],
  ]);
});

test('a name stands under its bar as it stands everywhere else', () => {
  const label = (x: string, value: Scalar) =>
    seriesOf({ shape: 'bar', x, aggregate: 'count' }, [{ x: value, color: null, y: 1 }], []).keys[0]
      ?.label;
  expect(label('name', 'Nidoran-f')).toBe('Nidoran-f');
  expect(label('species', 'mr-mime')).toBe('mr-mime');
  expect(label('sprite_front_default', 'https://example.test/1.png')).toBe(
    'https://example.test/1.png',
  );
  expect(label('is_default', true)).toBe('yes');
  expect(label('abilities', 'solar-power')).toBe('Solar Power');
  expect(label('type_2', null)).toBe('None');
});

test('an axis of whole numbers has no step between them', () => {
  const step = (aggregate: string, y: string) => {
    const card: GroupShape = { shape: 'bar', x: 'type_1', y, aggregate };
    return groupOption(card, NONE, NONE, null, LIGHT).option['yAxis'];
  };
  expect(step('count', 'hp')).toMatchObject({ minInterval: 1 });
  expect(step('max', 'hp')).toMatchObject({ minInterval: 1 });
  expect(step('max', 'bmi')).not.toHaveProperty('minInterval');
  expect(step('mean', 'hp')).not.toHaveProperty('minInterval');
  expect(spreadOption({ column: 'hp', by: TYPES }, [], [], LIGHT)['xAxis']).toMatchObject({
    minInterval: 1,
  });
  expect(
    spreadOption({ column: 'weight_kg', by: TYPES }, [], [], LIGHT)['xAxis'],
  ).not.toHaveProperty('minInterval');
  const card = { x: 'hp', y: 'weight_kg', color: 'type_1', log: false };
  const scatter = new DensityChart(card, null, SCALE, LIGHT).ghost(() => null);
  expect(scatter.xAxis).toMatchObject({ minInterval: 1 });
  expect(scatter.yAxis).not.toHaveProperty('minInterval');
});

test('what the card’s own selection leaves out is pale', () => {
  const whole = [
    { x: 'fire', color: null, y: 3 },
    { x: null, color: null, y: 4 },
  ];
  const card: GroupShape = { shape: 'bar', x: 'type_2', aggregate: 'count' };
  const { option } = groupOption(
    card,
    answer(whole),
    answer(whole),
    { kind: 'one-of', columns: ['type_2'], values: [null], match: 'any' },
    LIGHT,
  );
  const [, own] = option['series'] as Series[];
  expect(
    own?.data.map((item) =>
      item === null || typeof item === 'number' ? null : item.itemStyle.opacity,
    ),
  ).toEqual([0.25, 1]);
});

test('numbers told by colour are named by their bins, in order', () => {
  const { series } = seriesOf(
    { shape: 'line', x: 'attack', y: 'speed', color: 'hp', aggregate: 'mean' },
    [bin(0, 3, 100, 150), bin(0, 4, 50, 100)],
    [],
    [0, 10],
  );
  expect(series.map(({ name }) => name)).toEqual(['50 – 99', '100 – 149']);
});

test('a legend of numbers, or of yes and no, says of what', () => {
  const words = legendWords('weight_kg', ['0 to below 200', '200 to below 400']);
  expect(words('0 to below 200')).toBe('Weight (kg): 0 to below 200');
  expect(words('200 to below 400')).toBe('200 to below 400');
  expect(legendWords('is_default', ['yes'])('yes')).toBe('Default form: yes');
  expect(legendWords('type_1', ['Fire'])('Fire')).toBe('Fire');
});

test('a type keeps its colour, other kinds have each their own, what is rare or missing is grey', () => {
  expect(colorsOf('type_2', ['fire', null], LIGHT)).toEqual(['#ee8130', LIGHT.muted]);
  const kinds = colorsOf('abilities', ['blaze', 'torrent', '(other)'], LIGHT);
  expect(new Set(kinds).size).toBe(3);
  expect(kinds[2]).toBe(LIGHT.muted);
});

test('every bar of a few has its name under it; names of any length leave the bars their room', () => {
  const labels = (names: string[]) => {
    const rows = names.map((x) => ({ x, color: null, y: 1 }));
    const card = { shape: 'bar' as const, x: 'type_1', aggregate: 'count' };
    const axis = groupOption(card, answer(rows), answer(rows), null, LIGHT).option['xAxis'];
    return (axis as { axisLabel: Record<string, unknown> }).axisLabel;
  };
  const types = Array.from({ length: 18 }, (_, index) => `type ${index}`);
  expect(labels(types)).toMatchObject({ interval: 0, rotate: 60, hideOverlap: false });
  expect(labels(['yes', 'no'])).toMatchObject({ interval: 0, rotate: 0 });
  const addresses = Array.from({ length: 600 }, (_, index) => `https://pokeapi.co/${index}.png`);
  expect(labels(addresses)).toMatchObject({ overflow: 'truncate', hideOverlap: true });
});

test('a type’s name never runs out of its chart: it is shortened where it is too long', () => {
  const shortened = { axisLabel: { overflow: 'truncate', width: expect.any(Number) } };
  const box = spreadOption({ column: 'hp', by: TYPES }, [], [], LIGHT);
  const types = categoriesGhost(TYPES, [], () => [], LIGHT);
  const pairs = new PairsChart({ x: 'type_1', y: 'type_2' }, [], LIGHT).ghost(() => new Map());
  for (const axis of [box['yAxis'], types.yAxis, pairs.yAxis, pairs.xAxis]) {
    expect(axis).toMatchObject(shortened);
  }
});

test('a legend of long lists has room for more than one of them', () => {
  const games = Array.from({ length: 40 }, (_, index) => `game-${index}`);
  const whole = dots([games.join(', '), games.slice(1).join(', '), null]);
  const card = { x: 'hp', y: 'speed', color: 'games', log: false };
  const option = new DensityChart(card, whole, SCALE, LIGHT).withLegend(whole);
  const { data, formatter } = option['legend'] as {
    data: string[];
    formatter(name: string): string;
  };
  expect(data).toHaveLength(3);
  for (const name of data) expect(formatter(name).length).toBeLessThanOrEqual(28);
  expect(formatter('Fire')).toBe('Fire');
});

test('bars coloured by what they stand for are as wide as bars of one colour', () => {
  const rows = ['fire', 'water'].map((type) => ({ x: type, color: type, y: 1 }));
  const gaps = (color: string) => {
    const card = { shape: 'bar' as const, x: 'type_1', y: 'hp', color, aggregate: 'median' };
    const { option } = groupOption(card, answer(rows), answer(rows), null, LIGHT);
    return (option['series'] as { barGap?: string }[]).map(({ barGap }) => barGap);
  };
  expect(gaps('type_1')).toEqual(['-100%', '-100%']);
  expect(gaps('type_2')).toEqual(['10%', '10%']);
});

test('a logarithmic axis within one power of ten has round numbers to be read by', () => {
  expect(logTicks([0.085, 1180])).toBeNull();
  expect(logTicks([17, 71])).toEqual([20, 30, 40, 50, 70]);
  expect(logTicks([0.9, 59])).toBeNull();
  expect(logTicks([18, 590])).toEqual([20, 50, 100, 200, 500]);
});
