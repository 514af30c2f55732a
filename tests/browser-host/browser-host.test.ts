import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { request } from 'node:http';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createDispatch } from '../../src/main/app/dispatcher';
import { BrowserHost } from '../../src/main/browser-host/browser-host';
import type { CallHandlers } from '../../src/main/app/dispatcher';
import { KEY_HEADER } from '../../src/preload/contract/host-session';
import { temporaryFolder } from '../helpers/temporary-folder';

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

interface Running {
  host: BrowserHost;
  url: URL;
  cookie: string;
  key: string;
  asked: string[];
  send(
    path: string,
    options?: { method?: string; headers?: Record<string, string>; body?: string | Buffer },
  ): Promise<Answer>;
  page: Running['send'];
}

/** A real server over a small build; calls answer with nothing and are noted. */
async function start(): Promise<Running> {
  const folder = await temporaryFolder();
  const renderer = join(folder, 'renderer');
  const sprites = join(folder, 'sprites');
  await mkdir(join(renderer, 'assets'), { recursive: true });
  await mkdir(sprites);
  await writeFile(join(folder, 'secret.json'), '{"secret":true}');
  await writeFile(join(renderer, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(renderer, 'assets', 'index-a1b2c3d4.js'), 'export {};');
  await writeFile(join(sprites, '25.png'), 'png bytes');
  await symlink(join(folder, 'secret.json'), join(renderer, 'assets', '.hidden.json'));

  const asked: string[] = [];
  const handlers = new Proxy({} as CallHandlers, {
    get: (_target, name) => async (given: unknown) => {
      asked.push(`${String(name)} ${JSON.stringify(given)}`);
      return null;
    },
  });
  const host = new BrowserHost({
    port: 0,
    folders: { renderer, sprites, uploads: join(folder, 'uploads') },
    logError: fail,
  });
  await host.listen();
  const url = new URL(host.link().url);
  onTestFinished(() => host.close());
  host.answerWith(createDispatch(handlers, fail));
  const send: Running['send'] = (path, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const { hostname, port } = url;
      const sent = request({ hostname, port, path, method, headers, agent: false });
      sent.on('error', reject);
      sent.on('response', (response) => {
        let text = '';
        response.setEncoding('latin1').on('data', (piece: string) => (text += piece));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      });
      sent.end(body);
    });
  const entered = await send(url.pathname + url.search);
  const cookie = entered.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  const key = /data-key="([0-9a-f]+)"/.exec(entered.body)?.[1] ?? '';
  const page: Running['page'] = (path, options = {}) =>
    send(path, { ...options, headers: { cookie, [KEY_HEADER]: key, ...options.headers } });
  return { host, url, cookie, key, asked, send, page };
}

