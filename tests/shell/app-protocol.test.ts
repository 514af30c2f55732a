import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedApp } from './shared-app';

const app = await sharedApp();
const page = await app.page();
const get = (url: string, method = 'GET') => app.ask('request', { url, method });

/** A PNG's first bytes are enough to be served. */
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

/** All of the policy: one more would loosen what `default-src` says. */
const DIRECTIVES = [
  'base-uri',
  'connect-src',
  'default-src',
  'font-src',
  'form-action',
  'frame-ancestors',
  'img-src',
  'object-src',
  'script-src',
  'style-src',
  'worker-src',
];

function directives(policy: string): Map<string, string[]> {
  return new Map(
    policy.split(';').map((part) => {
      const [name = '', ...values] = part.trim().split(/\s+/);
      return [name, values];
    }),
  );
}

describe('the app’s scheme', () => {
  it('is the only one: an origin, secure, held to the CSP', async () => {
    expect((await app.ask('records')).schemes).toEqual([
      {
        scheme: 'app',
        privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
      },
    ]);
  });

  it('serves the page it starts with, and its window loads nothing else', async () => {
    expect((await get('app://pokedex/index.html'))?.status).toBe(200);
    expect((await app.ask('windows')).map((window) => window.url)).toEqual([
      'app://pokedex/index.html',
    ]);
  });

  it('serves sprites from the cache in the data folder', async () => {
    await mkdir(join(app.userData, 'data/sprites'), { recursive: true });
    await writeFile(join(app.userData, 'data/sprites/25.png'), PNG);
    const served = await get('app://pokedex/sprites/25.png');
    expect(served?.headers['content-type']).toBe('image/png');
    expect(Buffer.from(served?.body ?? '', 'base64')).toEqual(PNG);
  });

  it.each([
    'app://pokedex/sprites/1.png',
    'app://pokedex/nothing.html',
    'app://pokedex/assets',
    'app://evil/index.html',
    'app://pokedex/%2e%2e/%2e%2e/package.json',
    'app://pokedex/..%2f..%2fpackage.json',
    'app://pokedex/sprites/..%2fsettings.json',
  ])('has nothing at %s', async (url) => {
    const served = await get(url);
    expect(served).toMatchObject({ status: 404, body: '' });
  });

  it.each(['POST', 'PUT', 'DELETE'])('takes no %s', async (method) => {
    expect((await get('app://pokedex/index.html', method))?.status).toBe(405);
  });
});

describe('the content security policy', () => {
  it.each(['app://pokedex/index.html', 'app://pokedex/nothing.html'])(
    'goes with %s, starts from nothing and allows no unsafe source',
    async (url) => {
      const served = await get(url);
      const policy = served?.headers['content-security-policy'] ?? '';
      const allowed = directives(policy);
      expect(policy).not.toContain('unsafe');
      expect(policy).not.toContain('*');
      expect(allowed.get('default-src')).toEqual(["'none'"]);
      for (const name of ['script-src', 'style-src', 'connect-src', 'worker-src', 'font-src']) {
        expect([name, allowed.get(name)]).toEqual([name, ["'self'"]]);
      }
      expect([...allowed.keys()].sort()).toEqual(DIRECTIVES);
      expect(allowed.get('img-src')).toEqual(["'self'", 'data:', 'blob:']);
      for (const name of ['base-uri', 'form-action', 'frame-ancestors', 'object-src']) {
        expect([name, allowed.get(name)]).toEqual([name, ["'none'"]]);
      }
      expect(served?.headers['x-content-type-options']).toBe('nosniff');
    },
  );

  it.each([
    ['an inline script', `s.textContent = 'window.ran = 1'`],
    ['a script from elsewhere', `s.src = 'https://evil.example/x.js'`],
    ['a data: script', `s.src = 'data:text/javascript,window.ran = 1'`],
  ])('stops %s in the page', async (_what, set) => {
    const directive = page.evaluate(`new Promise((seen) => {
      document.addEventListener('securitypolicyviolation', (event) => seen(event.effectiveDirective), { once: true });
      const s = document.createElement('script'); ${set}; document.head.append(s);
    })`);
    expect(await directive).toBe('script-src-elem');
    expect(await page.evaluate('typeof window.ran')).toBe('undefined');
  });

  it('stops requests to any other origin before they leave', async () => {
    const before = (await app.ask('records')).foreignRequests;
    const failures = await page.evaluate(`Promise.all([
      fetch('https://evil.example/').catch((error) => error.name),
      new Promise((done) => { const i = new Image(); i.onerror = () => done('no picture'); i.src = 'https://evil.example/x.png'; }),
    ])`);
    expect(failures).toEqual(['TypeError', 'no picture']);
    expect((await app.ask('records')).foreignRequests).toEqual(before);
  });

  it('stops eval', async () => {
    // Playwright's own evaluate may; the page's timer callback is the page's.
    const outcome = page.evaluate(`new Promise((seen) => {
      document.addEventListener('securitypolicyviolation', (event) => seen(event.blockedURI), { once: true });
      setTimeout(() => { try { new Function('return 1')(); } catch {} });
    })`);
    expect(await outcome).toBe('eval');
  });
});
