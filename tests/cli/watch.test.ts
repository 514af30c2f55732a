import { expect, onTestFinished, test } from 'vitest';
import { served, servedMany } from '../helpers/documents';
import { PokeapiServer } from '../helpers/pokeapi-server';
import { runCli, startCli } from '../helpers/run-cli';
import { temporaryFolder } from '../helpers/temporary-folder';

async function source(): Promise<PokeapiServer> {
  const server = await new PokeapiServer(servedMany(12)).listen();
  onTestFinished(() => server.close());
  return server;
}

function eventsOf(stdout: string): Record<string, unknown>[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('two runs: what changed meanwhile is a version, and each line is one event', async () => {
  const server = await source();
  server.maxAge = null;
  const data = await temporaryFolder();
  const flags = ['--data', data, '--source', server.url, '--games', 'all', '--json'];
  const first = await runCli(['watch', ...flags, '--every', '1s', '--times', '1']);
  expect([first.code, first.stderr]).toEqual([0, '']);
  expect(eventsOf(first.stdout)).toMatchObject([
    { event: 'started' },
    { event: 'done', listed: 12, fetched: 12, fresh: 0, version: 1, inserted: 12 },
  ]);
  server.documents = [served({ id: 1, height: 99 }), ...servedMany(12).slice(1)];
  const second = await runCli(['watch', ...flags, '--every', '1s', '--times', '2']);
  expect(second.code).toBe(0);
  const done = eventsOf(second.stdout).filter(({ event }) => event === 'done');
  expect(done).toMatchObject([
    { fetched: 1, not_modified: 11, version: 2, updated: 1 },
    { fetched: 0, not_modified: 12, version: null },
  ]);
  const waiting = eventsOf(second.stdout).find(({ event }) => event === 'waiting');
  expect(Date.parse(String(waiting?.['next']))).toBeGreaterThan(Date.now() - 60_000);
  expect(waiting?.['next_local']).toMatch(/^\d+ \w+ \d{4}, \d\d:\d\d /);
});

test('nothing younger than the source’s max-age is asked for, but by a person', async () => {
  const server = await source();
  const data = await temporaryFolder();
  const flags = ['--data', data, '--source', server.url, '--games', 'all', '--json'];
  await runCli(['refresh', ...flags]);
  server.clearLog();
  const { stdout } = await runCli(['watch', ...flags, '--every', '1s', '--times', '1']);
  expect(eventsOf(stdout).at(-1)).toMatchObject({ event: 'done', fresh: 12, not_modified: 0 });
  expect(server.log.filter(({ path }) => /\/pokemon\/\d+/.test(path))).toEqual([]);
  const asked = await runCli(['refresh', ...flags]);
  expect(JSON.parse(asked.stdout)).toMatchObject({ fresh: 0, not_modified: 12 });
});

test('a source that fails is told in words and tried again; the last run decides the exit code', async () => {
  const server = await source();
  let isDown = true;
  server.fault = (_path, { response }) => {
    if (!isDown) return false;
    response.writeHead(404).end();
    return true;
  };
  const data = await temporaryFolder();
  const flags = ['--data', data, '--source', server.url, '--games', 'all', '--every', '1s'];
  const failed = await runCli(['watch', ...flags, '--times', '1']);
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain('404');
  isDown = false;
  const { code, stdout } = await runCli(['watch', ...flags, '--times', '1']);
  expect(code).toBe(0);
  expect(stdout).toContain('12 documents fetched');
});

test('killed in a run and started again, it completes; two watches never run at once', async () => {
  const server = await source();
  const data = await temporaryFolder();
  const flags = ['--data', data, '--source', server.url, '--games', 'all', '--every', '1s'];
  server.fault = (path) => path.includes('/pokemon/7/');
  const running = startCli(['watch', ...flags]);
  await expect.poll(() => server.log.length).toBeGreaterThan(8);
  const other = startCli(['watch', ...flags, '--times', '1']);
  await other.says('Tried again');
  running.kill('SIGKILL');
  await running.done;
  server.fault = () => false;
  const { code, stdout } = await other.done;
  expect(code).toBe(0);
  expect(stdout).toContain('12 listed by');
  expect(stdout).toContain('version 1: 12 inserted');
});

test.each([
  ['--every', '0s'],
  ['--every', 'soon'],
  ['--times', '0'],
])('%s %s is refused with what to give', async (flag, value) => {
  const { code, stderr } = await runCli(['watch', flag, value]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/Give (hourly|a whole number)/);
});
