import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { initialScripts } from '../helpers/initial-scripts';

const RENDERER = resolve(
  import.meta.dirname,
  '../..',
  process.env['POKEDEX_OUT'] ?? 'out',
  'renderer',
);
const LIMIT_BYTES = 1_510_000;

test('the page starts with less than 1.51 MB of JavaScript', () => {
  const scripts = initialScripts(RENDERER);
  expect(scripts.some((path) => path.includes('main-'))).toBe(true);
  const bytes = scripts.reduce((sum, path) => sum + statSync(join(RENDERER, path)).size, 0);
  expect(bytes).toBeLessThan(LIMIT_BYTES);
});

test('the SQL editor and the other screens come when they are first shown', () => {
  const initial = initialScripts(RENDERER).join(' ');
  const all = readdirSync(join(RENDERER, 'assets')).join(' ');
  for (const screen of ['SqlScreen', 'CompareScreen', 'ChangesScreen', 'SettingsScreen']) {
    expect(all).toContain(`${screen}-`);
    expect(initial).not.toContain(screen);
  }
});
