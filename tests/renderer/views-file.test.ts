import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/preload/contract/errors';
import { parseView } from '../../src/preload/contract/view';
import {
  type Dashboard,
  dashboardOf,
  dataViewOf,
  viewOf,
  viewText,
} from '../../src/renderer/components/views/view-file';
import { DEFAULT_CARDS } from '../../src/renderer/state/default-cards';

const DASHBOARD: Dashboard = {
  selections: [
    { source: 'size', filter: lasso() },
    { source: 'search', filter: { kind: 'search', text: 'saur' } },
    {
      source: 'panel:bmi',
      filter: { kind: 'range', column: 'bmi', min: 30, max: 40, below: true },
    },
    { source: 'games', filter: { kind: 'games', values: ['red', 'white'], match: 'all' } },
    {
      source: 'pairs',
      filter: { kind: 'type-pairs', pairs: [{ type_1: 'grass', type_2: null }] },
    },
  ],
  columns: ['name', 'bmi', 'id'],
  sort: [
    { column: 'type_1', direction: 'desc' },
    { column: 'id', direction: 'asc' },
  ],
  cards: [
    ...DEFAULT_CARDS.slice(0, 2),
    {
      id: 'chart-1',
      kind: 'group',
      title: 'Mean speed by game',
      shape: 'line',
      x: 'games',
      y: 'speed',
      color: 'type_1',
      aggregate: 'mean',
      width: 12,
    },
  ],
};

function lasso() {
  const points: [number, number][] = [
    [0.1, 0.25],
    [2, 3],
    [0.5, 900.125],
  ];
  return {
    kind: 'lasso' as const,
    x: 'height_m' as const,
    y: 'weight_kg' as const,
    log: true,
    points,
  };
}

function refusal(text: string): AppError {
  try {
    dashboardOf(parseView(text));
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the view was taken');
}

const view = (parts: Record<string, unknown>) => JSON.stringify({ pokeview: 1, ...parts });

describe('a saved dashboard', () => {
  test('comes back exactly: selections with their places, columns, sort, charts', () => {
    expect(dashboardOf(parseView(viewText(viewOf(DASHBOARD))))).toEqual(DASHBOARD);
  });

  test('with nothing selected and no chart left comes back as that, not as the default one', () => {
    const bare: Dashboard = { selections: [], columns: ['id'], sort: [], cards: [] };
    expect(dashboardOf(parseView(viewText(viewOf(bare))))).toEqual(bare);
  });

  test('is text a person can read and a diff can show', () => {
    const text = viewText(viewOf(DASHBOARD));
    expect(text.split('\n').length).toBeGreaterThan(50);
    expect(text.endsWith('}\n')).toBe(true);
  });

  test('an export of what is seen says the filters, columns and sort, and nothing of the screen', () => {
    expect(dataViewOf(DASHBOARD)).toEqual({
      pokeview: 1,
      filters: DASHBOARD.selections.map(({ filter }) => filter),
      columns: ['name', 'bmi', 'id'],
      sort: DASHBOARD.sort,
    });
  });
});

describe('a view written by hand', () => {
  test('without sources keeps every filter, each removable on its own', () => {
    const { selections } = dashboardOf(
      parseView(
        view({
          filters: [
            { kind: 'types', values: ['fire'] },
            { kind: 'types', values: ['flying'] },
          ],
        }),
      ),
    );
    expect(selections.map(({ filter }) => filter)).toEqual([
      { kind: 'types', values: ['fire'], match: 'any' },
      { kind: 'types', values: ['flying'], match: 'any' },
    ]);
    expect(new Set(selections.map(({ source }) => source)).size).toBe(2);
  });

  test('without cards has the default charts', () => {
    expect(dashboardOf(parseView(view({}))).cards).toEqual(DEFAULT_CARDS);
  });
});

describe('a broken view is refused with the place that is wrong', () => {
  const card = { id: 'a', kind: 'types', title: 'Types', width: 4 };
  test.each([
    ['no JSON', '{', /not JSON/],
    ['a newer format', JSON.stringify({ pokeview: 2 }), /format 2/],
    ['a filter of no known kind', view({ filters: [{ kind: 'near' }] }), /filters\.0/],
    [
      'a chart of a newer kind',
      view({ cards: [card, { ...card, id: 'b', kind: 'sankey' }] }),
      /Card 2 .* kind/,
    ],
    [
      'a chart over no such column',
      view({ cards: [{ ...card, kind: 'box', column: 'mood' }] }),
      /Card 1 .* column/,
    ],
    [
      'a chart with a field nobody knows',
      view({ cards: [{ ...card, script: 'x' }] }),
      /Card 1 .* wrong: “script” has no meaning there\./,
    ],
    [
      'a card that is no object',
      view({ cards: ['types'] }),
      /Card 1 .* wrong: it should be an object, not a text\./,
    ],
    [
      'a card too narrow',
      view({ cards: [{ ...card, width: 2 }] }),
      /Card 1 .* at width: it should be at least 3\./,
    ],
    ['two charts of one name', view({ cards: [card, card] }), /two cards named “a”/],
    [
      'fewer sources than filters',
      view({ filters: [{ kind: 'search', text: 'a' }], sources: [] }),
      /1 filter but 0 sources/,
    ],
    [
      'two filters of one source',
      view({
        filters: [
          { kind: 'search', text: 'a' },
          { kind: 'search', text: 'b' },
        ],
        sources: ['s', 's'],
      }),
      /two filters from “s”/,
    ],
  ])('%s', (_name, text, message) => {
    const error = refusal(text);
    expect(error.code).toBe('bad-view');
    expect(error.message).toMatch(message);
    expect(error.hint).toBeTruthy();
  });
});
