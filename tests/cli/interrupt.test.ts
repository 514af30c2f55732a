import { spawn } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { childProcesses, isRunning, waitUntil } from '../engine/processes';
import { pokemonRow, writeDataset } from '../engine/pokemon-rows';
import { whenBusy } from '../helpers/busy-machine';
import { servedMany } from '../helpers/documents';
import { queryRows } from '../helpers/parquet-rows';
import { PokeapiServer } from '../helpers/pokeapi-server';
import { CLI, type CliResult, runCli } from '../helpers/run-cli';
import { temporaryFolder } from '../helpers/temporary-folder';
import { expectSentences, jsonOf } from './json-output';

/** A contract says a second; the rest is what a busy machine may take. */
const SOON_MS = 5_000;

interface Running {
  pid: number;
  /** Sends a signal to the whole process group, as a terminal does. */
  signal(signal: NodeJS.Signals): void;
  done: Promise<CliResult & { afterSignalMs: number }>;
}

function startInGroup(args: readonly string[]): Running {
  const child = spawn(process.execPath, [CLI, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid ?? -1;
  let stdout = '';
  let stderr = '';
  let signalled = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const done = new Promise<CliResult & { afterSignalMs: number }>((resolve) => {
    child.on('close', (code, signal) =>
      resolve({ code, signal, stdout, stderr, afterSignalMs: performance.now() - signalled }),
    );
  });
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL');
  });
  return {
    pid,
    signal(signal) {
      signalled = performance.now();
      process.kill(-pid, signal);
    },
    done,
  };
}

