import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { ScheduleState } from '../../src/preload/contract/calls';
import { acquireWriterLock } from '../../src/main/base/writer-lock';
import { dataPaths } from '../../src/main/base/data-folder';
import { served, servedMany } from '../helpers/documents';
import { gatherInto, serve } from '../helpers/gather-into';
import { processInto } from '../helpers/land-documents';
import type { PokeapiServer } from '../helpers/pokeapi-server';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { atSuiteEnd } from '../helpers/suite-end';
import { temporaryFolder } from '../helpers/temporary-folder';

const atEnd = atSuiteEnd();
let server: PokeapiServer;
/** Data of a source that says nothing of how long its documents stay fresh. */
let made: string;

beforeAll(async () => {
  server = await serve(servedMany(6), atEnd);
  server.maxAge = null;
  made = await temporaryFolder(atEnd);
  await gatherInto(made, server);
  await processInto(made, { games: 'all' });
});

beforeEach(() => {
  server.documents = servedMany(6);
  server.fault = () => false;
});

async function scheduledApp() {
  const data = await temporaryFolder();
  await cp(made, data, { recursive: true });
  const app = await serveReadyApp(data);
  const settings = { source: server.url, games: 'all', sprites: false } as const;
  await app.call('settings.save', { settings });
  return { app, data };
}

const versionOf = async (app: ServedApp) => (await app.call('app.start', {})).dataset?.version;

function told(app: ServedApp): ScheduleState[] {
  return app.events.flatMap(({ name, payload }) => (name === 'schedule.changed' ? [payload] : []));
}

test('a set schedule refreshes unasked, says when the next is, and stops once it is off', async () => {
  const { app, data } = await scheduledApp();
  expect((await app.call('app.start', {})).schedule).toEqual({
    next: null,
    failures: 0,
    error: null,
    missed: null,
  });
  server.documents = [served({ id: 1, height: 99 }), ...servedMany(6).slice(1)];
  await app.call('settings.save', { settings: { schedule: 'hourly' } });
  await expect.poll(() => versionOf(app)).toBe(2);
  await expect.poll(() => told(app).at(-1)?.next ?? null).not.toBeNull();
  const { next } = (await app.call('app.start', {})).schedule;
  const hours = (Date.parse(next ?? '') - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(0.9);
  expect(hours).toBeLessThanOrEqual(1);
  // Nobody pressed a button: no page opens its panel for it.
  const running = app.events.flatMap(({ name, payload }) =>
    name === 'refresh.changed' && payload.state === 'running' ? [payload.scheduled] : [],
  );
  expect(new Set(running)).toEqual(new Set([true]));
  await app.call('settings.save', { settings: { schedule: 'off' } });
  await expect.poll(() => told(app).at(-1)?.next).toBeNull();
  const lines = (await readFile(join(data, 'runs.ndjson'), 'utf8')).trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { outcome?: string }).outcome)).toEqual([
    undefined,
    'published',
  ]);
});

test('an app that starts again goes on with its schedule, and does not begin it again', async () => {
  const { app, data } = await scheduledApp();
  await app.call('settings.save', { settings: { schedule: 'daily' } });
  await expect.poll(() => told(app).at(-1)?.next ?? null).not.toBeNull();
  const { next } = (await app.call('app.start', {})).schedule;
  app.kill('SIGTERM');
  await app.ended;
  server.clearLog();
  const again = await serveReadyApp(data);
  await expect.poll(async () => (await again.call('app.start', {})).schedule.next).toBe(next);
  expect(server.log).toEqual([]);
});

test('a failure is counted and tried again; another writer is waited for without a word', async () => {
  const { app, data } = await scheduledApp();
  const lock = await acquireWriterLock(dataPaths(data), 'test');
  await app.call('settings.save', { settings: { schedule: '1h' } });
  await expect.poll(() => told(app).at(-1)?.next ?? null).not.toBeNull();
  expect((await app.call('app.start', {})).refresh).toEqual({ state: 'idle' });
  expect(app.events.filter(({ name }) => name === 'refresh.changed')).toEqual([]);
  server.fault = (_path, { response }) => {
    response.writeHead(404).end();
    return true;
  };
  await lock.release();
  await expect.poll(() => told(app).at(-1)?.failures).toBe(1);
  const { next, error } = told(app).at(-1) ?? {};
  expect(error?.message).toContain('404');
  expect(Date.parse(next ?? '') - Date.now()).toBeLessThan(61_000);
});

test('a schedule of often, 0h or 9999d is refused', async () => {
  const { app } = await scheduledApp();
  for (const schedule of ['often', '0h', '9999d']) {
    const saving = app.call('settings.save', { settings: { schedule } });
    await expect(saving, schedule).rejects.toThrow(/hourly/);
  }
});
