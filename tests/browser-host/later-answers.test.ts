import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, afterAll, expect, test } from 'vitest';
import { CALL_HEADER, KEY_HEADER } from '../../src/preload/contract/host-session';
import { whenBusy } from '../helpers/busy-machine';
import { ENDLESS } from '../helpers/endless';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';

/** What a page's own bridge does with calls that take long, spoken by hand. */

const atEnd: (() => Promise<void>)[] = [];
let app: ServedApp;

beforeAll(async () => {
  const folder = await snapshotData((work) => void atEnd.unshift(work));
  app = await serveReadyApp(folder, (work) => void atEnd.unshift(work));
}, 60_000);
afterAll(async () => {
  for (const work of atEnd) await work();
});

/** A second of work. */
const LONG = 'SELECT count(*) FROM range(15000) a, range(15000) b WHERE a.range * b.range % 7 = 3';

const newId = () => randomBytes(16).toString('hex');

function call(name: string, request: object, id: string) {
  return app.page(`/call/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [CALL_HEADER]: id },
    body: JSON.stringify(request),
  });
}

const run = (sql: string, id: string) => call('sql.run', { sql, id }, id);

const post = (path: string) => app.page(path, { method: 'POST' });

async function answered(id: string): Promise<void> {
  await app.event(
    (event) =>
      (event as { name: string }).name === 'call.answered' && (event.payload as unknown) === id,
  );
}

test('a call that takes long gives its connection back, and its answer is asked for', async () => {
  const id = newId();
  const first = await run(LONG, id);
  expect([first.status, first.body.length]).toEqual([202, 0]);
  expect((await post(`/answer/${id}`)).status).toBe(202);
  await answered(id);
  const { status, headers, body } = await post(`/answer/${id}`);
  expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
  expect(Number(headers['content-length'])).toBe(body.length);
  expect(JSON.parse(body.toString())).toMatchObject({
    ok: true,
    result: { rows: [[expect.any(Number)]], truncated: false },
  });
  // It is not kept for longer.
  expect((await post(`/answer/${id}`)).status).toBe(404);
});

test('a call that is answered soon is answered at once; one without an id keeps its connection', async () => {
  expect((await call('sql.history', {}, newId())).status).toBe(200);
  expect((await app.call('sql.run', { sql: LONG })).rows.length).toBe(1);
});

test('an error that comes late is an answer as well', async () => {
  const id = newId();
  await run(`SELECT error('no more') FROM (${LONG}) t(n) WHERE n > 0`, id);
  await answered(id);
  const { body } = await post(`/answer/${id}`);
  expect(JSON.parse(body.toString())).toMatchObject({ ok: false, error: { code: 'bad-query' } });
});

test('what its page forgets is ended', async () => {
  const id = newId();
  expect((await run(ENDLESS, id)).status).toBe(202);
  expect((await post(`/forget/${id}`)).status).toBe(204);
  expect((await post(`/answer/${id}`)).status).toBe(404);
  // The console is free again long before the query's time is over.
  const started = performance.now();
  expect((await app.call('sql.run', { sql: 'SELECT 1' })).rows).toEqual([[1]]);
  expect(performance.now() - started).toBeLessThan(whenBusy(15_000));
});

test('a page that leaves before it heard of a later answer has its query ended', async () => {
  const id = newId();
  const asked = httpRequest(`${app.origin}/call/sql.run`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie: app.cookie,
      [KEY_HEADER]: app.key,
      [CALL_HEADER]: id,
    },
  });
  asked.on('error', () => {});
  asked.end(JSON.stringify({ sql: ENDLESS, id }));
  await sleep(100);
  asked.destroy();
  const started = performance.now();
  expect((await app.call('sql.run', { sql: 'SELECT 1' })).rows).toEqual([[1]]);
  expect(performance.now() - started).toBeLessThan(whenBusy(15_000));
});

test('answers are nobody’s who has the cookie alone, and are asked for by POST', async () => {
  const id = newId();
  for (const path of [`/answer/${id}`, `/forget/${id}`]) {
    const headers = { cookie: app.cookie };
    expect((await app.send(path, { method: 'POST', headers })).status).toBe(403);
    expect((await app.page(path)).status).toBe(405);
  }
});
