import { beforeAll, describe, expect, test } from 'vitest';
import { fromFormat1 } from '../../src/main/shaping/view-format-1';
import { DEFAULT_GAMES } from '../../src/preload/contract/dataset';
import { AppError } from '../../src/preload/contract/errors';
import { checkView, type NewView, readView } from '../../src/preload/contract/view-format';
import { NOTHING_CORRECTED } from '../../src/preload/contract/column-corrections';
import type { OpenedDataset } from '../../src/preload/contract/opened';
import { useDescribed } from '../../src/renderer/state/described';
import {
  type Dashboard,
  dashboardOf,
  dataViewOf,
  viewOf,
  viewText,
} from '../../src/renderer/components/views/view-file';
import { POKEMON, POKEMON_VIEW, showPokemon } from '../helpers/described-pokemon';

beforeAll(showPokemon);

const OPENED: Omit<OpenedDataset, 'described'> = {
  firstView: POKEMON_VIEW,
  notes: [],
  csv: null,
  corrected: {},
  columns: NOTHING_CORRECTED,
};

/** As main reads a view file. */
function parseView(text: string): NewView {
  const view = readView(text, (json) => fromFormat1(json, DEFAULT_GAMES));
  checkView(view, POKEMON);
  return view;
}

const FIRST_CARDS = POKEMON_VIEW.cards ?? [];

const DASHBOARD: Dashboard = {
  selections: [
    { source: 'size', filter: lasso() },
    { source: 'search', filter: { kind: 'search', columns: ['name', 'id'], text: 'saur' } },
    {
      source: 'panel:bmi',
      filter: { kind: 'range', column: 'bmi', min: 30, max: 40, below: true },
    },
    {
      source: 'games',
      filter: { kind: 'one-of', columns: ['games'], values: ['red', 'white'], match: 'all' },
    },
    {
      source: 'pairs',
      filter: { kind: 'tuples', columns: ['type_1', 'type_2'], tuples: [['grass', null]] },
    },
  ],
  columns: ['name', 'bmi', 'id'],
  sort: [
    { column: 'type_1', direction: 'desc' },
    { column: 'id', direction: 'asc' },
  ],
  cards: [
    ...FIRST_CARDS.slice(0, 2),
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
  const outline: [number, number][] = [
    [0.1, 0.25],
    [2, 3],
    [0.5, 900.125],
  ];
  return {
    kind: 'area' as const,
    x: 'height_m' as const,
    y: 'weight_kg' as const,
    log: true,
    outlines: [outline],
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
      pokeview: 2,
      dataset: { kind: 'published' },
      selections: DASHBOARD.selections,
      columns: ['name', 'bmi', 'id'],
      sort: DASHBOARD.sort,
    });
  });
});

test('a view of an opened table says which, not that it is of the Pokémon', () => {
  const described = {
    ...POKEMON,
    kind: 'file' as const,
    title: 'sales.csv',
    columns: POKEMON.columns.slice(0, 2),
  };
  const names = described.columns.map(({ name }) => name);
  useDescribed.setState({ opened: { ...OPENED, described } });
  try {
    const dataset = { kind: 'file', name: 'sales.csv', columns: names };
    expect(parseView(viewText(viewOf(DASHBOARD))).dataset).toEqual(dataset);
    expect(dataViewOf(DASHBOARD).dataset).toEqual(dataset);
  } finally {
    useDescribed.setState({ opened: null });
  }
});

describe('a view written by hand', () => {
  test('without sources names one for each filter', () => {
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
      { kind: 'one-of', columns: ['type_1', 'type_2'], values: ['fire'], match: 'any' },
      { kind: 'one-of', columns: ['type_1', 'type_2'], values: ['flying'], match: 'any' },
    ]);
    expect(new Set(selections.map(({ source }) => source)).size).toBe(2);
  });

  test('without cards has the default charts', () => {
    expect(dashboardOf(parseView(view({}))).cards).toEqual(FIRST_CARDS);
  });
});

describe('a broken view is refused with the place that is wrong', () => {
  const card = { id: 'a', kind: 'types', title: 'Types', width: 4 };
  test.each([
    ['no JSON', '{', /not JSON/],
    ['a newer format', JSON.stringify({ pokeview: 3 }), /format 3/],
    ['a filter of no known kind', view({ filters: [{ kind: 'near' }] }), /filters\.0/],
    [
      'a chart of a newer kind',
      view({ cards: [card, { ...card, id: 'b', kind: 'sankey' }] }),
      /cards\.1\.kind: it should be scatter, histogram/,
    ],
    [
      'a chart over no such column',
      view({ cards: [{ ...card, kind: 'box', column: 'mood' }] }),
      /cards\.0: no column is named “mood”/,
    ],
    [
      'a chart with a field nobody knows',
      view({ cards: [{ ...card, script: 'x' }] }),
      /cards\.0: “script” has no meaning there\./,
    ],
    [
      'a card that is not an object',
      view({ cards: ['types'] }),
      /cards\.0: it should be an object, not a text\./,
    ],
    [
      'a card too narrow',
      view({ cards: [{ ...card, width: 2 }] }),
      /cards\.0\.width: it should be at least 3\./,
    ],
    ['two charts of one name', view({ cards: [card, card] }), /cards: two cards have one id\./],
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
