import { afterAll, beforeAll, expect, test } from 'vitest';
import { planCharts } from '../../src/main/engine/chart-plan';
import type { EngineClient } from '../../src/main/engine/engine-client';
import type { ChartRequest, ChartRow } from '../../src/preload/contract/chart-query';
import type { Filter } from '../../src/preload/contract/row-filters';
import { emptyingSelections } from '../../src/renderer/components/table/emptying-filters';
import { RowWindows } from '../../src/renderer/components/table/row-windows';
import { findPokemon } from '../../src/renderer/components/compare/find-pokemon';
import { pokemonDataset } from '../../src/main/shaping/pokemon-dataset';
import { builtEngine } from '../engine/built-engine';
import { pokemonRow, scanAs, writeDataset } from '../engine/pokemon-rows';
import { showPokemon } from '../helpers/described-pokemon';
import { temporaryFolder } from '../helpers/temporary-folder';

let engine: EngineClient;
const atEnd: (() => Promise<void>)[] = [];
const asked: ChartRequest[] = [];

/** 450 Pokémon: even ids are fire, odd ones water; weight falls as the id rises. */
beforeAll(async () => {
  showPokemon();
  engine = builtEngine();
  const rows = Array.from({ length: 450 }, (_, index) => {
    const id = index + 1;
    const type_1 = id % 2 === 0 ? 'fire' : 'water';
    const name = id === 25 ? 'Pikachu' : id === 300 ? 'Not-pika' : `Mon-${id}`;
    return pokemonRow({ id, name, type_1, type_2: null, weight_kg: 1000 - id, abilities: [] });
  });
  const folder = await temporaryFolder((work) => void atEnd.unshift(work));
  await engine.open({
    for: 'questions',
    table: scanAs('pokemon', await writeDataset(folder, rows)),
    spill: null,
  });
});

afterAll(async () => {
  engine.close();
  for (const work of atEnd) await work();
});

async function ask(request: ChartRequest): Promise<ChartRow[]> {
  asked.push(request);
  const extents = await engine.extents();
  const plan = planCharts([request], extents, pokemonDataset({ version: 1, rows: extents.rows }));
  return plan.read(await engine.batch(plan.statements, 10_000))[0] ?? [];
}

/** Resolves once what is seen satisfies `done`. */
function once(windows: RowWindows, done: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!done()) return;
      stop();
      resolve();
    };
    const stop = windows.subscribe(check);
    queueMicrotask(check);
  });
}

function idAt(windows: RowWindows, index: number): unknown {
  return windows.rowAt(index)?.['id'];
}

test('rows come as they come into sight, in the order asked for, with the count', async () => {
  const windows = new RowWindows(ask);
  windows.want(0, 20);
  windows.setQuestion({
    filters: [],
    sort: [{ column: 'weight_kg', direction: 'asc' }],
    version: 1,
  });
  await once(windows, () => windows.seen().total !== null);
  expect(windows.seen()).toMatchObject({ total: 450, whole: 450, stale: false, error: null });
  expect(idAt(windows, 0)).toBe(450);
  expect(windows.rowAt(300)).toBeUndefined();
  windows.want(290, 310);
  await once(windows, () => windows.rowAt(310) !== undefined);
  // The lightest is number 450, so place 300 (from 0) is number 150.
  expect(idAt(windows, 300)).toBe(150);
});

test('what was seen stays until the answer to a new filter is whole', async () => {
  const windows = new RowWindows(ask);
  windows.setQuestion({ filters: [], sort: [], version: 1 });
  await once(windows, () => windows.seen().total === 450);
  windows.setQuestion({
    filters: [{ kind: 'one-of', columns: ['type_1', 'type_2'], values: ['fire'], match: 'any' }],
    sort: [],
    version: 1,
  });
  expect(windows.seen()).toMatchObject({ total: 450, stale: true });
  expect(idAt(windows, 0)).toBe(1);
  await once(windows, () => !windows.seen().stale);
  expect(windows.seen()).toMatchObject({ total: 225, whole: 450 });
  expect(idAt(windows, 0)).toBe(2);
});

test('a filter set and taken back before its answer came leaves the rows as they were, not pale', async () => {
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  let isHeld = false;
  const windows = new RowWindows(async (request) => {
    if (isHeld) await held;
    return ask(request);
  });
  const all = { filters: [], sort: [], version: 1 };
  windows.setQuestion(all);
  await once(windows, () => windows.seen().total === 450);
  isHeld = true;
  windows.setQuestion({
    ...all,
    filters: [{ kind: 'one-of', columns: ['type_1', 'type_2'], values: ['fire'], match: 'any' }],
  });
  expect(windows.seen().stale).toBe(true);
  windows.setQuestion(all);
  answer();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(windows.seen()).toMatchObject({ total: 450, stale: false });
});

test('of many questions in a row only the first and the newest are asked', async () => {
  const windows = new RowWindows(ask);
  asked.length = 0;
  for (let max = 990; max >= 900; max -= 1) {
    windows.setQuestion({
      filters: [{ kind: 'range', column: 'weight_kg', max }],
      sort: [],
      version: 1,
    });
  }
  await once(windows, () => windows.seen().total !== null && !windows.seen().stale);
  // Weight 900 or less: numbers 100 to 450.
  expect(windows.seen().total).toBe(351);
  const bounds = asked
    .filter(({ query }) => query.kind === 'summary' || query.kind === 'rows')
    .map(({ filters: [filter] }) => filter?.kind === 'range' && filter.max);
  expect([...new Set(bounds)]).toEqual([990, 900]);
});

