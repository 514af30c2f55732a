import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database, quotedText, TextList } from '../../src/main/base/duckdb';
import { filterColumns, filtersToSql, sortToSql } from '../../src/main/engine/filter-sql';
import { COLUMN_NAMES, DATASET_COLUMNS } from '../../src/preload/contract/dataset';
import { type Filter, filterSchema } from '../../src/preload/contract/filters';
import { pick, seededRandom } from '../helpers/seeded-random';
import { CASES, lasso, randomFilter, ROWS, SORTS, TYPES, WITH_TEXT } from './filter-cases';
import { matches, sorted } from './filter-oracle';
import { writeDataset } from './pokemon-rows';

let database: Database;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pokedex-filters-'));
  const parquet = await writeDataset(folder, ROWS);
  database = await Database.open();
  await database.run(`CREATE TABLE pokemon AS FROM read_parquet(${quotedText(parquet)})`);
});

afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

async function idsInDuckdb(filters: readonly Filter[]): Promise<number[]> {
  const { sql, values } = filtersToSql(filters);
  const rows = await database.rows<{ id: number }>(
    `SELECT id FROM pokemon WHERE ${sql} ORDER BY id`,
    values,
  );
  return rows.map(({ id }) => id);
}

function idsByHand(filters: readonly Filter[]): unknown[] {
  return ROWS.filter((row) => filters.every((filter) => matches(row, filter, ROWS))).map(
    ({ id }) => id,
  );
}

async function expectSame(filters: readonly unknown[]): Promise<number> {
  const parsed = filters.map((filter) => filterSchema.parse(filter));
  const ids = await idsInDuckdb(parsed);
  expect(ids, JSON.stringify(parsed)).toEqual(idsByHand(parsed));
  return ids.length;
}

describe('a filter finds the rows its words promise', () => {
  test.each(Object.entries(CASES))('%s', async (_, filters) => {
    await expectSame(filters);
  });
});

test('500 random combinations of filters find what a plain reading of them finds', async () => {
  const random = seededRandom(20260808);
  let telling = 0;
  for (let round = 0; round < 500; round += 1) {
    const filters = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
      randomFilter(random),
    );
    const found = await expectSame(filters);
    if (found > 0 && found < ROWS.length) telling += 1;
  }
  // Otherwise the filters were all too wide or too narrow to tell right from wrong.
  expect(telling).toBeGreaterThan(250);
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

describe('no value is ever part of the SQL', () => {
  test.each(Object.entries(WITH_TEXT))('%s', async (_, filter) => {
    const { sql, values } = filtersToSql([filterSchema.parse(filter)]);
    expect(sql).not.toMatch(/DROP|1=1|12345|87654|--|;/);
    const bound = Object.values(values).flatMap((v) =>
      v instanceof TextList ? [...v.values] : [String(v)],
    );
    expect(bound.join(' ')).toMatch(/drop|12345/i);
    // Every value bound is used, every place has its value.
    const used = new Set([...sql.matchAll(/\$(\w+)/g)].map((match) => match[1]));
    expect([...used].sort()).toEqual(Object.keys(values).sort());
    await expectSame([filter]);
  });
});

test('what is no number column is not taken for one', () => {
  for (const column of DATASET_COLUMNS.filter(({ type }) => !/INTEGER|DOUBLE/.test(type))) {
    const range = { kind: 'range', column: column.name, min: 1 } as const;
    expect(() => filterSchema.parse(range), column.name).toThrow(/no numbers/);
    expect(() => filtersToSql([range]), column.name).toThrow(/no numbers/);
  }
});

test('a lasso on logarithmic axes with a corner at zero is refused in words', () => {
  const filter: Filter = {
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
  expect(() => filterSchema.parse(filter)).toThrow(/at or below 0/);
  expect(() => filtersToSql([filter])).toThrow(/at or below 0/);
});

test('every column can be filtered, also the one named like an SQL word', async () => {
  for (const column of COLUMN_NAMES) {
    await expectSame([{ kind: 'one-of', column, values: [null] }]);
  }
});

test('a filter tells all columns it looks at, or identities would slip into a shared file', () => {
  const columns = (filter: unknown) => filterColumns(filterSchema.parse(filter));
  expect(columns(WITH_TEXT.range)).toEqual(['hp']);
  expect(columns(WITH_TEXT['one-of'])).toEqual(['name']);
  expect(columns(WITH_TEXT.types)).toEqual(['type_1', 'type_2']);
  expect(columns(WITH_TEXT['type-pairs'])).toEqual(['type_1', 'type_2']);
  expect(columns(WITH_TEXT.games)).toEqual(['games']);
  expect(columns(WITH_TEXT.lasso)).toEqual(['attack', 'speed']);
  expect(columns(WITH_TEXT.search)).toEqual(['name', 'id', 'type_1', 'type_2', 'abilities']);
});

describe('a sort puts rows in one order only', () => {
  test.each(Object.entries(SORTS))('%s', async (_, sort) => {
    const rows = await database.rows<{ id: number }>(
      `SELECT id FROM pokemon ORDER BY ${sortToSql(sort, 'id')}`,
    );
    expect(rows.map(({ id }) => id)).toEqual(sorted(ROWS, sort).map(({ id }) => id));
  });
});

test('the largest selection there may be is one value a filter, however many it names', () => {
  const pairs = Array.from({ length: 200 }, (_, index) => ({ type_1: `${index}`, type_2: null }));
  const words = Array.from({ length: 100 }, (_, index) => index % 10).join(' ');
  const { values } = filtersToSql([
    ...Array(99).fill({ kind: 'type-pairs', pairs }),
    { kind: 'search', text: words },
  ]);
  expect(Object.keys(values)).toHaveLength(100);
});
