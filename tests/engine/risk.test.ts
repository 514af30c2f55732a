import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { Database, quotedText } from '../../src/main/base/duckdb';
import { Protector } from '../../src/main/engine/risk/protect-rows';
import { RiskTable } from '../../src/main/engine/risk/risk-table';
import type { RiskSource } from '../../src/main/engine/risk/risk-rows';
import { pokemonDataset } from '../../src/main/shaping/pokemon-dataset';
import type { Filter } from '../../src/preload/contract/filters';
import { rounds, seedOf } from '../helpers/rounds';
import { pick, seededRandom } from '../helpers/seeded-random';
import { snapshotData } from '../helpers/snapshot-data';
import {
  CENSUS_TYPES,
  censusDataset,
  censusRows,
  loadCensus,
  riskSource,
  type CensusRow,
} from './census-rows';
import { figuresOf, uniqueRows } from './risk-oracle';

const ROUNDS = rounds(12, 300);
const SEED = seedOf(13);
const atEnd: (() => Promise<void>)[] = [];
let pokemon: { source: RiskSource; rows: Record<string, unknown>[]; database: Database };
let census: { source: RiskSource; rows: CensusRow[]; database: Database };

beforeAll(async () => {
  const data = await snapshotData((work) => void atEnd.push(async () => work()));
  const own = await Database.open();
  await own.run(
    `CREATE TABLE pokemon AS FROM read_parquet(${quotedText(join(data, 'pokemon.parquet'))})`,
  );
  const dataset = pokemonDataset({ version: 1, rows: 649 });
  pokemon = {
    source: await riskSource(own, 'pokemon', dataset),
    rows: await own.rows('FROM pokemon'),
    database: own,
  };
  const database = await Database.open();
  const rows = censusRows(1_500, 1890);
  await loadCensus(database, rows);
  census = {
    source: await riskSource(database, 'dataset', censusDataset(rows.length)),
    rows,
    database,
  };
});

afterAll(async () => {
  pokemon.database.close();
  census.database.close();
  for (const work of atEnd) await work();
});

async function expectCounted(
  source: RiskSource,
  rows: readonly object[],
  columns: readonly string[],
  filters: readonly Filter[] = [],
): Promise<void> {
  const { figures } = await new RiskTable(source).risk(columns, filters);
  const { by_column, ...counts } = figures;
  expect(counts, columns.join()).toEqual(figuresOf(rows, columns));
  expect(by_column).toHaveLength(columns.length + (columns.length * (columns.length - 1)) / 2);
  for (const { columns: set, unique_rows } of by_column) {
    expect(unique_rows, set.join()).toBe(uniqueRows(rows, set));
  }
}

describe('figures equal a count row by row', () => {
  test('of the Pokémon', async () => {
    await expectCounted(pokemon.source, pokemon.rows, ['weight', 'height']);
    await expectCounted(pokemon.source, pokemon.rows, ['games', 'abilities', 'type_1', 'type_2']);
    await expectCounted(pokemon.source, pokemon.rows, ['base_experience', 'bmi', 'is_default']);
  });

  test('of a filtered view', async () => {
    const fire = pokemon.rows.filter(({ type_1 }) => type_1 === 'fire');
    await expectCounted(
      pokemon.source,
      fire,
      ['weight', 'hp', 'speed'],
      [{ kind: 'one-of', columns: ['type_1'], values: ['fire'], match: 'any' }],
    );
  });

  test('of a census with nulls, NaN, −0 and lists', async () => {
    const names = Object.keys(CENSUS_TYPES).filter((name) => name !== 'born');
    const random = seededRandom(SEED);
    for (let round = 0; round < ROUNDS; round += 1) {
      const columns = names.filter(() => random() < 0.4);
      if (columns.length === 0) columns.push(pick(random, names));
      await expectCounted(census.source, census.rows, columns);
    }
  });

  test('of no rows', async () => {
    await expectCounted(
      pokemon.source,
      [],
      ['weight'],
      [{ kind: 'range', column: 'weight', max: -5 }],
    );
  });
});

test('proposes columns that single out most, and none that names a subject or tells the same', async () => {
  const { figures, proposed, left_out, candidates } = await new RiskTable(pokemon.source).risk(
    null,
    [],
  );
  expect(proposed).toBe(true);
  expect(left_out).toEqual(['id', 'name', 'order', 'sprite_front_default', 'species']);
  expect(figures.columns.length).toBeGreaterThan(1);
  expect(figures.columns).not.toEqual(expect.arrayContaining(['weight', 'weight_kg']));
  expect(figures.columns.filter((name) => left_out.includes(name))).toEqual([]);
  for (const { column, unique_rows } of candidates) {
    expect(unique_rows, column).toBe(uniqueRows(pokemon.rows, [column]));
  }
});

