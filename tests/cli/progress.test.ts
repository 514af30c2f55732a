import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { waitUntil } from '../engine/processes';
import { whenBusy } from '../helpers/busy-machine';
import { servedMany } from '../helpers/documents';
import { type Fault, PokeapiServer } from '../helpers/pokeapi-server';
import { CLI, runCli } from '../helpers/run-cli';
import { temporaryFolder } from '../helpers/temporary-folder';

/** util-linux's script gives a command a terminal of its own. */
const hasScript = /util-linux/.test(spawnSync('script', ['--version']).stdout?.toString() ?? '');

/** Answers documents one by one, each after a while; the first ask of each fifth fails. */
function slowly(ms: number): Fault {
  return (path, { response, attempt, normal }) => {
    const id = Number(/\/pokemon\/(\d+)\//.exec(path)?.[1] ?? 0);
    if (id === 0) return false;
    setTimeout(() => {
      if (id % 5 === 0 && attempt === 1) response.writeHead(503).end();
      else normal();
    }, ms);
    return true;
  };
}

async function source(count: number, fault: Fault): Promise<PokeapiServer> {
  const server = await new PokeapiServer(servedMany(count)).listen();
  onTestFinished(() => server.close());
  server.fault = fault;
  return server;
}

async function commandLine(server: PokeapiServer): Promise<string[]> {
  const data = join(await temporaryFolder(), 'data');
  return ['refresh', '--source', server.url, '--data', data, '--concurrency', '1'];
}

describe('where nobody watches a terminal', () => {
  test('progress is plain lines: done and total, bytes, rate, retries, time left; not too many', async () => {
    const server = await source(30, slowly(80));
    const result = await runCli(await commandLine(server));
    expect(result.code).toBe(0);
    // eslint-disable-next-line no-control-regex
    expect(result.stderr).not.toMatch(/[\u001b\r]/);
    const lines = result.stderr.trimEnd().split('\n');
    const gathering = lines.filter((line) => line.startsWith('Gathering: '));
    const LINE =
      /^Gathering: (\d+)\/30 · \d+(\.\d)? k?B · \d+\/s(?: · (\d) retr(?:y|ies))?(?: · [\d.]+ s left)?$/;
    for (const line of gathering) expect(line).toMatch(LINE);
    const done = gathering.map((line) => Number(LINE.exec(line)?.[1]));
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.filter((count) => count === 30)).toHaveLength(1);
    expect(gathering.some((line) => / s left$/.test(line))).toBe(true);
    expect(gathering.at(-1)).toMatch(/ · 6 retries$/);
    // 2.4 s of requests and 6 back-offs: a line every two seconds, the first and the last.
    expect(gathering.length).toBeLessThan(12);
    expect(lines.slice(-2)).toEqual([
      'Processing: reading documents',
      'Processing: comparing and committing',
    ]);
  });

  test('a pause the source asks for is told when it begins', async () => {
    const server = await source(3, (path, { response, attempt }) => {
      if (!/\/pokemon\/2\//.test(path) || attempt > 1) return false;
      response.writeHead(429, { 'retry-after': '1' }).end();
      return true;
    });
    const result = await runCli(await commandLine(server));
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(
      /^Gathering: [01]\/3 · .* · paused until \d\d:\d\d:\d\d, as the source asks$/m,
    );
  });

  test('whoever stops reading progress does not stop the work', async () => {
    const server = await source(30, slowly(20));
    const args = await commandLine(server);
    const data = args[args.indexOf('--data') + 1] ?? '';
    const script = '"$@" 2>&1 >/dev/null | head -n 1';
    const shell = spawn('/bin/sh', ['-c', script, 'sh', process.execPath, CLI, ...args]);
    let first = '';
    shell.stdout.on('data', (text: Buffer) => (first += text.toString()));
    await new Promise((resolve) => shell.on('close', resolve));
    expect(first).toMatch(/^Gathering: 0\/30 · .*\n$/);
    await waitUntil(() => existsSync(join(data, 'pokemon.parquet')), 20_000);
  });

  test('--json is silent about it', async () => {
    const server = await source(6, slowly(10));
    const result = await runCli([...(await commandLine(server)), '--json']);
    expect(result).toMatchObject({ code: 0, stderr: '' });
  });
});

describe.runIf(hasScript)('on a terminal', () => {
  interface Session {
    screen(): string;
    type(keys: string): void;
    ended: Promise<number | null>;
  }

  /** Runs the command in a terminal 120 columns wide. */
  function onTerminal(args: readonly string[]): Session {
    const words = [process.execPath, CLI, ...args].map((word) => `'${word}'`).join(' ');
    const child = spawn('script', ['-qec', `stty cols 120; exec ${words}`, '/dev/null'], {
      env: { ...process.env, TERM: 'xterm' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let screen = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (screen += text));
    return {
      screen: () => screen,
      type: (keys) => void child.stdin.write(keys),
      ended: new Promise((resolve) => child.on('close', (code) => resolve(code))),
    };
  }

  test('a bar shows done and total, bytes, rate, retries and time left, then the result', async () => {
    const server = await source(30, slowly(60));
    const session = onTerminal(await commandLine(server));
    expect(await session.ended).toBe(0);
    const screen = session.screen();
    // A terminal's own escapes part what it draws.
    // eslint-disable-next-line no-control-regex
    const drawn = screen.match(/Gathering [█░]+ \d+\/30 · [^\u001b\r\n]*/g) ?? [];
    expect(drawn.length).toBeGreaterThan(3);
    expect(
      drawn.some((line) => /█+░+ (\d+)\/30 · [\d.]+ k?B · \d+\/s · .*[\d.]+ s left/.test(line)),
    ).toBe(true);
    expect(drawn.at(-1)).toMatch(/█ 30\/30 · [\d.]+ kB · \d+\/s · 6 retries$/);
    // Plain lines are for logs.
    expect(screen).not.toMatch(/Gathering: |Processing: /);
    expect(screen).toMatch(/30 listed by [^]*version 1: 30 inserted/);
    expect(screen.lastIndexOf('\u001b[?25h')).toBeGreaterThan(screen.lastIndexOf('\u001b[?25l'));
  });

  test('Ctrl-C leaves the terminal usable and exits 130', async () => {
    const server = await source(30, (path) => /\/pokemon\/(1[1-9]|2\d|30)\//.test(path));
    const session = onTerminal(await commandLine(server));
    await waitUntil(() => /10\/30/.test(session.screen()), 20_000);
    const pressed = performance.now();
    session.type('\u0003');
    expect(await session.ended).toBe(130);
    expect(performance.now() - pressed).toBeLessThan(whenBusy(5_000));
    const screen = session.screen();
    expect(screen).toMatch(/Cancelled\.\r\n/);
    expect(screen.lastIndexOf('\u001b[?25h')).toBeGreaterThan(screen.lastIndexOf('\u001b[?25l'));
  });
});
