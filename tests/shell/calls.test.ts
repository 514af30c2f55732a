import { describe, expect, it } from 'vitest';
import type { PretendedSender } from '../electron-stand-in/control';
import { sharedApp } from './shared-app';

const app = await sharedApp();

function start(from: PretendedSender) {
  return app.ask('invokeFrom', { from, channel: 'call', args: ['app.start', {}] });
}

describe('whose calls the app answers', () => {
  it.each<PretendedSender>([
    { kind: 'own-frame', url: 'app://pokedex/index.html' },
    { kind: 'own-frame', url: 'app://pokedex/index.html#/sql' },
  ])('its own page’s: $url', async (from) => {
    expect(await start(from)).toMatchObject({ result: { ok: true } });
  });

  it.each<[string, PretendedSender]>([
    ['a page elsewhere', { kind: 'own-frame', url: 'https://evil.example/' }],
    ['a page whose host begins alike', { kind: 'own-frame', url: 'app://pokedex.evil/index.html' }],
    ['a file', { kind: 'own-frame', url: 'file:///tmp/index.html' }],
    ['an empty page', { kind: 'own-frame', url: 'about:blank' }],
    ['a frame in the page, though of its origin', { kind: 'subframe', url: 'app://pokedex/' }],
    ['a frame that is gone', { kind: 'gone-frame' }],
    ['another window', { kind: 'other-window', url: 'app://pokedex/index.html' }],
  ])('not %s', async (_who, from) => {
    expect(await start(from)).toEqual({
      result: { ok: false, error: { code: 'usage', message: 'This page may not ask the app.' } },
    });
  });
});
