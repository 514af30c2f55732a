import { DuckDBInstance } from '@duckdb/node-api';
import { expect, onTestFinished, test } from 'vitest';
import { quotedText } from '../../src/main/base/duckdb';
import { StatementCache } from '../../src/main/engine/bound-statements';
import { planCharts } from '../../src/main/engine/chart-plan';
import {
  EXTENTS_STATEMENT,
  GAME_LISTS_STATEMENT,
  readExtents,
  readGameLists,
} from '../../src/main/engine/extents';
import { pokemonDataset } from '../../src/main/shaping/pokemon-dataset';
import { filterFrom1 } from '../../src/main/shaping/view-format-1';
import { type ChartQuery, chartQuerySchema } from '../../src/preload/contract/chart-query';
import type { Filter } from '../../src/main/shaping/format-1-filters';
import { temporaryFolder } from '../helpers/temporary-folder';
import { pokemonRow, type PokemonRow, writeDataset } from './pokemon-rows';

type Ask = (query: unknown, filters?: Filter[]) => Promise<Record<string, unknown>[]>;

async function asking(
  rows: readonly PokemonRow[],
  learnt: 'first extents' | 'all extents' = 'first extents',
): Promise<Ask> {
  const parquet = await writeDataset(await temporaryFolder(), rows);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`CREATE VIEW pokemon AS SELECT * FROM read_parquet(${quotedText(parquet)})`);
  const cache = new StatementCache(connection);
  onTestFinished(() => {
    cache.clear();
    connection.closeSync();
    instance.closeSync();
  });
  const first = readExtents(await cache.rows(EXTENTS_STATEMENT));
  const gameLists = readGameLists(await cache.rows(GAME_LISTS_STATEMENT));
  const extents = learnt === 'all extents' ? { ...first, gameLists } : first;
  return async (query, filters = []) => {
    const parsed: ChartQuery = chartQuerySchema.parse(query);
    const plan = planCharts(
      [{ query: parsed, filters: filters.map(filterFrom1) }],
      extents,
      pokemonDataset({ version: 1, rows: extents.rows }),
    );
    const rows = [];
    for (const statement of plan.statements) rows.push(await cache.rows(statement));
    return plan.read(rows)[0] ?? [];
  };
}

const NOBODY: Filter[] = [{ kind: 'types', values: ['no-such-type'], match: 'any' }];

test('a column without a value draws nothing, and says null, not 0 or NaN', async () => {
  const ask = await asking([
    pokemonRow({ id: 1, name: 'One', bmi: null, height_m: null, base_experience: null }),
    pokemonRow({ id: 2, name: 'Two', bmi: null, height_m: 2, base_experience: null }),
  ]);
  expect(await ask({ kind: 'histogram', column: 'bmi', bins: 10 })).toEqual([]);
  expect(await ask({ kind: 'box', column: 'bmi' })).toEqual([]);
  expect(await ask({ kind: 'points', x: 'height_m', y: 'bmi' })).toEqual([]);
  expect(await ask({ kind: 'group', x: 'bmi', aggregate: 'count' })).toEqual([]);
  expect(await ask({ kind: 'summary' })).toEqual([
    {
      n: 2,
      total: 2,
      height_m: 2,
      weight_kg: 6.9,
      bmi: null,
      base_experience: null,
      stat_total: 318,
    },
  ]);
});

test('a selection of nobody keeps the axes and counts nobody', async () => {
  const ask = await asking([
    pokemonRow({ id: 1, name: 'One', hp: 10 }),
    pokemonRow({ id: 2, name: 'Two', hp: 20 }),
  ]);
  expect(await ask({ kind: 'histogram', column: 'hp', bins: 2 }, NOBODY)).toEqual([
    { x0: 10, x1: 15, n: 0 },
    { x0: 15, x1: 20, n: 0 },
    { x0: 20, x1: 25, n: 0 },
  ]);
  expect(await ask({ kind: 'types' }, NOBODY)).toEqual([]);
  expect(await ask({ kind: 'games', games: ['red'] }, NOBODY)).toEqual([]);
  expect(await ask({ kind: 'rows', offset: 0, limit: 10 }, NOBODY)).toEqual([]);
  expect(await ask({ kind: 'summary' }, NOBODY)).toMatchObject([{ n: 0, total: 2, bmi: null }]);
  expect(await ask({ kind: 'stat-medians' }, NOBODY)).toMatchObject([{ hp: null, speed: null }]);
});

