import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database, quotedText, TextList } from '../../src/main/base/duckdb';
import { orderSql, whereSql } from '../../src/main/engine/where-sql';
import { pokemonDataset } from '../../src/main/shaping/pokemon-dataset';
import { filterFrom1 } from '../../src/main/shaping/view-format-1';
import {
  type Filter as OldFilter,
  filterSchema as oldSchema,
} from '../../src/main/shaping/format-1-filters';
import { DATASET_COLUMNS } from '../../src/preload/contract/dataset';
import { filterColumns, filterSchema } from '../../src/preload/contract/filters';
import { independentSql } from '../app/independent-sql';
import { randomFilters } from '../app/random-selections';
import type { DataRow } from '../app/chart-oracle';
import { rounds, seedOf } from '../helpers/rounds';
import { pick, seededRandom } from '../helpers/seeded-random';
import { temporaryFolder } from '../helpers/temporary-folder';
import { CASES, lasso, randomFilter, ROWS, SORTS, TYPES, WITH_TEXT } from './filter-cases';
import { matches, sorted } from './filter-oracle';
import { writeDataset } from './pokemon-rows';

/** The filters of any table, held against the same expectations as those that knew Pokémon alone. */
const DATASET = pokemonDataset({ version: 1, rows: ROWS.length });
const ROUNDS = rounds(100, 1000);
const SEED = seedOf(20260808);
const SELECTIONS = rounds(60, 500);
const SELECTION_SEED = seedOf(649);
const atEnd: (() => Promise<void>)[] = [];
let database: Database;

beforeAll(async () => {
  const parquet = await writeDataset(await temporaryFolder((work) => void atEnd.push(work)), ROWS);
  database = await Database.open();
  await database.run(`CREATE TABLE raw AS FROM read_parquet(${quotedText(parquet)})`);
});

afterAll(async () => {
  database.close();
  for (const work of atEnd) await work();
});

function compiled(filters: readonly OldFilter[]) {
  // Through the schema, as a question reaches the engine.
  const asked = filters.map((filter) => filterSchema.parse(filterFrom1(filter)));
  return whereSql(asked, DATASET, 'raw');
}

async function idsOf(sql: string, values?: Parameters<Database['rows']>[1]): Promise<unknown[]> {
  return (await database.rows(sql, values)).map(({ id }) => id);
}

async function expectSame(filters: readonly unknown[]): Promise<number> {
  const old = filters.map((filter) => oldSchema.parse(filter));
  const { sql, values } = compiled(old);
  const ids = await idsOf(`SELECT id FROM raw WHERE ${sql} ORDER BY id`, values);
  const expected = ROWS.filter((row) => old.every((filter) => matches(row, filter, ROWS)));
  expect(ids, JSON.stringify(old)).toEqual(expected.map(({ id }) => id));
  return ids.length;
}

// Here the two formats differ, and the newer one says so: an empty list is nothing.
const NULL_IN_LISTS = 'null in an empty list';

test('null among the values finds rows whose list is empty', async () => {
  const { sql, values } = compiled([{ kind: 'one-of', column: 'games', values: [null] }]);
  const empty = ROWS.filter(({ games }) => Array.isArray(games) && games.length === 0);
  expect(empty.length).toBeGreaterThan(10);
  const ids = await idsOf(`SELECT id FROM raw WHERE ${sql} ORDER BY id`, values);
  expect(ids).toEqual(empty.map(({ id }) => id));
});

describe('a filter finds the rows its words promise', () => {
  test.each(Object.entries(CASES).filter(([name]) => name !== NULL_IN_LISTS))(
    '%s',
    async (_, filters) => {
      await expectSame(filters);
    },
  );
});

test(`${ROUNDS} random combinations of filters find what a plain reading of them finds (seed ${SEED})`, async () => {
  const random = seededRandom(SEED);
  let telling = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const filters = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
      randomFilter(random),
    );
    const found = await expectSame(filters);
    if (found > 0 && found < ROWS.length) telling += 1;
  }
  // Otherwise the filters were all too wide or too narrow to tell right from wrong.
  expect(telling).toBeGreaterThan(ROUNDS / 2);
}, 600_000);

test(`${SELECTIONS} random selections of the data’s own values find what independent SQL finds (seed ${SELECTION_SEED})`, async () => {
  const random = seededRandom(SELECTION_SEED);
  let telling = 0;
  for (let round = 0; round < SELECTIONS; round += 1) {
    const filters = randomFilters(random, ROWS as DataRow[]);
    const { sql, values } = compiled(filters);
    const ids = await idsOf(`SELECT id FROM raw WHERE ${sql} ORDER BY id`, values);
    expect(ids, JSON.stringify(filters)).toEqual(await idsOf(independentSql(filters)));
    if (ids.length > 0 && ids.length < ROWS.length) telling += 1;
  }
  expect(telling).toBeGreaterThan(SELECTIONS * 0.4);
}, 600_000);

describe('no value is ever part of the SQL', () => {
  test.each(Object.entries(WITH_TEXT))('%s', async (_, filter) => {
    const { sql, values } = compiled([oldSchema.parse(filter)]);
    expect(sql).not.toMatch(/DROP|1=1|12345|87654|--|;/);
    const bound = Object.values(values).flatMap((value) =>
      value instanceof TextList ? [...value.values] : [String(value)],
    );
    expect(bound.join(' ')).toMatch(/drop|12345/i);
    // Every value bound is used, every place has its value.
    const used = new Set([...sql.matchAll(/\$(\w+)/g)].map((match) => match[1]));
    expect([...used].sort()).toEqual(Object.keys(values).sort());
    await expectSame([filter]);
  });
});

