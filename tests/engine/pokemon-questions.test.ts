import { expect, onTestFinished, test } from 'vitest';
import { AskedTable } from '../../src/main/engine/ask-table';
import { Workbench } from '../../src/main/engine/workbench';
import { pokemonDataset } from '../../src/main/shaping/pokemon-dataset';
import { type Answers, askedSchema, type QuestionKind } from '../../src/preload/contract/questions';
import { temporaryFolder } from '../helpers/temporary-folder';
import { pokemonRow, type PokemonRow, scanAs, writeDataset } from './pokemon-rows';

const NOBODY = { kind: 'one-of', columns: ['name'], values: ['nobody'], match: 'any' };

/** The Pokémon as the app describes them, in an engine as the app starts one. */
async function asking(rows: readonly PokemonRow[]) {
  const parquet = await writeDataset(await temporaryFolder(), rows);
  const workbench = await Workbench.open(scanAs('pokemon', parquet), null, '512MB', 2);
  onTestFinished(() => workbench.close());
  const dataset = pokemonDataset({ version: 1, rows: rows.length });
  const table = new AskedTable(dataset, (statements) => workbench.batch(statements, 20_000));
  return async <K extends QuestionKind>(
    question: { kind: K } & Record<string, unknown>,
    ...filters: unknown[]
  ): Promise<Answers[K]> => {
    const [answer] = await table.ask([askedSchema.parse({ question, filters })]);
    return answer as Answers[K];
  };
}

test('a column without a value draws nothing, and says null, not 0 or NaN', async () => {
  const ask = await asking([
    pokemonRow({ id: 1, name: 'One', bmi: null, height_m: null, base_experience: null }),
    pokemonRow({ id: 2, name: 'Two', bmi: null, height_m: 2, base_experience: null }),
  ]);
  expect(await ask({ kind: 'histogram', column: 'bmi', bins: 10 })).toEqual({
    edges: [],
    counts: [],
    leftOut: 2,
  });
  expect((await ask({ kind: 'spread', column: 'bmi', by: ['type_1'] })).groups).toEqual([]);
  const size = { kind: 'density' as const, log: false, across: 8, up: 8 };
  expect(await ask({ ...size, x: 'height_m', y: 'bmi' })).toMatchObject({ points: [], leftOut: 2 });
  const of = ['height_m', 'weight_kg', 'bmi', 'base_experience', 'stat_total'];
  const median = of.map((column) => ({ column, as: 'median' }));
  expect(await ask({ kind: 'summary', of: median })).toEqual({
    n: 2,
    total: 2,
    values: [2, 6.9, null, null, 318].map((value) =>
      value === null ? null : { value, exact: true },
    ),
  });
});

test('a selection of nobody keeps the axes and counts nobody', async () => {
  const ask = await asking([
    pokemonRow({ id: 1, name: 'One', hp: 10 }),
    pokemonRow({ id: 2, name: 'Two', hp: 20 }),
  ]);
  expect(await ask({ kind: 'histogram', column: 'hp', bins: 2 }, NOBODY)).toEqual({
    edges: [10, 15, 20, 25],
    counts: [0, 0, 0],
    leftOut: 0,
  });
  const types = { kind: 'counts' as const, columns: ['type_1', 'type_2'], most: 20 };
  expect((await ask(types, NOBODY)).values).toEqual([]);
  expect(await ask({ kind: 'sets', column: 'games', members: ['red'] }, NOBODY)).toEqual({
    sets: [],
  });
  const rows = { kind: 'rows' as const, columns: ['id'], from: 0, count: 10 };
  expect((await ask(rows, NOBODY)).rows).toEqual([]);
  const summary = { kind: 'summary' as const, of: [{ column: 'bmi', as: 'median' }] };
  expect(await ask(summary, NOBODY)).toEqual({ n: 0, total: 2, values: [null] });
});

test('one value for all is one full bin, not a division by nothing', async () => {
  const ask = await asking([1, 2, 3].map((id) => pokemonRow({ id, name: `M${id}`, hp: 7 })));
  expect(await ask({ kind: 'histogram', column: 'hp', bins: 3 })).toMatchObject({ counts: [3] });
  const group = await ask({ kind: 'group', x: 'hp', aggregate: 'count', bins: 3 });
  expect(group.groups.map(({ y }) => y)).toEqual([3]);
});

