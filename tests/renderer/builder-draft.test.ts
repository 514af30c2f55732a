import { describe, expect, test } from 'vitest';
import type { ChartDraft } from '../../src/renderer/cards/card-kind';
import {
  builtOver,
  cardOf as builtCard,
  draftOf as draftOver,
  newDraft,
  chartsToChoose,
  withChart as withChartOver,
  xColumns as xColumnsOver,
} from '../../src/renderer/components/builder/chart-draft';
import { freshId } from '../../src/renderer/cards/fresh-id';
import { firstCards } from '../../src/renderer/state/first-view';
import { type Card, cardSchema } from '../../src/preload/contract/cards';
import { showPokemon } from '../helpers/described-pokemon';

showPokemon();

const OVER = builtOver();
if (OVER === null) throw new Error('nothing is described');
const over = OVER;
const CHARTS = chartsToChoose(newDraft(over), over).map(({ id }) => id);
const NEW_DRAFT: ChartDraft = { ...newDraft(over), x: 'attack', y: 'defense' };
const withKind = (draft: ChartDraft, chart: string) => withChartOver(draft, chart, over);
const xColumns = (chart: string) => xColumnsOver(chart, over);
const draftOf = (card: Card) => draftOver(card, over);
const cardOf = (draft: ChartDraft, id: string): Card => {
  const card = builtCard(draft, id, over);
  if (card === null) throw new Error(`no card of ${JSON.stringify(draft)}`);
  return card;
};

describe('every kind of chart', () => {
  test.each(CHARTS)('%s can be built over every column it offers', (kind) => {
    const draft = withKind(NEW_DRAFT, kind);
    for (const x of xColumns(kind)) {
      const card = cardOf({ ...draft, x }, 'chart-1');
      expect(cardSchema.parse(card)).toEqual(card);
    }
  });

  test.each(CHARTS)('%s that is edited and saved unchanged stays the same card', (kind) => {
    const card = cardOf({ ...withKind(NEW_DRAFT, kind), title: 'Mine', width: 6 }, 'chart-7');
    expect(cardOf(draftOf(card), 'chart-7')).toEqual(card);
  });
});

test('a text column on x does not survive a change to a kind that measures along x', () => {
  const bars = { ...withKind(NEW_DRAFT, 'bar'), x: 'games' };
  expect(withKind(bars, 'line').x).toBe('games');
  expect(withKind(bars, 'histogram').x).toBe('hp');
});

test('what does not fit says why: columns that are chosen, or data that have none', () => {
  const bars = { ...withKind(NEW_DRAFT, 'bar'), x: 'name' };
  const unfit = (draft: ChartDraft, data = over) =>
    chartsToChoose(draft, data)
      .filter(({ reason }) => reason !== null)
      .map(({ id, isPossible }) => `${id}${isPossible ? '' : ' never'}`);
  expect(unfit(NEW_DRAFT)).toEqual([]);
  expect(unfit(bars)).toEqual(['scatter', 'histogram', 'box']);
  const columns = over.dataset.columns.filter(({ type }) => type === 'text');
  const words = { dataset: { ...over.dataset, columns, groups: [] }, firstView: null };
  const draft = newDraft(words);
  expect(draft.chart).toBe('bar');
  expect(unfit(draft, words)).toEqual([
    'scatter never',
    'histogram never',
    'box never',
    'sets never',
  ]);
});

test('a chart is named after what it shows, unless it is given a name', () => {
  const name = (parts: Partial<typeof NEW_DRAFT>) => cardOf({ ...NEW_DRAFT, ...parts }, 'c').title;
  expect(name({})).toBe('Defense against attack');
  expect(name({ chart: 'bar', x: 'games', aggregate: 'count' })).toBe('Pokémon by games');
  expect(name({ chart: 'line', x: 'games', y: 'speed', aggregate: 'mean' })).toBe(
    'Mean speed by games',
  );
  expect(name({ chart: 'box', x: 'hp' })).toBe('HP by type');
  expect(name({ x: 'hp', y: 'bmi' })).toBe('BMI against HP');
  expect(name({ chart: 'bar', x: 'bmi', y: 'hp' })).toBe('Median HP by BMI');
  expect(name({ title: '  Mine ' })).toBe('Mine');
});

test('an edited chart is named after what it shows now, unless it was given a name', () => {
  const counts = { ...NEW_DRAFT, chart: 'bar', x: 'type_1' };
  const edited = (title: string) =>
    cardOf({ ...draftOf(cardOf({ ...counts, title }, 'c')), x: 'games' }, 'c').title;
  expect(edited('')).toBe('Median defense by games');
  expect(edited('Mine')).toBe('Mine');
});

test('an aggregate asks for its column, a count for none', () => {
  const mean = cardOf({ ...NEW_DRAFT, chart: 'bar', aggregate: 'mean', y: 'speed' }, 'c');
  const count = cardOf({ ...NEW_DRAFT, chart: 'bar', aggregate: 'count', y: 'speed' }, 'c');
  expect(mean).toMatchObject({ kind: 'group', y: 'speed' });
  expect(count).not.toHaveProperty('y');
});

test('every default chart can be taken up again, and built again once it was removed', () => {
  for (const card of firstCards()) expect(cardOf(draftOf(card), card.id)).toEqual(card);
});

test('a new chart takes no other chart’s id, also not of one that another window adds', () => {
  const ids = Array.from({ length: 1000 }, freshId);
  expect(new Set(ids).size).toBe(1000);
  expect(cardSchema.safeParse(cardOf(NEW_DRAFT, freshId())).success).toBe(true);
});
