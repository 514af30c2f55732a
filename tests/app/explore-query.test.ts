import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Database } from '../../src/main/base/duckdb';
import { filterFrom1 } from '../../src/main/shaping/view-format-1';
import { cardQuestion } from '../../src/preload/contract/card-questions';
import type { Filter } from '../../src/preload/contract/filters';
import { rounds, seedOf } from '../helpers/rounds';
import { pick, seededRandom } from '../helpers/seeded-random';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';
import { questionOf, rowsOf } from './asked-rows';
import type { ChartQuery } from './chart-queries';
import { answerOf, type DataRow, matches } from './chart-oracle';
import { compareRows } from './compare-rows';
import { randomFilters, randomQueries } from './random-selections';

const ROUNDS = rounds(40, 1000);
const SEED = seedOf(151);

let app: ServedApp;
let rows: DataRow[];
const atEnd: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const data = await temporaryFolder((work) => void atEnd.unshift(work));
  // A first launch: the bundled snapshot through the real pipeline.
  app = await serveReadyApp(data, (work) => void atEnd.unshift(work));
  const database = await Database.open();
  rows = await database.rows<DataRow>('SELECT * FROM read_parquet($file) ORDER BY id', {
    file: join(data, 'pokemon.parquet'),
  });
  database.close();
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

/** The rows of each answer, all of version 1. */
async function ask(requests: readonly { query: ChartQuery; filters: Filter[] }[]) {
  const { version, answers } = await app.call('explore.ask', {
    asked: requests.map(({ query, filters }) => ({ question: questionOf(query), filters })),
  });
  expect(version).toBe(1);
  return answers.map((answer, at) => {
    const query = requests[at]?.query;
    return query === undefined ? [] : rowsOf(query, answer);
  });
}

test('a first launch shows the 649 Pokémon of the bundled snapshot and says so', async () => {
  const { dataset, refresh } = await app.call('app.start', {});
  expect(dataset).toEqual({
    version: 1,
    source: 'bundled',
    gathered_at: '2026-08-08T00:00:00.000Z',
    rows: 649,
    listed: 1351,
    games: ['red', 'blue', 'leafgreen', 'white'],
    checked: null,
  });
  expect(refresh.state).toBe('done');
  const [[summary], games] = (await ask([
    { query: { kind: 'summary' }, filters: [] },
    { query: { kind: 'games', games: ['red', 'blue', 'leafgreen', 'white'] }, filters: [] },
  ])) as [Record<string, unknown>[], { combination: string[]; n: number }[]];
  expect(summary).toMatchObject({ n: 649, total: 649 });
  const inGame = (game: string) =>
    games.reduce((sum, { combination, n }) => sum + (combination.includes(game) ? n : 0), 0);
  // From DESIGN §4: red 151, blue 151, leafgreen 386, white 649.
  expect(['red', 'blue', 'leafgreen', 'white'].map(inGame)).toEqual([151, 151, 386, 649]);
});

/** A machine that has much else to do answers late, and the page then comes without. */
async function started() {
  let state = await app.call('app.start', {});
  while (state.first_answers === null) state = await app.call('app.start', {});
  return { first: state.first_answers, view: state.first_view };
}

test('the page comes with the answers of its first view, as it would have asked them', async () => {
  const { first, view } = await started();
  expect(first.asked.map(({ question }) => question)).toEqual([
    ...(view.cards ?? []).map((card) => cardQuestion(card)),
    { kind: 'summary', of: view.tiles?.map(({ column, as }) => ({ column, as })) },
  ]);
  const { asked, ...answers } = first;
  expect(answers).toEqual(await app.call('explore.ask', { asked }));

  // The cards a person arranged, and nothing of one that is none.
  const [card] = view.cards ?? [];
  const workspace = { cards: [card, { kind: 'pie' }] };
  await app.call('settings.save', { settings: { workspace } });
  const { first: later } = await started();
  expect(later.asked).toHaveLength(2);
  expect(later.answers[0]).toEqual(first.answers[0]);
});

test(`${ROUNDS} random combinations of filters: every card shows what a count by hand shows (seed ${SEED})`, async () => {
  const random = seededRandom(SEED);
  const selected: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const filters = randomFilters(random, rows);
    // Each card is filtered by all selections but its own, so cards' filters differ.
    const queries = randomQueries(random, rows).filter(() => random() < 0.5);
    const requests = [{ kind: 'summary' } as const, ...queries].map((query) => {
      const own = random() < 0.3 ? pick(random, filters) : null;
      return { query, filters: filters.filter((filter) => filter !== own) };
    });
    const results = await ask(
      requests.map(({ query, filters: own }) => ({ query, filters: own.map(filterFrom1) })),
    );
    for (const [index, { query, filters: asked }] of requests.entries()) {
      const shown = `round ${round}: ${JSON.stringify({ query, filters: asked })}`;
      const expected = answerOf(query, asked, rows);
      compareRows(results[index] ?? [], expected, query.kind, shown);
    }
    selected.push(rows.filter((row) => matches(row, filters, rows)).length);
  }
  // The combinations are worth asking: most select some, not all.
  const some = selected.filter((n) => n > 0 && n < 649).length;
  expect(some).toBeGreaterThan(ROUNDS * 0.4);
}, 3_600_000);

test('filters that views of format 1 had no words for reach the engine as they are', async () => {
  const count = async (filter: Filter) => {
    const [[summary] = []] = await ask([{ query: { kind: 'summary' }, filters: [filter] }]);
    return summary?.['n'];
  };
  const texts = (value: unknown) => value as string[];
  const both = rows.filter(({ abilities }) =>
    ['overgrow', 'chlorophyll'].every((ability) => texts(abilities).includes(ability)),
  );
  const single = rows.filter(({ type_2 }) => type_2 === null || type_2 === 'poison');
  const even = rows.filter(({ hp, speed }) => hp === 45 && speed === 45);
  for (const some of [both, single, even]) expect(some.length).toBeGreaterThan(0);
  const members = ['overgrow', 'chlorophyll'];
  expect(await count({ kind: 'sets', column: 'abilities', members, sets: [members] })).toBe(
    both.length,
  );
  expect(
    await count({ kind: 'one-of', columns: ['abilities'], values: members, match: 'all' }),
  ).toBe(both.length);
  expect(
    await count({ kind: 'one-of', columns: ['type_2'], values: [null, 'poison'], match: 'any' }),
  ).toBe(single.length);
  // `not` keeps all other rows, those with nothing among them.
  expect(
    await count({
      kind: 'one-of',
      columns: ['type_2'],
      values: ['poison'],
      match: 'any',
      not: true,
    }),
  ).toBe(rows.length - rows.filter(({ type_2 }) => type_2 === 'poison').length);
  expect(
    await count({
      kind: 'one-of',
      columns: ['abilities'],
      values: members,
      match: 'all',
      not: true,
    }),
  ).toBe(rows.length - both.length);
  expect(await count({ kind: 'tuples', columns: ['hp', 'speed'], tuples: [[45, 45]] })).toBe(
    even.length,
  );
});
