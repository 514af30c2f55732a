import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallInput } from '../../src/preload/contract/calls';
import type { Filter } from '../../src/preload/contract/filters';
import type { Asked, Question } from '../../src/preload/contract/questions';
import { served, servedMany } from '../helpers/documents';
import { serve } from '../helpers/gather-into';
import { runCli } from '../helpers/run-cli';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';

/** Version 1 has six Pokémon; in version 2 the first is taller and the last has left. */
let app: ServedApp;
let data: string;
const atEnd: (() => unknown)[] = [];
const later = (work: () => unknown) => void atEnd.unshift(work);

afterAll(async () => {
  for (const work of atEnd) await work();
});

beforeAll(async () => {
  const server = await serve(servedMany(6), later);
  data = await temporaryFolder(later);
  const flags = ['--source', server.url, '--data', data, '--games', 'all'];
  expect((await runCli(['refresh', ...flags])).code).toBe(0);
  server.documents = [served({ id: 1, height: 99 }), ...servedMany(6).slice(1, 5)];
  expect((await runCli(['refresh', ...flags])).code).toBe(0);
  app = await serveReadyApp(data, later);
});

async function open(request: Omit<CallInput<'datasets.open'> & { from: 'version' }, 'from'>) {
  const outcome = await app.call('datasets.open', { from: 'version', ...request });
  if (outcome.kind !== 'opened') throw new Error('not opened');
  return outcome.dataset;
}

async function ask(dataset: string, ...asked: Asked[]): Promise<unknown[]> {
  return (await app.call('explore.ask', { dataset, asked })).answers;
}

const SUMMARY: Question = { kind: 'summary', of: [{ column: 'height', as: 'max' }] };
const HISTOGRAM: Question = { kind: 'histogram', column: 'height', bins: 5 };
const ROWS: Question = { kind: 'rows', columns: ['id', 'height'], sort: [], from: 0, count: 10 };
const TALL: Filter = { kind: 'range', column: 'height', min: 50 };

describe('the data as of a version', () => {
  test('are the rows that it had, described as the published ones', async () => {
    const { described } = await open({ version: 1 });
    expect(described).toMatchObject({
      key: 'version@1',
      kind: 'version',
      rows: 6,
      row: { key: 'id', title: 'name' },
      versions: { now: { version: 1, rows: 6 } },
    });
    const [summary, rows] = await ask(
      described.key,
      { question: SUMMARY, filters: [] },
      { question: ROWS, filters: [] },
    );
    expect(summary).toMatchObject({ n: 6, total: 6 });
    const sql = await runCli([
      'query',
      'SELECT id, height FROM pokemon',
      '--version',
      '1',
      '--json',
      '--data',
      data,
    ]);
    const told = JSON.parse(sql.stdout) as { id: number; height: number }[];
    expect(rows).toEqual({
      columns: ['id', 'height'],
      rows: told.map(({ id, height }) => ({ id: String(id), cells: [id, height] })),
    });
  });

  test('are open once, and beside no more than one other version', async () => {
    await open({ version: 1 });
    await open({ version: 1 });
    await open({ version: 2 });
    const { open: tables } = await app.call('datasets.list', {});
    expect(tables.map(({ key, sqlName }) => [key, sqlName])).toEqual([
      ['version@1', 'pokemon_v1'],
      ['version@2', 'pokemon_v2'],
    ]);
    const { rows } = await app.call('sql.run', {
      sql: 'SELECT count(*) FROM pokemon_v1 JOIN pokemon_v2 USING (id)',
    });
    expect(rows).toEqual([[5]]);
  });

  test.each([
    [3, 'There is no version 3.'],
    [99, 'There is no version 99.'],
  ])('of version %i, which never was, are refused by name', async (version, message) => {
    await expect(open({ version })).rejects.toThrow(message);
  });
});

describe('one version against another', () => {
  test('answers of both by the same bins, each of its own rows', async () => {
    const { described } = await open({ version: 2, against: 1 });
    expect(described).toMatchObject({
      key: 'comparison@2.1',
      rows: 5,
      versions: { now: { version: 2, rows: 5 }, before: { version: 1, rows: 6 } },
    });
    const [now, before, bins, binsBefore, tall, tallBefore, rows] = await ask(
      described.key,
      { question: SUMMARY, filters: [] },
      { question: SUMMARY, filters: [], side: 'before' },
      { question: HISTOGRAM, filters: [] },
      { question: HISTOGRAM, filters: [], side: 'before' },
      { question: SUMMARY, filters: [TALL] },
      { question: SUMMARY, filters: [TALL], side: 'before' },
      { question: ROWS, filters: [] },
    );
    expect(now).toEqual({ n: 5, total: 5, values: [{ value: 99, exact: true }] });
    expect(before).toMatchObject({ n: 6, total: 6 });
    const [shape, shapeBefore] = [bins, binsBefore] as { edges: number[]; counts: number[] }[];
    expect(shape?.edges).toEqual(shapeBefore?.edges);
    const sum = (counts: number[] = []) => counts.reduce((total, n) => total + n, 0);
    expect([sum(shape?.counts), sum(shapeBefore?.counts)]).toEqual([5, 6]);
    expect([tall, tallBefore]).toMatchObject([
      { n: 1, total: 5 },
      { n: 0, total: 6 },
    ]);
    // Rows keep the id by which everything else knows them.
    const idsOf = (answer: unknown) =>
      (answer as { rows: { id: string }[] }).rows.map(({ id }) => id);
    expect(idsOf(rows)).toEqual(['1', '2', '3', '4', '5']);
    const [named] = await ask(described.key, {
      question: { kind: 'byId', ids: ['1'] },
      filters: [],
    });
    expect(idsOf(named)).toEqual(['1']);
    expect(JSON.stringify(named)).toContain('99');
  });

  test('is refused with itself', async () => {
    await expect(open({ version: 2, against: 2 })).rejects.toThrow('no different from itself');
  });
});
