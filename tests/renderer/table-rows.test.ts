import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AnswerTo, Question } from '../../src/preload/contract/questions';
import type { Filter } from '../../src/preload/contract/filters';
import { findRows } from '../../src/renderer/components/search/find-rows';
import { emptyingSelections } from '../../src/renderer/components/table/emptying-filters';
import { type RowQuestion, RowWindows } from '../../src/renderer/components/table/row-windows';
import { cellOf, titleOfRow } from '../../src/renderer/row/row';
import { type DescribedTable, describedTable } from '../engine/described-table';

let table: DescribedTable;
const atEnd: (() => Promise<void>)[] = [];
const asked: { question: Question; filters: readonly Filter[] }[] = [];

/** 450 parts: even ones are red, odd ones blue; weight falls as the number rises. */
beforeAll(async () => {
  table = await describedTable(
    `SELECT i::INTEGER AS part_no,
      CASE i WHEN 25 THEN 'Widget' WHEN 300 THEN 'Not-wid' ELSE 'Part-' || i END AS called,
      CASE WHEN i % 2 = 0 THEN 'red' ELSE 'blue' END AS colour,
      (1000 - i)::DOUBLE AS weight
     FROM range(1, 451) t(i)`,
    { key: 'part_no', title: 'called' },
    (work) => void atEnd.unshift(work),
  );
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

async function ask<Asked extends Question>(
  question: Asked,
  filters: Filter[],
): Promise<AnswerTo<Asked>> {
  asked.push({ question, filters });
  // One after the other, as the engine's process takes them.
  const answer = before.then(() => table.ask(question, ...filters));
  before = answer.catch(() => {});
  return (await answer) as AnswerTo<Asked>;
}

let before: Promise<unknown> = Promise.resolve();

const COLUMNS = ['part_no', 'called', 'weight'];
const ALL: RowQuestion = { filters: [], sort: [], columns: COLUMNS, of: 'one' };
const RED: Filter = { kind: 'one-of', columns: ['colour'], values: ['red'], match: 'any' };

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

function idAt(windows: RowWindows, index: number): string | undefined {
  return windows.rowAt(index)?.id;
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

test('rows come as they come into sight, in the order asked for, with the count', async () => {
  const windows = new RowWindows(ask);
  windows.want(0, 20);
  windows.setQuestion({ ...ALL, sort: [{ column: 'weight', direction: 'asc' }] });
  await once(windows, () => windows.seen().total !== null);
  expect(windows.seen()).toMatchObject({ total: 450, stale: false, error: null });
  expect(idAt(windows, 0)).toBe('450');
  expect(windows.rowAt(0)).toMatchObject({ columns: COLUMNS, cells: [450, 'Part-450', 550] });
  expect(windows.rowAt(300)).toBeUndefined();
  windows.want(290, 310);
  await once(windows, () => windows.rowAt(310) !== undefined);
  // The lightest is number 450, so place 300 (from 0) is number 150.
  expect(idAt(windows, 300)).toBe('150');
});

test('what was seen stays until the answer to a new filter is whole', async () => {
  const windows = new RowWindows(ask);
  windows.setQuestion(ALL);
  await once(windows, () => windows.seen().total === 450);
  windows.setQuestion({ ...ALL, filters: [RED] });
  expect(windows.seen()).toMatchObject({ total: 450, stale: true });
  expect(idAt(windows, 0)).toBe('1');
  await once(windows, () => !windows.seen().stale);
  expect(windows.seen().total).toBe(225);
  expect(idAt(windows, 0)).toBe('2');
});

test('a filter set and taken back before its answer came leaves the rows as they were, not pale', async () => {
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  let isHeld = false;
  const windows = new RowWindows(async (question, filters) => {
    if (isHeld) await held;
    return ask(question, filters);
  });
  windows.setQuestion(ALL);
  await once(windows, () => windows.seen().total === 450);
  isHeld = true;
  windows.setQuestion({ ...ALL, filters: [RED] });
  expect(windows.seen().stale).toBe(true);
  windows.setQuestion(ALL);
  answer();
  await once(windows, () => windows.seen().total === 450 && !windows.seen().stale);
  await rest(300);
  expect(windows.seen()).toMatchObject({ total: 450, stale: false });
  expect(idAt(windows, 0)).toBe('1');
});

test('of a drag only the first step and where it rests are asked; another order is asked at once', async () => {
  const windows = new RowWindows(ask);
  windows.setQuestion(ALL);
  await once(windows, () => windows.seen().total === 450);
  await rest(200);
  asked.length = 0;
  for (let max = 990; max >= 900; max -= 5) {
    windows.setQuestion({ ...ALL, filters: [{ kind: 'range', column: 'weight', max }] });
    await rest(20);
  }
  await once(windows, () => !windows.seen().stale);
  // Weight 900 or less: numbers 100 to 450.
  expect(windows.seen().total).toBe(351);
  const bounds = asked.map(({ filters: [filter] }) => filter?.kind === 'range' && filter.max);
  expect([...new Set(bounds)]).toEqual([990, 900]);
  const begun = performance.now();
  windows.setQuestion({ ...ALL, sort: [{ column: 'part_no', direction: 'desc' }] });
  windows.setQuestion({ ...ALL, sort: [{ column: 'weight', direction: 'desc' }] });
  await once(windows, () => !windows.seen().stale);
  expect(idAt(windows, 0)).toBe('1');
  expect(performance.now() - begun).toBeLessThan(2000);
});

test('a question the engine refuses shows its error once, and a retry asks again', async () => {
  const windows = new RowWindows(ask);
  asked.length = 0;
  windows.setQuestion({ ...ALL, filters: [{ kind: 'range', column: 'called', max: 1 }] });
  await once(windows, () => windows.seen().error !== null);
  expect(windows.seen().error?.code).toBe('bad-view');
  const askedBefore = asked.length;
  windows.want(0, 50);
  windows.want(100, 150);
  expect(asked.length).toBe(askedBefore);
  windows.retry();
  await expect.poll(() => asked.length).toBeGreaterThan(askedBefore);
  await once(windows, () => windows.seen().error !== null);
  windows.setQuestion(ALL);
  await once(windows, () => windows.seen().total === 450);
  expect(windows.seen().error).toBeNull();
});

test('copying takes every row of a range, however far apart, with the columns it names', async () => {
  const windows = new RowWindows(ask);
  windows.setQuestion({ ...ALL, sort: [{ column: 'part_no', direction: 'desc' }] });
  const rows = await windows.rowsBetween(10, 449, ['colour']);
  expect(rows.map(({ id }) => Number(id))).toEqual(
    Array.from({ length: 440 }, (_, at) => 440 - at),
  );
  expect(rows.slice(0, 2).map((row) => cellOf(row, 'colour'))).toEqual(['red', 'blue']);
});

test('an empty table names the selection that empties it, the one that frees most first', async () => {
  const light: Filter = { kind: 'range', column: 'weight', max: 600 };
  const odd: Filter = { kind: 'one-of', columns: ['part_no'], values: [401, 403], match: 'any' };
  const found = await emptyingSelections(
    [
      { source: 'colours', filter: RED },
      { source: 'weight', filter: light },
      { source: 'ids', filter: odd },
    ],
    ask,
  );
  // Without the ids: red of 600 or less, the even numbers 400 to 450: 26. Without the colour: 401
  // and 403. Without the weight still nothing, as both are blue.
  expect(found.map(({ selection, rows }) => [selection.source, rows])).toEqual([
    ['ids', 26],
    ['colours', 2],
  ]);
});

test('the detail steps through the table in its own order and filter', async () => {
  const sort = [{ column: 'weight', direction: 'asc' as const }];
  // Red, lightest first: 450, 448, … 100 is the 176th: (450 − 100) / 2 + 1.
  expect(await ask({ kind: 'neighbours', id: '100', sort }, [RED])).toEqual({
    position: 176,
    previous: '102',
    next: '98',
  });
  const ends = await Promise.all(
    ['1', '450'].map((id) => ask({ kind: 'neighbours', id, sort: [] }, [])),
  );
  expect(ends).toEqual([
    { position: 1, previous: null, next: '2' },
    { position: 450, previous: '449', next: null },
  ]);
  expect(await ask({ kind: 'neighbours', id: '1', sort: [] }, [RED])).toBeNull();
});

test('a typed name is offered before names that merely contain it, a number by its number', async () => {
  const described = { ...table.dataset, searched: ['called', 'part_no', 'colour'] };
  const found = async (text: string) =>
    (await findRows(described, text, 8, ask)).map((row) => titleOfRow(described, row));
  expect(await found('wid')).toEqual(['Widget', 'Not-wid']);
  expect(await found('#42')).toEqual(['Part-42']);
  // Its name contains its number, too: it is offered once.
  expect((await found('42')).slice(0, 2)).toEqual(['Part-42', 'Part-142']);
  expect(await found('red')).toHaveLength(8);
  expect(await found('  ')).toEqual([]);
});
