import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SavedFile } from '../../src/preload/contract/calls';
import { whenBusy } from '../helpers/busy-machine';
import { servedMany } from '../helpers/documents';
import { PokeapiServer } from '../helpers/pokeapi-server';
import { runCli } from '../helpers/run-cli';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';

const FIRST = 20;
const ENDLESS =
  'SELECT count(*) FROM range(1000000000000) a, pokemon WHERE a.range % 7 = pokemon.id % 5';
const SUMMARY = { asked: [{ question: { kind: 'summary' as const }, filters: [] }] };

let app: ServedApp;
let data: string;
/** Rows of each version, by its number. */
const rowsOf = new Map<unknown, number>();
const atEnd: (() => Promise<void>)[] = [];

beforeAll(async () => {
  data = await temporaryFolder((work) => void atEnd.unshift(work));
  await publish(FIRST);
  app = await serveReadyApp(data, (work) => void atEnd.unshift(work));
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

/** As another process does it while the app runs. */
async function publish(rows: number): Promise<number> {
  const server = await new PokeapiServer(servedMany(rows)).listen();
  const { stdout } = await runCli(['refresh', '--source', server.url, '--data', data, '--json']);
  await server.close();
  const { version } = JSON.parse(stdout) as { version: number };
  rowsOf.set(version, rows);
  return version;
}

/** The rows of a downloaded CSV, without its head. */
async function exported(saved: SavedFile): Promise<number> {
  if (saved.kind !== 'download') throw new Error(`not a download: ${saved.kind}`);
  const { body } = await app.page(saved.url);
  const rows = body.toString('utf8').trim().split('\n').length - 1;
  expect(rows).toBe(saved.rows);
  return rows;
}

async function charts(): Promise<{ version: number; n: unknown }> {
  const { version, answers } = await app.call('explore.ask', SUMMARY);
  const [summary] = answers;
  return { version, n: summary && 'n' in summary ? summary.n : null };
}

async function expectOneVersion(): Promise<void> {
  const { version, n } = await charts();
  expect([version, n]).toEqual([version, rowsOf.get(version)]);
  const sql = await app.call('sql.run', { sql: 'SELECT count(*) FROM pokemon' });
  expect(sql.rows).toEqual([[rowsOf.get(sql.version)]]);
}

test('what another process publishes is seen by everything at once, and until then by nothing', async () => {
  await app.call('sql.run', { sql: 'SELECT 1' });
  const after = app.events.length;
  const version = await publish(FIRST + 7);
  // Nobody was told yet, so the page still shows, counts and exports the version before.
  const before = { version: version - 1, format: 'csv' as const, view: null };
  expect(await exported(await app.call('export.data', before))).toBe(FIRST);
  const told = await app.event(({ name }) => name === 'dataset.changed', after);
  expect(told.payload).toMatchObject({ version, rows: FIRST + 7 });
  expect(await charts()).toEqual({ version, n: FIRST + 7 });
  expect(await app.call('sql.run', { sql: 'SELECT count(*) FROM pokemon' })).toMatchObject({
    version,
    rows: [[FIRST + 7]],
  });
  expect((await app.call('history.list', {}))[0]).toMatchObject({ version, rows: FIRST + 7 });
  expect(await exported(await app.call('export.data', { ...before, version }))).toBe(FIRST + 7);
  // A page that has not heard of it exports what its menu counts.
  expect(await exported(await app.call('export.data', before))).toBe(FIRST);
});

test('whatever is asked while versions come and engines die, each answer is of one version', async () => {
  let publishing = true;
  const published = (async () => {
    for (let more = 10; more < 12; more += 1) {
      rowsOf.set(more - 10 + 3, FIRST + more);
      await publish(FIRST + more);
      for (const pid of app.engines()) process.kill(pid, 'SIGKILL');
    }
    publishing = false;
  })();
  while (publishing) {
    await expectOneVersion().catch((error: unknown) => {
      // A console query whose engine is killed says so; that it may be wrong is what is tested.
      if (!(error instanceof Error && /stopped unexpectedly/.test(error.message))) throw error;
    });
    const [newest] = await app.call('history.list', {});
    expect(newest?.rows).toBe(rowsOf.get(newest?.version));
  }
  await published;
  const newest = Math.max(...[...rowsOf.keys()].map(Number));
  await expect.poll(async () => (await charts()).version).toBe(newest);
  await expectOneVersion();
});

test('a cancel ends the query of that id and no other page’s', async () => {
  const mine = app.answer('sql.run', { sql: ENDLESS, id: 'first page' });
  await sleep(300);
  const theirs = app.answer('sql.run', { sql: 'SELECT 42', id: 'second page' });
  const waits = app.answer('sql.run', { sql: 'SELECT 43', id: 'third page' });
  await app.call('sql.cancel', { id: 'no such id' });
  await sleep(200);
  // One that waits ends at once; those before and behind it go on.
  await app.call('sql.cancel', { id: 'third page' });
  expect(await waits).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  await app.call('sql.cancel', { id: 'first page' });
  expect(await mine).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(await theirs).toMatchObject({ ok: true, result: { rows: [[42]] } });
});

test('two pages export at once, and each is told of its own', async () => {
  const after = app.events.length;
  const [one, other] = await Promise.all(
    ['page one', 'page two'].map((id) =>
      app.call('export.data', { id, format: 'csv', view: null }),
    ),
  );
  if (one === undefined || other === undefined) throw new Error('no answer');
  expect(await exported(one)).toBe(await exported(other));
  await app.call('export.cancel', { id: 'page one' });
  const told = app.events
    .slice(after)
    .flatMap((event) => (event.name === 'export.progressed' ? [event.payload] : []));
  for (const id of ['page one', 'page two']) {
    const own = told.filter((progress) => progress.id === id);
    expect(own.at(-1)).toEqual({ id, progress: null });
  }
});

test('what a closed tab leaves running is ended', async () => {
  const asked = httpRequest(`${app.origin}/call/sql.run`, {
    method: 'POST',
    headers: { cookie: app.cookie, 'content-type': 'application/json' },
  });
  asked.on('error', () => {});
  asked.end(JSON.stringify({ sql: ENDLESS }));
  await sleep(500);
  asked.destroy();
  const started = performance.now();
  expect((await app.call('sql.run', { sql: 'SELECT 1' })).rows).toEqual([[1]]);
  // The time limit of the endless one is a minute.
  expect(performance.now() - started).toBeLessThan(whenBusy(10_000));
});
