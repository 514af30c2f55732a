import { describe, expect, it } from 'vitest';
import { PATIENT } from './patient';
import { sharedApp } from './shared-app';

const app = await sharedApp();
const page = await app.page();
const START = page.url();

/** Lets the page do what it likes, and waits until the app was asked about it. */
async function pageDoes(script: string, list: 'navigations' | 'windowsWanted'): Promise<void> {
  const before = (await app.ask('records'))[list].length;
  await page.evaluate(`void setTimeout(() => { ${script} })`);
  await expect.poll(async () => (await app.ask('records'))[list].length, PATIENT).toBe(before + 1);
}

function click(attributes: string): string {
  return `const a = document.createElement('a'); ${attributes}; document.body.append(a); a.click(); a.remove()`;
}

describe('the page stays where it is', () => {
  it.each([
    ['a link', click(`a.href = 'https://evil.example/'`), 'https://evil.example/'],
    ['a script', `location.href = 'https://evil.example/two'`, 'https://evil.example/two'],
    ['another page of its own origin', `location.href = '/other.html'`, 'app://pokedex/other.html'],
  ])('whatever %s wants', async (_what, script, url) => {
    await pageDoes(script, 'navigations');
    expect((await app.ask('records')).navigations.at(-1)).toEqual({ url, allowed: false });
    expect(page.url()).toBe(START);
    expect(await page.evaluate('typeof window.pokedex.call')).toBe('function');
  });

  it('nor does a frame in it go anywhere, or send anybody out', async () => {
    const before = (await app.ask('records')).openedLinks.length;
    expect(await app.ask('frameNavigates', { url: 'https://pokeapi.co/' })).toEqual({
      prevented: true,
    });
    expect((await app.ask('records')).openedLinks).toHaveLength(before);
  });

  it('and is not redirected', async () => {
    expect(await app.ask('redirect', { url: 'https://evil.example/' })).toEqual({
      prevented: true,
    });
  });
});

describe('no window but the app’s', () => {
  it.each([
    ['window.open', `window.open('https://evil.example/new')`, 'https://evil.example/new'],
    ['window.open of its own page', `window.open('/index.html')`, 'app://pokedex/index.html'],
    ['an empty window', `window.open('')`, 'about:blank'],
    [
      'a link with a target',
      click(`a.href = 'https://evil.example/target'; a.target = '_blank'`),
      'https://evil.example/target',
    ],
  ])('by %s', async (_what, script, url) => {
    await pageDoes(script, 'windowsWanted');
    expect((await app.ask('records')).windowsWanted.at(-1)).toEqual({ url, allowed: false });
    expect(await app.ask('windows')).toHaveLength(1);
  });

  it('by a webview tag', async () => {
    expect(await app.ask('attachWebview')).toEqual({ prevented: true });
  });
});

describe('links out', () => {
  it('open in the person’s browser where the site is known, and nowhere else', async () => {
    const before = (await app.ask('records')).openedLinks.length;
    expect(before).toBe(0);
    await pageDoes(`window.open('https://pokeapi.co/docs/v2')`, 'windowsWanted');
    await pageDoes(click(`a.href = 'https://github.com/PokeAPI/pokeapi'`), 'navigations');
    await pageDoes(`window.open('https://pokeapi.co.evil.example/')`, 'windowsWanted');
    expect((await app.ask('records')).openedLinks).toEqual([
      'https://pokeapi.co/docs/v2',
      'https://github.com/PokeAPI/pokeapi',
    ]);
  });
});
