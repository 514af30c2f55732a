import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const RENDERER = resolve(
  import.meta.dirname,
  '../..',
  process.env['POKEDEX_OUT'] ?? 'out',
  'renderer',
);
const LIMIT_BYTES = 1_500_000;

/** Scripts that index.html names: the entry and what it preloads. */
function initialScripts(): string[] {
  const html = readFileSync(join(RENDERER, 'index.html'), 'utf8');
  return [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+\.js)"/g)].map(
    ([, path]) => path ?? '',
  );
}

test('the page starts with less than 1.5 MB of JavaScript', () => {
  const scripts = initialScripts();
  expect(scripts.length).toBeGreaterThan(0);
  const bytes = scripts.reduce((sum, path) => sum + statSync(join(RENDERER, path)).size, 0);
  expect(bytes).toBeLessThan(LIMIT_BYTES);
});

test('the SQL editor and the other screens come when they are first shown', () => {
  const initial = initialScripts().join(' ');
  const all = readdirSync(join(RENDERER, 'assets')).join(' ');
  for (const screen of ['SqlScreen', 'CompareScreen', 'ChangesScreen', 'SettingsScreen']) {
    expect(all).toContain(`${screen}-`);
    expect(initial).not.toContain(screen);
  }
});