test('a question the engine refuses shows its error once, and a retry asks again', async () => {
  const windows = new RowWindows(ask);
  const refused = { kind: 'range', column: 'name', max: 1 } as const;
  asked.length = 0;
  windows.setQuestion({ filters: [refused], sort: [], version: 1 });
  await once(windows, () => windows.seen().error !== null);
  expect(windows.seen().error?.code).toBe('bad-view');
  const before = asked.length;
  windows.want(0, 50);
  windows.want(100, 150);
  expect(asked.length).toBe(before);
  windows.retry();
  expect(asked.length).toBeGreaterThan(before);
  await once(windows, () => windows.seen().error !== null);
  windows.setQuestion({ filters: [], sort: [], version: 1 });
  await once(windows, () => windows.seen().total === 450);
  expect(windows.seen().error).toBeNull();
});

test('what a row holds is asked once a version, whatever filter or order shows it', async () => {
  const asked: ChartRequest[] = [];
  const windows = new RowWindows((request) => {
    asked.push(request);
    return ask(request);
  });
  const all = { filters: [], sort: [], version: 1 };
  windows.setQuestion(all);
  await once(windows, () => windows.seen().total === 450);
  const whole = () => asked.filter(({ query }) => query.kind === 'rows' && !query.columns);
  asked.length = 0;
  // A small dataset is read ahead in a quiet moment.
  await expect.poll(() => whole().length, { timeout: 5000 }).toBe(3);
  await new Promise((resolve) => setTimeout(resolve, 100));
  asked.length = 0;
  windows.setQuestion({ ...all, sort: [{ column: 'id', direction: 'desc' }] });
  await once(windows, () => idAt(windows, 0) === 450);
  expect(windows.rowAt(0)).toMatchObject({ name: 'Mon-450', weight_kg: 550, type_1: 'fire' });
  expect(asked.map(({ query }) => query.kind)).toEqual(['summary', 'rows']);
  expect(whole()).toEqual([]);
  asked.length = 0;
  windows.setQuestion({ ...all, version: 2 });
  await once(windows, () => idAt(windows, 0) === 1);
  expect(asked.map(({ query }) => query.kind)).toEqual(['summary', 'rows', 'by-id']);
});

test('copying takes every row of a range, however far apart', async () => {
  const windows = new RowWindows(ask);
  windows.setQuestion({
    filters: [],
    sort: [{ column: 'id', direction: 'desc' }],
    version: 1,
  });
  const rows = await windows.rowsBetween(10, 449);
  expect(rows.map((row) => row['id'])).toEqual(Array.from({ length: 440 }, (_, at) => 440 - at));
});

test('an empty table names the selection that empties it, the one that frees most first', async () => {
  const fire: Filter = {
    kind: 'one-of',
    columns: ['type_1', 'type_2'],
    values: ['fire'],
    match: 'any',
  };
  const light: Filter = { kind: 'range', column: 'weight_kg', max: 600 };
  const odd: Filter = { kind: 'one-of', columns: ['id'], values: [401, 403], match: 'any' };
  const found = await emptyingSelections(
    [
      { source: 'types', filter: fire },
      { source: 'weight', filter: light },
      { source: 'ids', filter: odd },
    ],
    ask,
  );
  // Without the ids: fire of 600 kg or less, the even numbers 400 to 450: 26. Without the type:
  // 401 and 403. Without the weight still nothing, as both are water.
  expect(found.map(({ selection, rows }) => [selection.source, rows])).toEqual([
    ['ids', 26],
    ['types', 2],
  ]);
});

test('the detail steps through the table in its own order and filter', async () => {
  const [place] = await ask({
    query: { kind: 'neighbours', id: 100, sort: [{ column: 'weight_kg', direction: 'asc' }] },
    filters: [{ kind: 'one-of', columns: ['type_1', 'type_2'], values: ['fire'], match: 'any' }],
  });
  // Fire, lightest first: 450, 448, … 100 is the 176th: (450 − 100) / 2 + 1.
  expect(place).toEqual({ position: 176, previous: 102, next: 98 });
  const ends = await Promise.all(
    [1, 450].map((id) => ask({ query: { kind: 'neighbours', id, sort: [] }, filters: [] })),
  );
  expect(ends).toEqual([
    [{ position: 1, previous: null, next: 2 }],
    [{ position: 450, previous: 449, next: null }],
  ]);
  const outside = await ask({
    query: { kind: 'neighbours', id: 1, sort: [] },
    filters: [{ kind: 'one-of', columns: ['type_1', 'type_2'], values: ['fire'], match: 'any' }],
  });
  expect(outside).toEqual([]);
});

test('a typed name is offered before names that merely contain it, a number by its number', async () => {
  const named = await findPokemon('pika', ask);
  expect(named.map((row) => row['name'])).toEqual(['Pikachu', 'Not-pika']);
  expect((await findPokemon('#42', ask)).map((row) => row['name'])).toEqual(['Mon-42']);
  const numbered = await findPokemon('42', ask);
  // Its name contains its number, too: it is offered once.
  expect(numbered.map((row) => row['name']).slice(0, 2)).toEqual(['Mon-42', 'Mon-142']);
  expect(await findPokemon('  ', ask)).toEqual([]);
});
