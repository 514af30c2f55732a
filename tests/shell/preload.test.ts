import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DROPPED } from '../electron-stand-in/preload-world';
import { temporaryFolder } from '../helpers/temporary-folder';
import { sharedApp } from './shared-app';

const OUT = resolve(import.meta.dirname, '../..', process.env['POKEDEX_OUT'] ?? 'out');
const app = await sharedApp();
const page = await app.page();

describe('what a page of the app is given', () => {
  it('is three functions, and nothing of Electron or Node', async () => {
    expect(await page.evaluate('Object.keys(window.pokedex).sort()')).toEqual([
      'call',
      'on',
      'openDropped',
    ]);
    const others = ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', 'global'];
    for (const name of others) {
      expect([name, await page.evaluate(`typeof window[${JSON.stringify(name)}]`)]).toEqual([
        name,
        'undefined',
      ]);
    }
  });

  it('cannot be replaced or added to by the page', async () => {
    const after = await page.evaluate(`(() => {
      const before = window.pokedex;
      for (const change of [() => { window.pokedex = null; }, () => { before.call = null; }, () => { before.more = 1; }]) {
        try { change(); } catch {}
      }
      return [window.pokedex === before, typeof before.call, Object.keys(before).length];
    })()`);
    expect(after).toEqual([true, 'function', 3]);
  });

  it('is a CommonJS file that needs Electron alone, as a sandbox allows', async () => {
    const source = await readFile(join(OUT, 'preload/index.cjs'), 'utf8');
    const required = [...source.matchAll(/require\(["']([^"']+)["']\)/g)].map((match) => match[1]);
    expect(required).toEqual(['electron']);
    expect(source).not.toMatch(/^\s*(import|export)\s/m);
  });
});

describe('calls', () => {
  it('reach the app and come back', async () => {
    const answer = await page.evaluate(`window.pokedex.call('app.start', {})`);
    expect(answer).toMatchObject({ ok: true, result: { app_version: '0.1.0' } });
  });

  it('of the wrong shape or name are refused with a sentence', async () => {
    const wrong = await page.evaluate(`Promise.all([
      window.pokedex.call('app.start', { more: 1 }),
      window.pokedex.call('file.read', { path: '/etc/passwd' }),
      window.pokedex.call('__proto__', {}),
      window.pokedex.call(7),
    ])`);
    expect(wrong).toEqual(
      Array(4).fill({ ok: false, error: { code: 'usage', message: expect.any(String) } }),
    );
  });

  it('have one channel, files that are dropped another, whatever Electron’s page could try', async () => {
    expect(await app.ask('channels')).toEqual(['call', 'drop']);
  });
});

describe('events', () => {
  it('outside the contract cannot be listened to', async () => {
    const heard = page.evaluate(`window.pokedex.on('__proto__', () => {})`);
    await expect(heard).rejects.toThrow('There is no such event.');
  });

  it('arrive by themselves, without Electron’s event object', async () => {
    await page.evaluate(`(() => {
      window.heard = [];
      window.stop = window.pokedex.on('command.chosen', (...all) => window.heard.push(all));
    })()`);
    await app.ask('clickMenu', { id: 'palette.open' });
    await page.waitForFunction('window.heard.length === 1');
    await expect.poll(() => page.evaluate('window.heard')).toEqual([['palette.open']]);
  });

  it('end with an unsubscribe that hands nothing of Electron over', async () => {
    expect(await page.evaluate('typeof window.stop()')).toBe('undefined');
    await app.ask('clickMenu', { id: 'go.sql' });
    // A later call answers after the event would have come.
    await page.evaluate(`window.pokedex.call('app.start', {})`);
    expect(await page.evaluate('window.heard.length')).toBe(1);
  });
});

describe('files dropped on the page', () => {
  const drop = (name: string, path: string | null) =>
    page.evaluate(`(() => {
      window[Symbol.for(${JSON.stringify(DROPPED)})] = ${JSON.stringify(path === null ? {} : { [name]: path })};
      const file = new File(['of the page'], ${JSON.stringify(name)});
      return window.pokedex.openDropped([{ file, place: file.name }]);
    })()`);

  it('are opened at their own place, which the page does not learn', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'cities.csv'), 'city,size\nBonn,1\nKiel,2\n');
    const answer = await drop('cities.csv', join(folder, 'cities.csv'));
    expect(answer).toMatchObject({
      ok: true,
      result: { kind: 'opened', dataset: { described: { title: 'cities.csv', rows: 2 } } },
    });
    expect(JSON.stringify(answer)).not.toContain(folder);
  });

  it('that the page has made itself are not files of this machine', async () => {
    expect(await drop('passwd', null)).toMatchObject({ ok: false, error: { code: 'usage' } });
  });

  it('come from the preload script alone', async () => {
    const from = { kind: 'subframe', url: 'app://explorer/' } as const;
    const asked = app.ask('invokeFrom', { from, channel: 'drop', args: [['/etc/passwd']] });
    expect(await asked).toMatchObject({ result: { ok: false, error: { code: 'usage' } } });
  });
});
