import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import type { Question } from '../../src/preload/contract/questions';
import { served, servedMany } from '../helpers/documents';
import { serve } from '../helpers/gather-into';
import { runCli } from '../helpers/run-cli';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';

/** Version 1 has six Pokémon; in version 2 the first is heavier and the last has left. */
let app: ServedApp;
let data: string;
let refresh: () => Promise<void>;
let documents: (next: ReturnType<typeof servedMany>) => void;
const atEnd: (() => unknown)[] = [];
const later = (work: () => unknown) => void atEnd.unshift(work);

afterAll(async () => {
  for (const work of atEnd) await work();
});

beforeAll(async () => {
  const server = await serve(servedMany(6), later);
  data = await temporaryFolder(later);
  documents = (next) => (server.documents = next);
  refresh = async () => {
    const { code } = await runCli(['refresh', '--source', server.url, '--data', data]);
    expect(code).toBe(0);
  };
  await refresh();
  documents([served({ id: 1, weight: 100 }), ...servedMany(5).slice(1)]);
  await refresh();
  app = await serveReadyApp(data, later);
});

const sql = async (text: string) => (await app.call('sql.run', { sql: text })).rows;

const WHAT_CHANGED = `SELECT version, change, id, "column", before, after, delta FROM changes
  WHERE version > 1 ORDER BY id, "column" NULLS FIRST`;

/** Of version 2, by hand: 7 dm tall, 69 hg before and 100 hg after. */
const VERSION_2 = [
  [2, 'update', 1, 'bmi', 14.081632653061224, 20.408163265306122],
  [2, 'update', 1, 'weight', 69, 100],
  [2, 'update', 1, 'weight_kg', 6.9, 10],
].map(([version, change, id, column, before, after]) => {
  const text = (value: unknown) =>
    column === 'weight_kg' && value === 10 ? '10.0' : String(value);
  return [version, change, id, column, text(before), text(after), Number(after) - Number(before)];
});

test('the console has the change feed as a view, of the version that is shown', async () => {
  expect(await sql(WHAT_CHANGED)).toEqual([...VERSION_2, [2, 'delete', 6, null, null, null, null]]);
  expect(await sql(`SELECT count(*) FROM changes WHERE change = 'insert'`)).toEqual([[6]]);
  expect(
    await sql(`SELECT p.name, c.after FROM pokemon p JOIN changes c USING (id)
    WHERE c."column" = 'weight'`),
  ).toEqual([['Mon-1', '100']]);
});

test('it is a dataset for the linked cards, described and with a first view of its own', async () => {
  const outcome = await app.call('datasets.open', { from: 'changes' });
  if (outcome.kind !== 'opened') throw new Error('not opened');
  const { described, firstView } = outcome.dataset;
  expect(described).toMatchObject({
    key: 'changes@2',
    kind: 'changes',
    noun: { one: 'change', many: 'changes' },
    rows: 10,
    row: { key: null, title: 'name' },
  });
  const ask = async (question: Question, columns: string[] = []) => {
    const filters = columns.map((column) => ({
      ...{ kind: 'one-of' as const, columns: ['column'], values: [column], match: 'any' as const },
    }));
    const { answers } = await app.call('explore.ask', {
      dataset: described.key,
      asked: [{ question, filters }],
    });
    return answers[0];
  };
  expect(await ask({ kind: 'summary', of: [{ column: 'delta', as: 'max' }] }, ['weight'])).toEqual({
    n: 1,
    total: 10,
    values: [{ value: 31, exact: true }],
  });
  expect(JSON.stringify(await ask({ kind: 'counts', columns: ['change'], most: 5 }))).toContain(
    'insert',
  );
  const names = described.columns.map(({ name }) => name);
  const used = (firstView.cards ?? []).flatMap((card) => Object.values(card).flat());
  expect(names.filter((name) => used.includes(name))).toEqual(
    expect.arrayContaining(['version', 'timestamp', 'change', 'column', 'delta']),
  );
  // It is there once, and SQL has it once too.
  await app.call('datasets.open', { from: 'changes' });
  const { open } = await app.call('datasets.list', {});
  expect(open.map(({ key, sqlName }) => [key, sqlName])).toEqual([['changes@2', 'changes']]);
  expect(await sql('SELECT count(*) FROM changes')).toEqual([[10]]);
});

test('what another process publishes is in the view as soon as it is on the screen', async () => {
  documents([served({ id: 1, weight: 100 }), ...servedMany(4).slice(1)]);
  await refresh();
  await expect
    .poll(async () => {
      const result = await app.call('sql.run', { sql: 'SELECT max(version) FROM changes' });
      return [result.version, ...(result.rows[0] ?? [])];
    })
    .toEqual([3, 3]);
  const outcome = await app.call('datasets.open', { from: 'changes' });
  expect(outcome).toMatchObject({ dataset: { described: { key: 'changes@3', rows: 11 } } });
  // The one that was open before is still of its own version.
  const { answers } = await app.call('explore.ask', {
    dataset: 'changes@2',
    asked: [{ question: { kind: 'summary', of: [] }, filters: [] }],
  });
  expect(answers).toMatchObject([{ total: 10 }]);
});

test('query has the same view, also where a file of changes is damaged', async () => {
  const { changes } = dataPaths(data);
  const [first = '', second = ''] = (await readdir(changes)).sort();
  await writeFile(join(changes, second), 'PAR1 and no more PAR1');
  await rm(join(changes, first));
  const asked = await runCli(['query', WHAT_CHANGED, '--data', data, '--json']);
  const rows = JSON.parse(asked.stdout) as object[];
  expect(rows.slice(0, 3).map((row) => Object.values(row))).toEqual(VERSION_2);
});