test('a Pokémon counts in each of its types, once where both slots are the same question', async () => {
  const ask = await asking([
    pokemonRow({ id: 1, name: 'A', type_1: 'fire', type_2: 'water', attack: 10 }),
    pokemonRow({ id: 2, name: 'B', type_1: 'water', type_2: null, attack: 30 }),
  ]);
  const columns = ['type_1', 'type_2'];
  expect((await ask({ kind: 'counts', columns, most: 20 })).values).toEqual([
    { value: 'water', n: [1, 1], rows: 2 },
    { value: 'fire', n: [1, 0], rows: 1 },
  ]);
  expect((await ask({ kind: 'pairs', x: 'type_1', y: 'type_2' })).pairs).toEqual([
    { x: 'fire', y: 'water', n: 1 },
    { x: 'water', y: null, n: 1 },
  ]);
  expect((await ask({ kind: 'spread', column: 'attack', by: columns })).groups).toMatchObject([
    { value: 'water', n: 2, low: 10, q1: 15, median: 20, q3: 25, high: 30 },
    { value: 'fire', n: 1, low: 10, q1: 10, median: 10, q3: 10, high: 10 },
  ]);
});

test('the named ones are there whatever is selected', async () => {
  const ask = await asking([1, 2, 3].map((id) => pokemonRow({ id, name: `M${id}` })));
  const named = await ask({ kind: 'byId', ids: ['3', '1', '9'] }, NOBODY);
  expect(named.rows.map(({ id }) => id)).toEqual(['1', '3']);
});

test('quotes, markup and placeholders in values stay values', async () => {
  const evil = `'); DROP VIEW pokemon; -- $v1 "x" <b>`;
  const ask = await asking([pokemonRow({ id: 1, name: evil, type_1: evil, games: [evil] })]);
  const oneOf = (columns: string[], match: string) => ({
    kind: 'one-of',
    columns,
    values: [evil],
    match,
  });
  const filters = [
    oneOf(['name'], 'any'),
    oneOf(['type_1', 'type_2'], 'all'),
    oneOf(['games'], 'any'),
    { kind: 'search', columns: ['name'], text: 'DROP view' },
  ];
  expect(await ask({ kind: 'sets', column: 'games', members: [evil] }, ...filters)).toEqual({
    sets: [{ set: [evil], n: 1 }],
  });
  expect(await ask({ kind: 'summary' }, ...filters)).toMatchObject({ n: 1 });
});

test('whole numbers given as values match a column of decimals, texts of numbers only those', async () => {
  const ask = await asking([
    pokemonRow({ id: 1, name: 'A', bmi: 36 }),
    pokemonRow({ id: 2, name: 'B', bmi: 24.374999999999996 }),
    pokemonRow({ id: 3, name: 'C', bmi: 0 }),
  ]);
  const of = async (values: (string | number | boolean | null)[]) => {
    const filter = { kind: 'one-of', columns: ['bmi'], values, match: 'any' };
    const { rows } = await ask({ kind: 'rows', columns: ['id'], from: 0, count: 9 }, filter);
    return rows.map(({ id }) => id);
  };
  expect(await of([36, 24.374999999999996])).toEqual(['1', '2']);
  expect(await of(['', 'x', false, true])).toEqual([]);
  expect(await of([0])).toEqual(['3']);
});

test('lists are counted by their members, an empty one like none', async () => {
  const games = [['red', 'blue'], ['blue', 'red'], [], null, ['red', 'red'], ['white'], ['blue']];
  const ask = await asking(
    games.map((each, index) => pokemonRow({ id: index + 1, name: 'x', games: each })),
  );
  const counts = { kind: 'counts' as const, columns: ['games'], most: 9 };
  expect((await ask(counts)).values.map(({ value, rows }) => [value, rows])).toEqual([
    ['blue', 3],
    ['red', 3],
    [null, 2],
    ['white', 1],
  ]);
  expect((await ask({ kind: 'sets', column: 'games', members: ['red', 'blue'] })).sets).toEqual([
    { set: [], n: 3 },
    { set: ['red', 'blue'], n: 2 },
    { set: ['blue'], n: 1 },
    { set: ['red'], n: 1 },
  ]);
  expect((await ask(counts, NOBODY)).values).toEqual([]);
});

test('a page of the table goes on where the one before ended, in any order', async () => {
  const ids = [5, 3, 9, 1, 7];
  const ask = await asking(ids.map((id) => pokemonRow({ id, name: `Mon ${10 - id}` })));
  const page = async (from: number, sort: unknown[] = [], ...filters: unknown[]) => {
    const rows = { kind: 'rows' as const, columns: ['id', 'name'], from, count: 2, sort };
    return (await ask(rows, ...filters)).rows.map(({ cells }) => cells);
  };
  const first = await page(0);
  expect([...first, ...(await page(2)), ...(await page(4))].map(([id]) => id)).toEqual(ids);
  expect(await page(5)).toEqual([]);
  const byName = [{ column: 'name', direction: 'asc' }];
  expect(await page(0, byName)).toEqual([
    [9, 'Mon 1'],
    [7, 'Mon 3'],
  ]);
  expect(await page(0, [], NOBODY)).toEqual([]);
});