/** A source that gives ten documents and leaves the other twenty unanswered. */
async function stallingSource(): Promise<PokeapiServer> {
  const server = await new PokeapiServer(servedMany(30)).listen();
  onTestFinished(() => server.close());
  server.fault = (path) => Number(/\/pokemon\/(\d+)\//.exec(path)?.[1] ?? 0) > 10;
  return server;
}

async function landed(data: string): Promise<number> {
  return (await readdir(join(data, 'landing', 'pokemon')).catch(() => [])).length;
}

describe.each(['SIGINT', 'SIGTERM'] as const)('%s while a source stalls', (signal) => {
  test('ends gather with 130 at once, keeps what landed, and a rerun fetches only the rest', async () => {
    const data = join(await temporaryFolder(), 'data');
    const server = await stallingSource();
    const args = ['refresh', '--source', server.url, '--data', data];
    const running = startInGroup(args);
    await waitUntil(async () => (await landed(data)) === 10, 20_000);
    running.signal(signal);
    const result = await running.done;
    expect(result).toMatchObject({ code: 130, signal: null, stdout: '' });
    expect(result.afterSignalMs).toBeLessThan(whenBusy(SOON_MS));
    expect(result.stderr).toMatch(
      /\nCancelled\.\nWhat had been done stays; run it again to go on\.\n$/,
    );
    expect(result.stderr).not.toMatch(/fail|error|(?!\n)\p{Cc}/iu);
    expect(await landed(data)).toBe(10);
    await expect(stat(join(data, 'pokemon.parquet'))).rejects.toThrow('ENOENT');

    server.fault = () => false;
    server.clearLog();
    const rerun = await runCli([...args, '--json']);
    expect(rerun.code).toBe(0);
    expect(jsonOf(rerun)).toMatchObject({ listed: 30, resumed: 10, fetched: 20, version: 1 });
    expect(server.bodiesSent()).toBe(20);
  });
});

test('interrupted with --json it still prints one JSON document', async () => {
  const data = join(await temporaryFolder(), 'data');
  const server = await stallingSource();
  const running = startInGroup(['gather', '--source', server.url, '--data', data, '--json']);
  await waitUntil(async () => (await landed(data)) === 10, 20_000);
  running.signal('SIGINT');
  const result = await running.done;
  expect(result.code).toBe(130);
  expect(jsonOf(result)).toMatchObject({ error: { code: 'cancelled' } });
});

test('interrupted while it waits out the pause a source asked for, it ends at once', async () => {
  const data = join(await temporaryFolder(), 'data');
  const server = await new PokeapiServer(servedMany(5)).listen();
  onTestFinished(() => server.close());
  let paused = false;
  server.fault = (path, { response }) => {
    if (!/\/pokemon\/\d/.test(path)) return false;
    paused = true;
    response.writeHead(429, { 'retry-after': '60' }).end();
    return true;
  };
  const running = startInGroup(['gather', '--source', server.url, '--data', data]);
  await waitUntil(() => paused, 20_000);
  await sleep(300);
  running.signal('SIGINT');
  const result = await running.done;
  expect(result.code).toBe(130);
  expect(result.afterSignalMs).toBeLessThan(whenBusy(SOON_MS));
  expect(result.stderr).toMatch(/paused until \d\d:\d\d:\d\d, as the source asks/);
});

/** A data folder with a dataset that takes seconds to sort and write. */
async function largeData(): Promise<string> {
  const folder = await temporaryFolder();
  const small = await writeDataset(await temporaryFolder(), [
    pokemonRow({ id: 1, name: 'Bulbasaur' }),
  ]);
  await queryRows(
    `COPY (SELECT p.* REPLACE (r.range::INTEGER AS id) FROM read_parquet('${small}') p, range(400000) r)
     TO '${join(folder, 'pokemon.parquet')}' (FORMAT parquet)`,
  );
  return folder;
}

// While the engine still loads; under way; deaf to interrupts, in one call of one function.
test.each([
  [0, 'SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b'],
  [500, 'SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b'],
  [1000, `SELECT levenshtein(repeat('a', 300000), repeat('b', 300000))`],
])('Ctrl-C %i ms into a query ends it with 130, and leaves no process behind', async (ms, sql) => {
  const data = await temporaryFolder();
  await writeDataset(data, [pokemonRow({ id: 1, name: 'Bulbasaur' })]);
  const running = startInGroup(['query', sql, '--data', data]);
  await waitUntil(async () => (await childProcesses(running.pid)).length === 1, 20_000);
  const [engine] = await childProcesses(running.pid);
  await sleep(ms);
  running.signal('SIGINT');
  const result = await running.done;
  expect(result.code).toBe(130);
  expectSentences(result, /^Cancelled\.\n/);
  expect(result.afterSignalMs).toBeLessThan(whenBusy(SOON_MS));
  await waitUntil(() => !isRunning(engine ?? 0), whenBusy(SOON_MS));
});

test('a command that is killed outright leaves no engine running behind it', async () => {
  const data = await temporaryFolder();
  await writeDataset(data, [pokemonRow({ id: 1, name: 'Bulbasaur' })]);
  // Deaf to interrupts: one call of one function.
  const sql = `SELECT levenshtein(repeat('a', 300000), repeat('b', 300000))`;
  const running = startInGroup(['query', sql, '--data', data]);
  await waitUntil(async () => (await childProcesses(running.pid)).length === 1, 20_000);
  const [engine] = await childProcesses(running.pid);
  await sleep(500);
  process.kill(running.pid, 'SIGKILL');
  expect((await running.done).signal).toBe('SIGKILL');
  await waitUntil(() => !isRunning(engine ?? 0), whenBusy(SOON_MS));
});

test('Ctrl-C ends an export with 130; the file that was there is intact and nothing lies beside it', async () => {
  const data = await largeData();
  const folder = await temporaryFolder();
  const out = join(folder, 'all.json');
  await writeFile(out, 'old');
  const running = startInGroup(['export', '--out', out, '--data', data]);
  await waitUntil(async () => (await readdir(folder)).length > 1, 30_000);
  running.signal('SIGINT');
  const result = await running.done;
  expect(result.code).toBe(130);
  expectSentences(result, /^Cancelled\.\n/);
  expect(result.afterSignalMs).toBeLessThan(whenBusy(SOON_MS));
  expect(await readdir(folder)).toEqual(['all.json']);
  expect(await readFile(out, 'utf8')).toBe('old');
});