function fail(what: string, error: unknown): void {
  throw new Error(`${what} failed`, { cause: error });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const POST = { method: 'POST', headers: JSON_TYPE, body: '{}' };

describe('entering', () => {
  const visit = (url: string) => {
    const { pathname, search } = new URL(url);
    return pathname + search;
  };

  test('a link gives a strict, script-proof cookie and, in the page alone, a key', async () => {
    const { host, send } = await start();
    const { url } = host.link();
    const token = new URL(url).searchParams.get('token') ?? '';
    expect(token).toMatch(/^[0-9a-f]{32}$/);
    // Also by a click on another page, such as a terminal in the browser or our own private file.
    const entered = await send(visit(url), { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(entered.status).toBe(200);
    const [cookie = ''] = entered.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    const key = /data-key="([0-9a-f]{32})"/.exec(entered.body)?.[1] ?? '';
    // Three secrets, none a copy of another: the token stands in the address bar and the history.
    expect(
      new Set([token, key, cookie.slice(cookie.indexOf('=') + 1, cookie.indexOf(';'))]).size,
    ).toBe(3);
    expect(entered.headers['cache-control']).toBe('no-store');
    const policy = String(entered.headers['content-security-policy']);
    expect(policy).toMatch(/script-src 'sha256-[^ ;]+';/);
    expect(policy).not.toContain('unsafe');
  });

  test('a link is good once', async () => {
    const { host, send } = await start();
    const { url, over } = host.link();
    expect((await send(visit(url))).status).toBe(200);
    await over;
    const again = await send(visit(url));
    expect([again.status, again.headers['set-cookie']]).toEqual([403, undefined]);
    expect(again.body).not.toContain('data-key');
    // A person reads why, and what to do.
    expect(again.headers['content-type']).toContain('text/html');
    expect(again.body).toContain('Press Enter in the terminal');
  });

  test('a link is good soon: two minutes later it is dead', async ({ onTestFinished: end }) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    end(() => void vi.useRealTimers());
    const { host, send } = await start();
    const { url, over } = host.link();
    vi.advanceTimersByTime(119_000);
    expect((await send(visit(url))).status).toBe(200);
    const late = host.link();
    vi.advanceTimersByTime(120_000);
    await Promise.all([over, late.over]);
    expect((await send(visit(late.url))).status).toBe(403);
  });

  test('of two links only the newer one is good', async () => {
    const { host, send } = await start();
    const [older, newer] = [host.link(), host.link()];
    await older.over;
    expect((await send(visit(older.url))).status).toBe(403);
    expect((await send(visit(newer.url))).status).toBe(200);
  });

  test('a used link opens the app in the browser that used it, and in no other', async () => {
    const { url, page, send } = await start();
    const again = await page(visit(url.href));
    expect([again.status, again.headers['location']]).toEqual([303, '/']);
    const foreign = await page(visit(url.href), { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(foreign.status).toBe(403);
    expect((await send(visit(url.href))).status).toBe(403);
  });

  test.each(['', 'x', '0'.repeat(32), '%00', 'é'.repeat(16)])(
    'a wrong token %j is refused',
    async (token) => {
      const { send } = await start();
      const answer = await send(`/?token=${encodeURIComponent(token)}`);
      expect(answer.status).toBe(403);
      expect(answer.headers['set-cookie']).toBeUndefined();
    },
  );

  test('two instances keep each other’s cookies apart', async () => {
    const [one, two] = [await start(), await start()];
    expect(one.cookie.split('=')[0]).not.toBe(two.cookie.split('=')[0]);
    expect((await two.send('/', { headers: { cookie: one.cookie } })).status).toBe(403);
  });
});

describe('who is refused', () => {
  const EVERYTHING = [
    '/',
    '/assets/index-a1b2c3d4.js',
    '/sprites/25.png',
    '/events',
    '/call/app.start',
  ];

  test('without the cookie a guessed port gives nothing away', async () => {
    const { send, asked } = await start();
    for (const path of EVERYTHING) {
      const answer = await send(path, path.startsWith('/call') ? POST : {});
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.body).not.toContain('page');
    }
    expect(asked).toEqual([]);
  });

  // A browser sends the cookie to every port of the machine: to any other app that is opened there.
  test('with the cookie alone no call is answered and no event told', async () => {
    const { send, cookie, key, asked } = await start();
    const wrong = ['', '0'.repeat(32), `${key}0`, key.toUpperCase()];
    for (const path of ['/call/app.start', '/call/sql.run', '/events']) {
      for (const given of [null, ...wrong]) {
        const secrets = { cookie, ...(given === null ? {} : { [KEY_HEADER]: given }) };
        const options = path.startsWith('/call') ? POST : {};
        const answer = await send(path, { ...options, headers: { ...JSON_TYPE, ...secrets } });
        expect([path, given, answer.status]).toEqual([path, given, 403]);
      }
    }
    expect(asked).toEqual([]);
  });

  test('with the key alone neither, and no file', async () => {
    const { send, key, asked } = await start();
    for (const path of EVERYTHING) {
      const options = path.startsWith('/call') ? POST : {};
      const headers = { ...JSON_TYPE, [KEY_HEADER]: key };
      expect([path, (await send(path, { ...options, headers })).status]).toEqual([path, 403]);
    }
    expect(asked).toEqual([]);
  });

  test('what a cookie alone is given does not hold the key', async () => {
    const { send, cookie, key } = await start();
    for (const path of ['/', '/assets/index-a1b2c3d4.js', '/sprites/25.png']) {
      const answer = await send(path, { headers: { cookie } });
      expect(answer.status).toBe(200);
      expect(JSON.stringify([answer.headers, answer.body])).not.toContain(key);
    }
  });

  test('a wrong cookie is no better than none', async () => {
    const { send, cookie } = await start();
    const [name] = cookie.split('=');
    for (const value of [
      '',
      '0'.repeat(32),
      cookie.slice(-32).toUpperCase(),
      `${cookie.slice(-32)}0`,
    ]) {
      expect((await send('/', { headers: { cookie: `${name}=${value}` } })).status).toBe(403);
    }
  });

  test.each(['evil.example', '192.168.0.1', '[::1]', '127.0.0.1.evil.example', '0.0.0.0'])(
    'DNS rebinding: host %j gets nothing, cookie or not',
    async (name) => {
      const { url, page, asked } = await start();
      for (const host of [name, `${name}:${url.port}`]) {
        const headers = { host };
        expect((await page('/', { headers })).status).toBe(403);
        expect((await page('/', { headers })).headers['set-cookie']).toBeUndefined();
        expect((await page(`/${url.search}`, { headers })).status).toBe(403);
        const call = await page('/call/app.start', { ...POST, headers: { ...JSON_TYPE, host } });
        expect(call.status).toBe(403);
      }
      expect(asked).toEqual([]);
    },
  );

  test('the right address under another port is another host', async () => {
    const { page } = await start();
    expect((await page('/', { headers: { host: '127.0.0.1:1' } })).status).toBe(403);
    expect((await page('/', { headers: { host: '127.0.0.1' } })).status).toBe(403);
  });

  test.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    'file://',
    'http://localhost',
  ])('a page of origin %s cannot ask, not even with the cookie', async (origin) => {
    const { url, page, asked } = await start();
    for (const path of EVERYTHING) {
      const options = path.startsWith('/call') ? POST : {};
      const answer = await page(path, { ...options, headers: { ...JSON_TYPE, origin } });
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
    const entering = await page(`/${url.search}`, { headers: { origin } });
    expect(entering.status).toBe(403);
    expect(asked).toEqual([]);
  });

  test('no preflight is ever granted', async () => {
    const { page, url } = await start();
    for (const origin of ['https://evil.example', url.origin]) {
      const answer = await page('/call/app.start', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      const cors = Object.keys(answer.headers).filter((name) => name.startsWith('access-control'));
      expect(cors).toEqual([]);
    }
  });

  test('what the browser calls cross-site or same-site (another port) is refused', async () => {
    const { page } = await start();
    for (const site of ['cross-site', 'same-site']) {
      expect((await page('/', { headers: { 'sec-fetch-site': site } })).status).toBe(403);
    }
    expect((await page('/', { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200);
  });

  test('no other machine can reach the port', async () => {
    const { url } = await start();
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of [...others, { address: '127.0.0.2' }]) {
      const reached = await new Promise((resolve) => {
        const socket = createConnection(Number(url.port), address);
        socket.on('connect', () => resolve(true));
        socket.on('error', () => resolve(false));
        socket.setTimeout(1_000, () => resolve(false));
      });
      expect([address, reached]).toEqual([address, false]);
    }
  });
});

describe('files', () => {
  test('the page, its assets and its sprites are served with every security header', async () => {
    const { page } = await start();
    const types = {
      '/': 'text/html; charset=utf-8',
      '/assets/index-a1b2c3d4.js': 'text/javascript; charset=utf-8',
      '/sprites/25.png': 'image/png',
    };
    for (const [path, type] of Object.entries(types)) {
      const answer = await page(path);
      expect([path, answer.status, answer.headers['content-type']]).toEqual([path, 200, type]);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
      expect(answer.headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(answer.headers['x-frame-options']).toBe('DENY');
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
    }
  });

  test.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/..%5c..%5csecret.json',
    '/assets/.hidden.json',
    '//secret.json',
    '/assets/%00',
    '/sprites/../secret.json',
    '/sprites/25.png/../../secret.json',
    '/sprites/025.png',
    '/sprites/-1.png',
    '/sprites/26.png',
    '/assets',
    '/index.html/',
    '/nothing.js',
    'http://127.0.0.1/secret.json',
  ])('%s reaches no file', async (path) => {
    const { page } = await start();
    const answer = await page(path);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('secret":true');
  });

  test('nothing can be written', async () => {
    const { page } = await start();
    for (const method of ['PUT', 'DELETE', 'PATCH', 'POST']) {
      expect((await page('/index.html', { method, body: 'x' })).status).toBe(405);
    }
  });
});

describe('calls', () => {
  test('a call of the page is answered', async () => {
    const { page, url, asked } = await start();
    const answer = await page('/call/refresh.start', {
      method: 'POST',
      headers: { ...JSON_TYPE, origin: url.origin, 'sec-fetch-site': 'same-origin' },
      body: '{"force":true}',
    });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { ok: true, result: null }]);
    expect(asked).toEqual(['refresh.start {"force":true,"allow_missing":false}']);
  });

  test.each(['', 'nope', '{', '{"force":tru', '\u0000', '{}{}'])(
    '%j is not JSON and is refused',
    async (body) => {
      const { page, asked } = await start();
      const answer = await page('/call/app.start', { ...POST, body });
      expect([answer.status, JSON.parse(answer.body).ok]).toEqual([400, false]);
      expect(asked).toEqual([]);
    },
  );

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/jsonp',
    '',
  ])('what a form can send (%j) is refused', async (type) => {
    const { page, asked } = await start();
    const answer = await page('/call/app.start', { ...POST, headers: { 'content-type': type } });
    expect(answer.status).toBe(415);
    expect(asked).toEqual([]);
  });

  test('a call by GET, which a link could make, is refused', async () => {
    const { page, asked } = await start();
    expect((await page('/call/refresh.start')).status).toBe(405);
    expect(asked).toEqual([]);
  });

  test('a body beyond the cap is refused, declared or not, and the server lives on', async () => {
    const { page, asked } = await start();
    const body = Buffer.alloc(2_000_001, 0x20);
    const declared = await page('/call/sql.run', { ...POST, body });
    expect(declared.status).toBe(413);
    const chunked = await page('/call/sql.run', {
      ...POST,
      headers: { ...JSON_TYPE, 'transfer-encoding': 'chunked' },
      body,
    });
    expect(chunked.status).toBe(413);
    expect(asked).toEqual([]);
    expect((await page('/call/app.start', POST)).status).toBe(200);
  });

  test('a large body of many small values is refused before it takes fifty times its memory', async () => {
    const { page, asked } = await start();
    for (const content of [
      `[${'[],'.repeat(1_000_000)}1]`,
      `["\\\\",${'{"":0},'.repeat(400_000)}1]`,
    ]) {
      const body = `{"name":"x","kind":"csv","content":${content}}`;
      expect((await page('/call/file.save', { ...POST, body })).status).toBe(413);
    }
    expect(asked).toEqual([]);
    const content = '[],'.repeat(1_000_000) + '\\"';
    const body = JSON.stringify({ name: 'x', kind: 'csv', content });
    expect((await page('/call/file.save', { ...POST, body })).status).toBe(200);
  });

  test('a picture larger than other calls may be is taken to be saved', async () => {
    const { page, asked } = await start();
    const content = 'x'.repeat(3_000_000);
    const body = JSON.stringify({ name: 'a', kind: 'svg', content });
    expect((await page('/call/file.save', { ...POST, body })).status).toBe(200);
    expect(asked).toHaveLength(1);
  });

  test.each([
    '/call/nope',
    '/call/__proto__',
    '/call/constructor',
    '/call/app.start.x',
    '/call/toString',
  ])('%s is not a call', async (path) => {
    const { page, asked } = await start();
    const answer = await page(path, POST);
    expect(answer.body).not.toContain('"ok":true');
    expect(asked).toEqual([]);
  });
});

