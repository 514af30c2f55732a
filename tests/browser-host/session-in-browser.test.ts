import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { PATIENCE } from '../e2e/published-file';
import { newContext, newPage } from '../helpers/launch-chromium';
import { CLI } from '../helpers/run-cli';
import { processes, serveReadyApp, type ServedApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { temporaryFolder } from '../helpers/temporary-folder';

const atEnd: (() => Promise<void>)[] = [];
const later = (work: () => Promise<void>) => void atEnd.unshift(work);

let data: string;
let app: ServedApp;

beforeAll(async () => {
  data = await snapshotData(later);
  app = await serveReadyApp(data, later);
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

test.runIf(process.platform === 'linux')(
  'no other user can read the link that the browser is given, and it is gone once used',
  async ({ onTestFinished }) => {
    const home = await temporaryFolder();
    const bin = join(home, 'bin');
    await mkdir(bin);
    // Stands for the person's browser: notes what it is asked to open.
    await writeFile(
      join(bin, 'xdg-open'),
      `#!/bin/sh\necho "$@" > '${home}/noted'\nmv '${home}/noted' '${home}/opened'\n`,
    );
    await chmod(join(bin, 'xdg-open'), 0o755);
    const child = spawn(process.execPath, [CLI, 'serve', '--data', data], {
      env: { ...process.env, HOME: home, PATH: `${bin}:${process.env['PATH'] ?? ''}` },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(async () => {
      child.kill('SIGKILL');
      if (child.exitCode === null) await once(child, 'close');
    });
    await expect.poll(() => existsSync(join(home, 'opened')), PATIENCE).toBe(true);
    const path = (await readFile(join(home, 'opened'), 'utf8')).trim();
    expect(path).toMatch(/^\/.*\.html$/);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
    const token = /token=([0-9a-f]+)/.exec(await readFile(path, 'utf8'))?.[1] ?? '';
    expect(token).toHaveLength(32);
    expect(processes().filter(({ command }) => command.includes(token))).toEqual([]);

    const page = await newPage(onTestFinished);
    await page.goto(`file://${path}`);
    await new ExplorerPage(page).ready();
    // Neither the address nor a step back holds anything to enter by.
    expect(new URL(page.url()).search).toBe('');
    await expect.poll(() => existsSync(dirname(path)), PATIENCE).toBe(false);
    await page.context().close();
  },
);

test('another app of this machine, opened in the same browser, gets the cookie and can do nothing with it', async () => {
  const context = await newContext(onTestFinished);
  const page = await context.newPage();
  await page.goto(await app.link());
  await new ExplorerPage(page).ready();

  let cookie = '';
  const other = createServer(({ headers }, response) => {
    cookie = headers.cookie ?? '';
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>other</title>');
  }).listen(0, '127.0.0.1');
  await once(other, 'listening');
  later(async () => void other.close());
  const { port } = other.address() as AddressInfo;
  const visited = await context.newPage();
  await visited.goto(`http://127.0.0.1:${port}/`);
  // The browser keeps no ports apart.
  expect(cookie).toContain(app.cookie.split('=')[0]);
  // Its server asks without a browser's headers, its page with the browser's cookie.
  const sql = { method: 'POST', body: JSON.stringify({ sql: 'SELECT 1' }) };
  const headers = { cookie, 'content-type': 'application/json' };
  const replayed = await app.send('/call/sql.run', { ...sql, headers });
  expect([replayed.status, replayed.body.toString()]).toEqual([
    403,
    expect.stringContaining('"ok":false'),
  ]);
  const ask = (mode: string) => `fetch('${app.origin}/call/sql.run', {
    method: 'POST', body: '{}', credentials: 'include', mode: '${mode}',
  }).then(() => 'answered', () => 'refused')`;
  expect(await visited.evaluate(ask('cors'))).toBe('refused');
  expect(await visited.evaluate(ask('no-cors'))).toBe('refused');
  expect(await visited.evaluate('JSON.stringify(localStorage)')).toBe('{}');

  // A reload and a further tab of the page itself are in.
  await page.reload();
  await new ExplorerPage(page).ready();
  const tab = await context.newPage();
  await tab.goto(app.origin);
  await new ExplorerPage(tab).ready();
  await context.close();
});

test('a browser that did not enter reads what to do', async () => {
  const page = await newPage(onTestFinished);
  await page.goto(app.origin);
  await page.getByText('Press Enter in the terminal').waitFor();
  expect(await page.title()).toBe('Pokédex Explorer');
  await page.context().close();
});
