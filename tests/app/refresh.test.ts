import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_GAMES } from '../../src/preload/contract/dataset';
import type { RefreshState } from '../../src/preload/contract/calls';
import type { Settings } from '../../src/preload/contract/settings';
import { whenBusy } from '../helpers/busy-machine';
import { served, servedMany } from '../helpers/documents';
import { documentPath, faultOn, faultOnList, status } from '../helpers/faults';
import { serve } from '../helpers/gather-into';
import type { PokeapiServer, ServedDocument } from '../helpers/pokeapi-server';
import { runCli } from '../helpers/run-cli';
import { type ServedApp, serveReadyApp, type ToldEvent } from '../helpers/served-app';
import { atSuiteEnd } from '../helpers/suite-end';
import { temporaryFolder } from '../helpers/temporary-folder';
import { acquireWriterLock } from '../../src/main/base/writer-lock';
import { dataPaths } from '../../src/main/base/data-folder';

const SETTINGS: Settings = {
  source: 'http://127.0.0.1:1/api/v2',
  concurrency: 4,
  games: [...DEFAULT_GAMES],
  theme: 'dark',
  locale: 'en-US',
  sprites: false,
  schedule: 'off',
};

/** Another Pokémon in the place of number 60, heavier than all. */
const WITH_70 = [...servedMany(59), served({ id: 70, weight: 1000 })];

interface Begun {
  app: ServedApp;
  /** The version that the app shows. */
  version: number;
}

async function count(app: ServedApp): Promise<{ version: number; n: unknown }> {
  const { version, answers } = await app.call('explore.ask', {
    asked: [{ question: { kind: 'summary' }, filters: [] }],
  });
  const [summary] = answers;
  return { version, n: summary && 'n' in summary ? summary.n : null };
}

function refreshes(events: readonly ToldEvent[]): RefreshState[] {
  return events.flatMap((event) => (event.name === 'refresh.changed' ? [event.payload] : []));
}