test('shows the rows that are alone, and as few columns as single them out', async () => {
  const columns = ['type_1', 'weight', 'height'];
  const { exposed } = await new RiskTable(pokemon.source).risk(columns, []);
  expect(exposed).toHaveLength(10);
  for (const row of exposed) {
    const known = pokemon.rows.find(({ id }) => String(id) === row.id);
    expect(row.title).toBe(known?.['name']);
    expect(row.values).toEqual(columns.map((name) => String(known?.[name])));
    const alike = (names: readonly string[]) =>
      pokemon.rows.filter((other) => names.every((name) => other[name] === known?.[name])).length;
    expect(alike(columns)).toBe(row.size);
    expect(alike(row.enough)).toBe(row.size);
    for (const name of columns) {
      if (row.enough.length > 1) expect(alike([name])).toBeGreaterThan(row.size);
    }
  }
});

/** What the chosen columns are given as, counted by DuckDB from the very SQL that an export writes. */
async function classesGiven(
  { source, database }: { source: RiskSource; database: Database },
  columns: readonly string[],
  k: number,
) {
  const beside = source.dataset.columns
    .filter(({ privacy }) => privacy !== 'identifies')
    .map(({ name }) => name);
  const protection = await (await Protector.of(source, [], columns, beside)).reach(k);
  const given = protection.columns.flatMap(({ given: one }) => (one === null ? [] : [one.sql]));
  const sizes = await database.rows<{ n: number }>(
    `SELECT count(*)::INTEGER AS n FROM ${source.from} GROUP BY ${given.join(', ') || '()'} ORDER BY n`,
  );
  return { protection, sizes: sizes.map(({ n }) => n) };
}

describe('generalised until each row has company', () => {
  test('with every column that tells the same, found in the data', async () => {
    const { protection } = await classesGiven(pokemon, ['weight', 'height'], 5);
    const told = Object.fromEntries(
      protection.columns.map(({ column, same_as, step }) => [column.name, { same_as, step }]),
    );
    expect(Object.keys(told)).toEqual(['weight', 'height', 'weight_kg', 'height_m', 'bmi']);
    expect(told).toMatchObject({
      weight_kg: { same_as: 'weight' },
      height_m: { same_as: 'height' },
      bmi: { step: { kind: 'dropped' } },
    });
    const sum = await classesGiven(pokemon, ['hp'], 5);
    expect(sum.protection.columns.map(({ column, step }) => [column.name, step.kind])).toEqual([
      ['hp', 'rounded'],
      ['stat_total', 'dropped'],
    ]);
    const census5 = await classesGiven(census, ['age', 'income'], 5);
    expect(census5.protection.columns.map(({ column }) => column.name)).toEqual([
      ...['age', 'income', 'income_monthly', 'born'],
    ]);
  });

  test('so that, but for the suppressed rows, classes are as large as they should be', async () => {
    const random = seededRandom(SEED);
    for (let round = 0; round < ROUNDS; round += 1) {
      const of = round % 2 === 0 ? pokemon : census;
      const open = of.source.dataset.columns.filter(({ privacy }) => privacy !== 'identifies');
      const columns = open.map(({ name }) => name).filter(() => random() < 3 / open.length);
      if (columns.length === 0) continue;
      const k = 2 + Math.floor(random() * 12);
      const { protection, sizes } = await classesGiven(of, columns, k);
      const small = sizes.filter((n) => n < k).reduce((sum, n) => sum + n, 0);
      expect(protection.suppressed, `${columns.join()} k=${k}`).toBe(small);
      expect(small).toBeLessThanOrEqual(of.rows.length * 0.05);
      expect(protection.after.k).toBe(sizes.find((n) => n >= k));
    }
  });

  test('the same each time, with bars that count the rows before and after', async () => {
    const table = new RiskTable(pokemon.source);
    const columns = ['weight', 'type_1', 'abilities'];
    const told = await table.generalise(columns, [], 5);
    expect(await new RiskTable(pokemon.source).generalise(columns, [], 5)).toEqual(told);
    expect(told.rows + told.suppressed).toBe(649);
    for (const { bars, column } of told.columns) {
      const rows = (bar: readonly { rows: number }[] = []) =>
        bar.reduce((sum, { rows: n }) => sum + n, 0);
      if (bars === null || column === 'abilities') continue;
      expect(rows(bars.before), column).toBe(649);
      expect(rows(bars.after), column).toBe(told.rows);
    }
    const more = await table.generalise(columns, [], 20);
    expect(more.k).toBeGreaterThanOrEqual(20);
  });

  test('of fewer rows than that, nothing is left', async () => {
    const filters: Filter[] = [{ kind: 'range', column: 'weight', min: 9000 }];
    const told = await new RiskTable(pokemon.source).generalise(['weight'], filters, 50);
    expect(told).toMatchObject({ k: null, rows: 0, loss: 1 });
    expect(told.suppressed).toBeGreaterThan(0);
  });
});
