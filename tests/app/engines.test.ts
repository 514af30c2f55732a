import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { whenBusy } from '../helpers/busy-machine';
import { servedMany } from '../helpers/documents';
import { PokeapiServer } from '../helpers/pokeapi-server';
import { rounds } from '../helpers/rounds';
import { runCli } from '../helpers/run-cli';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';

let app: ServedApp;
const atEnd: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const server = await new PokeapiServer(servedMany(50)).listen();
  const data = await temporaryFolder((work) => void atEnd.unshift(work));
  await runCli(['refresh', '--source', server.url, '--data', data]);
  await server.close();
  app = await serveReadyApp(data, (work) => void atEnd.unshift(work));
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

const KILLS = rounds(2, 5);

const ENDLESS =
  'SELECT count(*) FROM range(1000000000000) a, pokemon WHERE a.range % 7 = pokemon.id % 5';

const SUMMARY = { asked: [{ question: { kind: 'summary' as const }, filters: [] }] };

async function count(): Promise<unknown> {
  const { answers } = await app.call('explore.ask', SUMMARY);
  return answers[0] !== null && answers[0] !== undefined && 'n' in answers[0] && answers[0].n;
}

test('charts survive their engine being killed, again and again, while they are asked', async () => {
  for (let round = 0; round < KILLS; round += 1) {
    const after = app.events.length;
    const asked = Array.from({ length: 8 }, () => count());
    for (const pid of app.engines()) process.kill(pid, 'SIGKILL');
    const killed = performance.now();
    // Not one of them fails: those in flight are asked again.
    expect(await Promise.all(asked)).toEqual(Array<number>(8).fill(50));
    expect(await count()).toBe(50);
    // The contract says about a second; the rest is for a busy machine.
    expect(performance.now() - killed).toBeLessThan(whenBusy(5_000));
    await app.event(({ name }) => name === 'engine.restarted', after);
  }
});

test('an engine killed while nobody asks is back before anybody does', async () => {
  await count();
  const [before] = app.engines();
  const after = app.events.length;
  if (before === undefined) throw new Error('no engine runs');
  process.kill(before, 'SIGKILL');
  await app.event(({ name }) => name === 'engine.restarted', after);
  const [now] = app.engines();
  expect(now).toBeDefined();
  expect(now).not.toBe(before);
  expect(await count()).toBe(50);
});

test('the console has an engine of its own: a query without end does not hold up the charts', async () => {
  const id = 'endless query';
  const endless = app.answer('sql.run', { sql: ENDLESS, id });
  await expect.poll(() => app.engines().length).toBe(2);
  expect(await count()).toBe(50);
  const asked = performance.now();
  await app.call('sql.cancel', { id });
  expect(await endless).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(performance.now() - asked).toBeLessThan(whenBusy(4_000));
  expect((await app.call('sql.run', { sql: 'SELECT 1' })).rows).toEqual([[1]]);
});

test('a console whose engine dies under a query says so, and the next query works', async () => {
  await app.call('sql.run', { sql: 'SELECT 1' });
  let ended = false;
  const endless = app.answer('sql.run', { sql: ENDLESS }).finally(() => (ended = true));
  // Again where the query had not reached its engine yet, which nobody can see from here.
  for (await sleep(300); !ended; await sleep(1000)) {
    // Whichever is the console's: the other one is back by itself.
    for (const pid of app.engines()) process.kill(pid, 'SIGKILL');
  }
  const answer = await endless;
  expect(answer.ok ? 'a result' : answer.error.code).toBe('engine-died');
  expect((await app.call('sql.run', { sql: 'SELECT count(*) FROM pokemon' })).rows).toEqual([[50]]);
  expect(await count()).toBe(50);
});

test('the console states its cap and gives no more rows', async () => {
  const result = await app.call('sql.run', { sql: 'SELECT * FROM range(10001)' });
  expect([result.rows.length, result.truncated, result.max_rows]).toEqual([10_000, true, 10_000]);
  const all = await app.call('sql.run', { sql: 'SELECT * FROM range(10000)' });
  expect([all.rows.length, all.truncated]).toEqual([10_000, false]);
});

test('every kind of value crosses as JSON, and no digit of a large number is lost', async () => {
  const { columns, rows } = await app.call('sql.run', {
    sql: `SELECT 1::BIGINT AS a, 9007199254740993::BIGINT AS b, 'NaN'::DOUBLE AS c,
      'Infinity'::DOUBLE AS d, DATE '2026-08-08' AS e, [1, NULL]::BIGINT[] AS f,
      {'k': 9007199254740993} AS g, NULL AS h, '<b>' AS i, true AS j, 0.5::DECIMAL(3,1) AS k,
      18446744073709551616::HUGEINT AS l, -0.5::FLOAT AS m`,
  });
  expect(columns.map(({ name }) => name).join('')).toBe('abcdefghijklm');
  expect(rows).toEqual([
    [
      1,
      '9007199254740993',
      'NaN',
      'Infinity',
      '2026-08-08',
      [1, null],
      ['9007199254740993'],
      null,
      '<b>',
      true,
      '0.5',
      '18446744073709551616',
      -0.5,
    ],
  ]);
});

test('a result that is too large as it is written is answered with what to do', async () => {
  // 90 MB of characters that take six each as JSON.
  const answer = await app.answer('sql.run', {
    sql: 'SELECT repeat(chr(1), 9000) FROM range(10000)',
  });
  expect(answer).toMatchObject({
    ok: false,
    error: { code: 'query-limit', message: 'The result is larger than 60 MB.' },
  });
});

test('the console reaches nothing outside the data', async () => {
  for (const sql of [
    `SELECT * FROM read_text('/etc/hostname')`,
    `COPY pokemon TO '/tmp/stolen.csv'`,
    `ATTACH '/tmp/x.db'`,
    'INSTALL httpfs',
    'SELECT 1; SELECT 2',
  ]) {
    const answer = await app.answer('sql.run', { sql });
    expect([sql, answer.ok]).toEqual([sql, false]);
  }
});

test('a card that makes no sense is refused with a sentence', async () => {
  const answer = await app.answer('explore.ask', {
    asked: [{ question: { kind: 'histogram', column: 'name', bins: 10 }, filters: [] }],
  });
  expect(answer).toMatchObject({
    ok: false,
    error: { code: 'bad-view', message: 'The column name holds no numbers.' },
  });
});