/** Threads of a process that have a lower priority than usual. */
async function niceThreads(pid: number): Promise<number> {
  const tasks = await readdir(`/proc/${pid}/task`);
  const stats = await Promise.allSettled(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/stat`, 'utf8')),
  );
  return stats.filter((stat) => {
    // A thread may have ended meanwhile. The name, in brackets, may hold spaces.
    if (stat.status === 'rejected') return false;
    return Number(stat.value.slice(stat.value.lastIndexOf(')') + 2).split(' ')[16]) > 0;
  }).length;
}

describe('refresh', () => {
  const atEnd = atSuiteEnd();
  let data: string;
  let server: PokeapiServer;
  let shared: ServedApp;

  beforeAll(async () => {
    server = await serve(servedMany(40), atEnd);
    data = await temporaryFolder(atEnd);
    const first = await runCli(['refresh', '--source', server.url, '--data', data, '--json']);
    expect(first.stderr).toBe('');
    shared = await serveReadyApp(data, atEnd);
    await shared.call('settings.save', { settings: { ...SETTINGS, source: server.url } });
  });

  /**
   * The app of all these tests, once it shows `documents`, which the source has too. In file order
   * it does so already: a refresh costs more than most tests.
   */
  async function begin(documents: ServedDocument[]): Promise<Begun> {
    server.fault = () => false;
    const { version, n } = await count(shared);
    if (n === documents.length && isDeepStrictEqual(documents, server.documents)) {
      return { app: shared, version };
    }
    server.documents = documents;
    expect((await shared.refresh()).state).toBe('done');
    return { app: shared, version: (await count(shared)).version };
  }

  test('charts answer from the old version all through a refresh, with no gap', async () => {
    const { app, version } = await begin(servedMany(40));
    server.documents = servedMany(60);
    server.fault = (_path, { normal }) => {
      setTimeout(normal, 40);
      return true;
    };
    const [before, after] = [`${version}:40`, `${version + 1}:60`];
    const ending = app.refresh();
    let done = false;
    void ending.then(() => (done = true));
    const seen = new Map<string, number>();
    while (!done) {
      const answer = await count(app);
      const key = `${answer.version}:${String(answer.n)}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    await count(app);
    expect((await ending).state).toBe('done');
    expect([...seen.keys()].every((key) => key === before || key === after)).toBe(true);
    expect(seen.get(before) ?? 0).toBeGreaterThan(3);
    expect(await count(app)).toEqual({ version: version + 1, n: 60 });
    // The engine that served the old version is gone; nobody has asked SQL yet.
    await expect.poll(() => app.engines().length).toBe(1);
  });

  test('new documents are on the screen without a restart, and what changed is told', async () => {
    const { app, version } = await begin(servedMany(60));
    expect(await count(app)).toEqual({ version, n: 60 });
    server.documents = WITH_70;
    const after = app.events.length;
    const ended = await app.refresh();
    expect(ended).toMatchObject({
      state: 'done',
      report: {
        version: version + 1,
        inserted: 1,
        deleted: 1,
        updated: 0,
        in_scope: 60,
        failed: [],
      },
    });
    expect(await count(app)).toEqual({ version: version + 1, n: 60 });
    // The page learns of the new version before it is told that all is done.
    const names = app.events
      .slice(after)
      .map(({ name, payload }) => (name === 'refresh.changed' ? payload.state : name));
    expect(names.slice(-2)).toEqual(['dataset.changed', 'done']);
    const changes = await app.call('changes.list', { version: version + 1 });
    expect(changes.map(({ change, id }) => [change, id])).toEqual([
      ['delete', 60],
      ['insert', 70],
    ]);
    const history = await app.call('history.list', {});
    expect(history.slice(0, 2).map((entry) => entry.version)).toEqual([version + 1, version]);
    // The console sees the same version.
    const sql = await app.call('sql.run', { sql: 'SELECT max(weight_kg) FROM pokemon' });
    expect(sql.rows).toEqual([[100]]);
  });

  test.runIf(process.platform === 'linux')(
    'the thread of a refresh lets those that answer the charts go first',
    async () => {
      const { app, version } = await begin(WITH_70);
      let release = () => {};
      const held = new Promise<void>((resolve) => (release = resolve));
      server.documents = servedMany(61);
      server.fault = (_path, { normal }) => {
        void held.then(normal);
        return true;
      };
      expect(await niceThreads(app.pid)).toBe(0);
      const ended = app.refresh();
      await expect.poll(() => niceThreads(app.pid)).toBeGreaterThanOrEqual(1);
      release();
      expect(await ended).toMatchObject({ state: 'done', report: { version: version + 1 } });
      await expect.poll(() => niceThreads(app.pid)).toBe(0);
    },
  );

  test('progress is told as it goes, not more often than a person can see', async () => {
    const { app } = await begin(servedMany(61));
    server.fault = (_path, { normal }) => {
      setTimeout(normal, 60);
      return true;
    };
    const after = app.events.length;
    const started = performance.now();
    await app.refresh(true);
    const tenths = (performance.now() - started) / 100;
    const running = refreshes(app.events.slice(after)).filter((event) => event.state === 'running');
    const done = running.flatMap(({ progress }) =>
      progress?.phase === 'gather' ? [progress.done] : [],
    );
    expect(done.length).toBeGreaterThan(3);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(running.length).toBeLessThan(tenths + 3);
    const gathering = running.find(({ progress }) => progress?.phase === 'gather');
    expect(gathering?.progress).toMatchObject({ total: 61, retries: 0, failed: 0 });
  });

  test('the person’s own concurrency is kept to', async () => {
    const { app } = await begin(servedMany(61));
    server.mostInFlight = 0;
    server.fault = (_path, { normal }) => {
      setTimeout(normal, 10);
      return true;
    };
    await app.refresh(true);
    expect(server.mostInFlight).toBe(4);
  });

  test('cancel ends it soon, what was published stays, and the next one completes', async () => {
    const { app, version } = await begin(servedMany(61));
    server.documents = servedMany(80);
    server.fault = (_path, { normal }) => {
      setTimeout(normal, 100);
      return true;
    };
    const logFile = join(dataPaths(data).log, 'pokedex.log');
    const logged = (await readFile(logFile, 'utf8')).length;
    const after = app.events.length;
    const ending = app.refresh(true);
    await app.event(
      ({ name, payload }) =>
        name === 'refresh.changed' &&
        payload.state === 'running' &&
        payload.progress?.phase === 'gather' &&
        payload.progress.done > 0,
      after,
    );
    const asked = performance.now();
    await app.call('refresh.cancel', {});
    expect(await ending).toMatchObject({ state: 'failed', error: { code: 'cancelled' } });
    // The contract says one second; the rest is for a busy machine.
    expect(performance.now() - asked).toBeLessThan(whenBusy(4_000));
    expect(await count(app)).toEqual({ version, n: 61 });
    // A person's own cancel is nothing that went wrong.
    const log = (await readFile(logFile, 'utf8')).slice(logged);
    expect(log).not.toMatch(/fail|cancelled/);
    server.fault = () => false;
    expect(await app.refresh()).toMatchObject({ state: 'done', report: { version: version + 1 } });
    expect(await count(app)).toEqual({ version: version + 1, n: 80 });
  });

  test('a cancel that comes before the threads have loaded ends it just as soon', async () => {
    const { app } = await begin(servedMany(80));
    for (const wait of [0, 5, 20, 60]) {
      const ending = app.refresh(true);
      await new Promise((resolve) => setTimeout(resolve, wait));
      const asked = performance.now();
      await app.call('refresh.cancel', {});
      expect(await ending).toMatchObject({ state: 'failed', error: { code: 'cancelled' } });
      expect(performance.now() - asked).toBeLessThan(whenBusy(1000));
    }
    // The folder's lock is free again.
    expect(await app.refresh(true)).toMatchObject({ state: 'done' });
  });

  test('documents that fail are listed with their reasons, nothing is published, a retry heals', async () => {
    const documents = servedMany(80);
    const { app, version } = await begin(documents);
    server.documents = servedMany(82);
    const body = documents[6]?.body ?? Buffer.alloc(0);
    server.fault = faultOn(7, status(403), body);
    expect(await app.refresh(true)).toMatchObject({
      state: 'done',
      report: { version: null, failed: [{ id: 7, name: 'mon-7', reason: 'answered 403' }] },
    });
    expect(await count(app)).toEqual({ version, n: 80 });
    server.fault = () => false;
    expect(await app.refresh()).toMatchObject({
      state: 'done',
      report: { failed: [], version: version + 1 },
    });
    expect(await count(app)).toEqual({ version: version + 1, n: 82 });
  });

  test('a second refresh is refused with a sentence while one runs', async () => {
    const { app } = await begin(servedMany(82));
    const held: (() => void)[] = [];
    server.fault = (path, { normal }) => {
      if (path !== documentPath(3)) return false;
      held.push(normal);
      return true;
    };
    const ending = app.refresh(true);
    const second = await app.answer('refresh.start', { force: false });
    expect(second).toEqual({
      ok: false,
      error: {
        code: 'locked',
        message: 'A refresh is already running.',
        hint: 'Wait until it has ended, or cancel it.',
      },
    });
    await expect.poll(() => held.length).toBe(1);
    for (const normal of held) normal();
    expect((await ending).state).toBe('done');
  });

  test('a folder another process writes to is named as such, and charts go on', async () => {
    const { app, version } = await begin(servedMany(82));
    const lock = await acquireWriterLock(dataPaths(data), 'the other one');
    onTestFinished(() => lock.release());
    expect(await app.refresh()).toMatchObject({
      state: 'failed',
      error: { code: 'locked', message: expect.stringContaining('the other one') },
    });
    expect(await count(app)).toEqual({ version, n: 82 });
    await lock.release();
    expect((await app.refresh()).state).toBe('done');
  });

  test('a source that has no list leaves the data and says so', async () => {
    const { app, version } = await begin(servedMany(82));
    server.fault = faultOnList(status(404));
    expect(await app.refresh()).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('404'), hint: expect.any(String) },
    });
    expect(await count(app)).toEqual({ version, n: 82 });
  });

  test('what another process published is there when the page is loaded again', async () => {
    const { app, version } = await begin(servedMany(82));
    server.documents = servedMany(84);
    const other = await runCli(['refresh', '--source', server.url, '--data', data]);
    expect(other.code).toBe(0);
    expect((await app.call('app.start', {})).dataset).toMatchObject({
      version: version + 1,
      rows: 84,
    });
    expect(await count(app)).toEqual({ version: version + 1, n: 84 });
  });

  test('a refresh that finds nothing new is remembered, until a version is published', async () => {
    const { app, version } = await begin(servedMany(84));
    const checked = async (of: ServedApp) => (await of.call('app.start', {})).dataset?.checked;
    expect(await checked(app)).toBeNull();
    const after = app.events.length;
    const ended = await app.refresh();
    if (ended.state !== 'done') throw new Error(`the refresh ${ended.state}`);
    const check = { source: server.url, gathered_at: ended.report.gathered_at };
    expect(app.events.slice(after).find(({ name }) => name === 'dataset.changed')).toMatchObject({
      payload: { version, checked: check },
    });
    // In another program on the same folder too.
    const later = await serveReadyApp(data);
    expect(await checked(later)).toEqual(check);

    server.documents = [...servedMany(83), served({ id: 84, weight: 77 })];
    expect(await app.refresh()).toMatchObject({ state: 'done', report: { version: version + 1 } });
    expect(await checked(app)).toBeNull();
    expect(await checked(later)).toBeNull();
    // A refresh from the command line is seen at the next page.
    await runCli(['refresh', '--source', server.url, '--data', data, '--json']);
    expect(await checked(later)).toMatchObject({ source: server.url });
  });

  test('a lost pokemon.parquet is made again from the tables, not from the snapshot', async () => {
    const folder = await temporaryFolder();
    server.documents = servedMany(10);
    server.fault = () => false;
    await runCli(['refresh', '--source', server.url, '--data', folder]);
    const published = await readFile(join(folder, 'pokemon.parquet'));
    expect(published.length).toBeGreaterThan(1000);
    await rm(join(folder, 'pokemon.parquet'));
    const app = await serveReadyApp(folder);
    expect(await count(app)).toEqual({ version: 1, n: 10 });
    expect((await app.call('app.start', {})).dataset?.source).toBe(server.url);
  });
});
