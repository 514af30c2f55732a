import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { Database, quotedText } from '../../src/main/base/duckdb';
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