describe('downloads', () => {
  test('a file is served once, under its name, then it is gone', async () => {
    const { host, page } = await start();
    const target = await host.host.chooseSaveTarget('Pokémon "weißes" Heft.csv', 'csv');
    if (target === null) throw new Error('no target');
    await writeFile(target.path, 'a,b\n');
    const saved = target.finish();
    if (saved.kind !== 'download') throw new Error('no download');
    const first = await page(saved.url);
    expect([first.status, first.body]).toEqual([200, 'a,b\n']);
    expect(first.headers['content-disposition']).toBe(
      `attachment; filename="Pok_mon__wei_es__Heft.csv"; filename*=UTF-8''Pok%C3%A9mon%20%22wei%C3%9Fes%22%20Heft.csv`,
    );
    expect((await page(saved.url)).status).toBe(404);
    await expect.poll(() => existsSync(target.path)).toBe(false);
  });

  test('nobody else can fetch it, nor guess one that was not finished', async () => {
    const { host, send, page } = await start();
    const target = await host.host.chooseSaveTarget('a.csv', 'csv');
    if (target === null) throw new Error('no target');
    await writeFile(target.path, 'a');
    const id = /([0-9a-f]{32})\.csv$/.exec(target.path)?.[1] ?? '';
    expect((await page(`/download/${id}`)).status).toBe(404);
    const saved = target.finish();
    if (saved.kind !== 'download') throw new Error('no download');
    expect((await send(saved.url)).status).toBe(403);
    expect((await page(saved.url)).status).toBe(200);
  });
});
