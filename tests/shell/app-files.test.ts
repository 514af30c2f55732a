import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appFile } from '../../src/main/page/app-files';
import { isAppUrl } from '../../src/main/shell/app-url';

const FOLDERS = { renderer: '/build/renderer', sprites: '/data/sprites' };

describe('what the app’s protocol may read', () => {
  it.each([
    ['/', '/build/renderer/index.html', 'text/html; charset=utf-8'],
    ['/index.html', '/build/renderer/index.html', 'text/html; charset=utf-8'],
    [
      '/assets/index-B1a_2.js',
      '/build/renderer/assets/index-B1a_2.js',
      'text/javascript; charset=utf-8',
    ],
    ['/assets/index.css', '/build/renderer/assets/index.css', 'text/css; charset=utf-8'],
    ['/sprites/25.png', '/data/sprites/25.png', 'image/png'],
    ['/sprites/10271.png', '/data/sprites/10271.png', 'image/png'],
  ])('%s is served as its own kind', (url, path, mime) => {
    expect(appFile(url, FOLDERS)).toEqual({ path: join(path), mime });
  });

  it.each([
    '/../settings.json',
    '/assets/../../settings.json',
    '/%2e%2e/settings.json',
    '/..%2fsettings.json',
    '/..\\settings.json',
    '/assets/..%5c..%5csettings.json',
    '//etc/passwd.html',
    '/etc/passwd',
    '/.env.json',
    '/assets/.hidden.js',
    '/assets//index.js',
    '/index.html\0.png',
    '/index.html%00.png',
    '/C:/windows/win.html',
    '/sprites/index.html',
    '/sprites/../pokemon.json',
    '/sprites/025.png',
    '/sprites/-1.png',
    '/sprites/1e3.png',
    '/sprites/25.png/x.png',
    '/sprites/99999999999.png',
    '/pokemon.parquet',
    '',
  ])('%j reaches no file', (url) => {
    expect(appFile(url, FOLDERS)).toBeNull();
  });
});

describe('which addresses are the app’s own', () => {
  it.each(['app://pokedex/', 'app://pokedex/index.html#/sql', 'app://pokedex/index.html?x=1'])(
    '%s is',
    (url) => expect(isAppUrl(url)).toBe(true),
  );

  it.each([
    'app://pokedex.example/',
    'app://pokedex@evil/',
    'app://evil/',
    'app://user@pokedex/',
    'app://pokedex:81/',
    'app:pokedex',
    'https://pokedex/',
    'file:///index.html',
    'about:blank',
    'data:text/html,x',
    '',
  ])('%j is not', (url) => expect(isAppUrl(url)).toBe(false));
});