describe('a sort puts rows in one order only', () => {
  test.each(Object.entries(SORTS))('%s', async (_, sort) => {
    const ids = await idsOf(`SELECT id FROM raw ORDER BY ${orderSql(sort, DATASET, 'id')}`);
    expect(ids).toEqual(sorted(ROWS, sort).map(({ id }) => id));
  });
});

test('filters at the contract’s own limits still run', async () => {
  const circle = Array.from({ length: 1000 }, (_, index) => {
    const angle = (index / 1000) * 2 * Math.PI;
    return [100 + 80 * Math.cos(angle), 100 + 80 * Math.sin(angle)];
  });
  expect(await expectSame([lasso(circle)])).toBeGreaterThan(20);
  expect(await expectSame([{ ...lasso(circle), log: true }])).toBeGreaterThan(20);
  const many = Array.from({ length: 9_999 }, (_, index) => index + 100);
  await expectSame([{ kind: 'one-of', column: 'attack', values: [...many, 3] }]);
  await expectSame([{ kind: 'one-of', column: 'name', values: [...many.map(String), '100%'] }]);
  const pairs = Array.from({ length: 400 }, (_, index) => ({
    type_1: pick(() => (index % 5) / 5, TYPES),
    type_2: index % 2 === 0 ? null : `type ${index}`,
  }));
  await expectSame([{ kind: 'type-pairs', pairs }]);
  await expectSame([{ kind: 'search', text: 'a '.repeat(100).trim() }]);
  await expectSame(
    Array.from({ length: 100 }, (_, index) => ({ kind: 'range', column: 'attack', min: index })),
  );
});

test('what is not a number column is not taken for one', () => {
  for (const column of DATASET_COLUMNS.filter(({ type }) => !/INTEGER|DOUBLE/.test(type))) {
    const range: OldFilter = { kind: 'range', column: column.name, min: 1 };
    expect(() => oldSchema.parse(range), column.name).toThrow(/no numbers/);
    expect(() => compiled([range]), column.name).toThrow(/no numbers/);
  }
});

test('a lasso on logarithmic axes with a corner at zero is refused in words', () => {
  const filter: OldFilter = {
    kind: 'lasso',
    x: 'hp',
    y: 'attack',
    log: true,
    points: [
      [0, 1],
      [2, 3],
      [4, 5],
    ],
  };
  expect(() => oldSchema.parse(filter)).toThrow(/at or below 0/);
  expect(() => compiled([filter])).toThrow(/at or below 0/);
});

test('every column can be filtered, also the one named like an SQL word', async () => {
  // For lists null means none in it: see above.
  const others = DATASET_COLUMNS.filter(({ type }) => type !== 'VARCHAR[]');
  for (const { name: column } of others) {
    await expectSame([{ kind: 'one-of', column, values: [null] }]);
  }
});

test('a filter tells all columns it looks at, or identities would slip into a shared file', () => {
  const columns = (filter: unknown) => filterColumns(filterFrom1(oldSchema.parse(filter)));
  expect(columns(WITH_TEXT.range)).toEqual(['hp']);
  expect(columns(WITH_TEXT['one-of'])).toEqual(['name']);
  expect(columns(WITH_TEXT.types)).toEqual(['type_1', 'type_2']);
  expect(columns(WITH_TEXT['type-pairs'])).toEqual(['type_1', 'type_2']);
  expect(columns(WITH_TEXT.games)).toEqual(['games']);
  expect(columns(WITH_TEXT.lasso)).toEqual(['attack', 'speed']);
  expect(columns(WITH_TEXT.search)).toEqual(['name', 'id', 'type_1', 'type_2', 'abilities']);
});

test('the largest selection there may be is one value a filter, however many it names', () => {
  const pairs = Array.from({ length: 200 }, (_, index) => ({ type_1: `${index}`, type_2: null }));
  const words = Array.from({ length: 100 }, (_, index) => index % 10).join(' ');
  const { values } = compiled([
    ...Array(99).fill({ kind: 'type-pairs', pairs }),
    { kind: 'search', text: words },
  ]);
  expect(Object.keys(values)).toHaveLength(100);
});

describe('a filter that does not fit the dataset is refused in words', () => {
  test.each([
    [{ kind: 'range', column: 'nowhere', min: 1 }, /no column is named “nowhere”/],
    [{ kind: 'range', column: 'name', min: 1 }, /“name” holds no numbers/],
    [{ kind: 'range', column: 'hp', min: '2026-01-01' }, /“hp” needs numbers as its ends/],
    [
      { kind: 'one-of', columns: ['type_1', 'type_9'], values: [''] },
      /no column is named “type_9”/,
    ],
    [{ kind: 'sets', column: 'name', members: ['a'], sets: [[]] }, /“name” holds no lists/],
    [{ kind: 'search', columns: ['name', 'x'], text: 'a' }, /no column is named “x”/],
    [
      {
        kind: 'area',
        x: 'hp',
        y: 'games',
        outlines: [
          [
            [1, 1],
            [2, 2],
            [3, 1],
          ],
        ],
      },
      /“games” holds no numbers/,
    ],
  ])('%o', (filter, words) => {
    expect(() => whereSql([filterSchema.parse(filter)], DATASET, 'raw')).toThrow(words);
    expect(() => whereSql([filterSchema.parse(filter)], DATASET, 'raw')).toThrow(
      expect.objectContaining({ code: 'bad-view' }) as Error,
    );
  });
});