test('bins: edges are round, a value on one belongs to the right', async () => {
  const values = [0, 1, 4, 5, 9, 10];
  const ask = await asking(values.map((hp, id) => pokemonRow({ id: id + 1, name: `M${id}`, hp })));
  expect(await ask({ kind: 'histogram', column: 'hp', bins: 2 })).toEqual([
    { x0: 0, x1: 5, n: 3 },
    { x0: 5, x1: 10, n: 2 },
    { x0: 10, x1: 15, n: 1 },
  ]);
});

test('bins of decimals: what a double loses moves no value to another bin', async () => {
  const values = [0.1, 0.2, 0.3, 0.6, 0.7, 1.2];
  const ask = await asking(
    values.map((height_m, id) => pokemonRow({ id: id + 1, name: `M${id}`, height_m })),
  );
  const bins = await ask({ kind: 'histogram', column: 'height_m', bins: 11 });
  expect(bins.filter(({ n }) => n === 1).map(({ x0 }) => x0)).toEqual(values);
  expect(bins).toHaveLength(12);
});

test('one value for all is one full bin, not a division by nothing', async () => {
  const ask = await asking([1, 2, 3].map((id) => pokemonRow({ id, name: `M${id}`, hp: 7 })));
  const bins = await ask({ kind: 'histogram', column: 'hp', bins: 3 });
  expect(bins.map(({ n }) => n)).toEqual([3]);
  expect(await ask({ kind: 'group', x: 'hp', aggregate: 'count', bins: 3 })).toMatchObject([
    { y: 3 },
  ]);
});

test('a Pokémon counts in each of its types, once where both slots are the same question', async () => {
  const ask = await asking([
    pokemonRow({ id: 1, name: 'A', type_1: 'fire', type_2: 'water', attack: 10 }),
    pokemonRow({ id: 2, name: 'B', type_1: 'water', type_2: null, attack: 30 }),
  ]);
  expect(await ask({ kind: 'types' })).toEqual([
    { type: 'water', first: 1, second: 1 },
    { type: 'fire', first: 1, second: 0 },
  ]);
  expect(await ask({ kind: 'type-pairs' })).toEqual([
    { type_1: 'fire', type_2: 'water', n: 1 },
    { type_1: 'water', type_2: null, n: 1 },
  ]);
  expect(await ask({ kind: 'box', column: 'attack' })).toEqual([
    { type: 'water', n: 2, low: 10, q1: 15, median: 20, q3: 25, high: 30 },
    { type: 'fire', n: 1, low: 10, q1: 10, median: 10, q3: 10, high: 10 },
  ]);
});

test('two lists as groups make pairs, and whoever has an empty list is in no group', async () => {
  const ask = await asking([
    pokemonRow({ id: 1, name: 'A', games: ['red', 'blue'], abilities: ['x', 'y', 'z'] }),
    pokemonRow({ id: 2, name: 'B', games: ['red'], abilities: [] }),
  ]);
  const pairs = await ask({ kind: 'group', x: 'games', color: 'abilities', aggregate: 'count' });
  expect(pairs).toHaveLength(6);
  expect(pairs.every(({ y }) => y === 1)).toBe(true);
  expect(await ask({ kind: 'games', games: ['red', 'blue'] })).toEqual([
    { combination: ['red'], n: 1 },
    { combination: ['red', 'blue'], n: 1 },
  ]);
});

test('the named ones are there whatever is selected', async () => {
  const ask = await asking([1, 2, 3].map((id) => pokemonRow({ id, name: `M${id}` })));
  const named = await ask({ kind: 'by-id', ids: [3, 1, 9] }, NOBODY);
  expect(named.map(({ id }) => id)).toEqual([1, 3]);
});

