import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filterFrom1 } from '../../src/main/shaping/view-format-1';
import { Database } from '../../src/main/base/duckdb';
import { pokemonView } from '../../src/main/shaping/pokemon-view';
import type { ColumnName } from '../../src/preload/contract/dataset';
import type { Filter } from '../../src/main/shaping/format-1-filters';
import { cardQuestion } from '../../src/preload/contract/card-questions';
import { type Card, cardSchema } from '../../src/preload/contract/cards';
import { filtersFor, type Selection, withSelection } from '../../src/renderer/state/selections';
import { rounds, seedOf } from '../helpers/rounds';
import { pick, seededRandom } from '../helpers/seeded-random';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { questionOf, rowsOf } from './asked-rows';
import type { ChartQuery } from './chart-queries';
import { answerFrom, type DataRow } from './chart-oracle';
import { compareRows } from './compare-rows';
import { independentSql } from './independent-sql';
import { randomFilters } from './random-selections';

const ROUNDS = rounds(40, 1000);
const SEED = seedOf(386);
const GAMES = ['red', 'blue', 'leafgreen', 'white'];
const DASHBOARD = pokemonView(GAMES).cards ?? [];

/** What a person may build: every kind, over numbers, names, lists and truths. */
const BUILT: Card[] = [
  { kind: 'density', x: 'attack', y: 'defense', color: 'hp', log: false },
  { kind: 'density', x: 'speed', y: 'weight_kg', log: true, color: 'abilities' },
  { kind: 'histogram', column: 'hp', bins: 12 },
  { kind: 'spread', column: 'bmi', by: ['type_1', 'type_2'] },
  { kind: 'group', x: 'attack' },
  {
    kind: 'group',
    shape: 'line',
    x: 'bmi',
    y: 'speed',
    color: 'base_experience',
    aggregate: 'mean',
  },
  { kind: 'group', x: 'type_2', y: 'base_experience', aggregate: 'median' },
  { kind: 'group', x: 'games', color: 'type_1', aggregate: 'count' },
  { kind: 'group', x: 'abilities', y: 'weight', color: 'is_default', aggregate: 'sum' },
].map((card, index) => cardSchema.parse({ ...card, id: `chart-${index + 1}`, title: 'Built' }));

/** What a card shows, in the oracle's words. */
function queryOf(card: Card): ChartQuery {
  const known = (name: string) => name as ColumnName;
  switch (card.kind) {
    case 'density':
      return {
        kind: 'points',
        x: known(card.x),
        y: known(card.y),
        ...(card.color === undefined ? {} : { color: known(card.color) }),
      };
    case 'histogram':
      return { kind: 'histogram', column: known(card.column), bins: card.bins };
    case 'categories':
      return { kind: 'types' };
    case 'pairs':
      return { kind: 'type-pairs' };
    case 'spread':
      return { kind: 'box', column: known(card.column) };
    case 'sets':
      return { kind: 'games', games: card.members };
    default:
      return {
        kind: 'group',
        x: known(card.x),
        aggregate: card.aggregate,
        bins: 20,
        ...(card.y === undefined ? {} : { y: known(card.y) }),
        ...(card.color === undefined ? {} : { color: known(card.color) }),
      };
  }
}

/** Where else a selection can be made. */
const PANELS = ['search', 'panel:games', 'panel:types', 'panel:bmi', 'panel:height_m', 'view-1'];

let app: ServedApp;
let rows: DataRow[];
let database: Database;
const atEnd: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const data = await snapshotData((work) => void atEnd.unshift(work));
  app = await serveReadyApp(data, (work) => void atEnd.unshift(work));
  database = await Database.open();
  atEnd.unshift(async () => database.close());
  const file = join(data, 'pokemon.parquet');
  await database.rows('CREATE TABLE raw AS FROM read_parquet($file)', { file });
  rows = await database.rows<DataRow>('FROM raw ORDER BY id');
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

async function keptBySql(filters: readonly Filter[]): Promise<DataRow[]> {
  const kept = await database.rows<{ id: number }>(independentSql(filters));
  const ids = new Set(kept.map(({ id }) => id));
  return rows.filter((row) => ids.has(Number(row.id)));
}

test(`${ROUNDS} random combinations of selections: each card, built ones too, shows what plain SQL keeps under all but its own (seed ${SEED})`, async () => {
  const random = seededRandom(SEED);
  let partial = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const cards = [...DASHBOARD, pick(random, BUILT), pick(random, BUILT)];
    const sources = [...cards.map(({ id }) => id), ...PANELS];
    const selections = randomFilters(random, rows).reduce<readonly Selection<Filter>[]>(
      (made, filter) => withSelection(made, pick(random, sources), filter),
      [],
    );
    const asked = cards.map((card) => ({
      card,
      query: queryOf(card),
      filters: filtersFor(selections, card.id),
    }));
    const all = filtersFor(selections, null);
    expect(all.length).toBe(selections.length);
    const whole: ChartQuery[] = [{ kind: 'summary' }, { kind: 'points', x: 'id', y: 'id' }];
    const { answers } = await app.call('explore.ask', {
      asked: [
        ...asked.map(({ card, filters }) => ({ question: cardQuestion(card), filters })),
        ...whole.map((query) => ({ question: questionOf(query), filters: all })),
      ].map(({ question, filters }) => ({ question, filters: filters.map(filterFrom1) })),
    });
    const queries = [...asked.map(({ query }) => query), ...whole];
    const results = answers.map((answer, at) => rowsOf(queries[at] ?? { kind: 'summary' }, answer));
    const kept = await keptBySql(all);
    const shown = `round ${round}: ${JSON.stringify(selections)}`;
    expect(results.at(-2)?.[0], shown).toMatchObject({ n: kept.length, total: rows.length });
    expect(
      results.at(-1)?.map((row) => row['id']),
      shown,
    ).toEqual(kept.map((row) => row.id));
    for (const [index, { query, filters }] of asked.entries()) {
      const under = filters.length === all.length ? kept : await keptBySql(filters);
      // The oracle counts; which rows there are is SQL's word alone.
      const expected = answerFrom(query, under, rows);
      compareRows(results[index] ?? [], expected, query.kind, `${shown} ${JSON.stringify(query)}`);
    }
    if (kept.length > 0 && kept.length < rows.length) partial += 1;
  }
  expect(partial).toBeGreaterThan(ROUNDS * 0.4);
}, 3_600_000);