test('quotes, markup and placeholders in values stay values', async () => {
  const evil = `'); DROP VIEW pokemon; -- $v1 "x" <b>`;
  const ask = await asking([pokemonRow({ id: 1, name: evil, type_1: evil, games: [evil] })]);
  const filters: Filter[] = [
    { kind: 'one-of', column: 'name', values: [evil] },
    { kind: 'types', values: [evil], match: 'all' },
    { kind: 'games', values: [evil], match: 'any' },
    { kind: 'search', text: 'DROP view' },
  ];
  expect(await ask({ kind: 'games', games: [evil] }, filters)).toEqual([
    { combination: [evil], n: 1 },
  ]);
  expect(await ask({ kind: 'summary' }, filters)).toMatchObject([{ n: 1 }]);
});

test('whole numbers given as values match a column of decimals, texts of numbers only those', async () => {
  const ask = await asking([
    pokemonRow({ id: 1, name: 'A', bmi: 36 }),
    pokemonRow({ id: 2, name: 'B', bmi: 24.374999999999996 }),
    pokemonRow({ id: 3, name: 'C', bmi: 0 }),
  ]);
  const of = async (values: (string | number | boolean | null)[]) =>
    (
      await ask({ kind: 'rows', offset: 0, limit: 9 }, [{ kind: 'one-of', column: 'bmi', values }])
    ).map(({ id }) => id);
  expect(await of([36, 24.374999999999996])).toEqual([1, 2]);
  expect(await of(['', 'x', false, true])).toEqual([]);
  expect(await of([0])).toEqual([3]);
});

test.each(['first extents', 'all extents'] as const)(
  'games are counted alike by lists and by keys of lists: %s',
  async (learnt) => {
    const games = [['red', 'blue'], ['blue', 'red'], [], null, ['red', 'red'], ['white'], ['blue']];
    const rows = games.map((games, index) => pokemonRow({ id: index + 1, name: 'x', games }));
    const ask = await asking(rows, learnt);
    expect(await ask({ kind: 'values', column: 'games' })).toEqual([
      { value: 'red', n: 4 },
      { value: 'blue', n: 3 },
      { value: 'white', n: 1 },
    ]);
    expect(await ask({ kind: 'games', games: ['red', 'blue'] })).toEqual([
      { combination: [], n: 3 },
      { combination: ['red', 'blue'], n: 2 },
      { combination: ['blue'], n: 1 },
      { combination: ['red'], n: 1 },
    ]);
    expect(await ask({ kind: 'values', column: 'games' }, NOBODY)).toEqual([]);
    expect(await ask({ kind: 'games', games: ['red'] }, NOBODY)).toEqual([]);
  },
);

test('too many lists of games, or two under one key, are counted as lists', () => {
  const rows = Array.from({ length: 1001 }, (_, key) => ({ key, games: [`game ${key}`] }));
  expect(readGameLists(rows.slice(1))?.size).toBe(1000);
  expect(readGameLists(rows)).toBeNull();
  expect(readGameLists([...rows.slice(990), { key: 1000, games: ['other'] }])).toBeNull();
});

test('a page of ids alone is the page that whole rows make', async () => {
  const ids = [5, 3, 9, 1, 7];
  const ask = await asking(ids.map((id) => pokemonRow({ id, name: `Mon ${10 - id}` })));
  const page = { kind: 'rows', columns: ['id'], limit: 2 };
  expect(await ask({ ...page, offset: 1 })).toEqual([{ id: 3 }, { id: 5 }]);
  expect(await ask({ ...page, offset: 4 })).toEqual([{ id: 9 }]);
  expect(await ask({ ...page, offset: 5 })).toEqual([]);
  const byName = { ...page, sort: [{ column: 'name', direction: 'asc' }] };
  expect(await ask({ ...byName, offset: 0 })).toEqual([{ id: 9 }, { id: 7 }]);
  expect(await ask({ ...page, columns: ['id', 'name'], offset: 0 })).toEqual([
    { id: 1, name: 'Mon 9' },
    { id: 3, name: 'Mon 7' },
  ]);
  expect(await ask({ ...page, offset: 0 }, NOBODY)).toEqual([]);
});
