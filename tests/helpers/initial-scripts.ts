import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Paths in the built renderer of the scripts a page starts with: the entry that index.html names,
 * and what that entry, which does nothing but ask and import, imports.
 */
export function initialScripts(renderer: string): string[] {
  const html = readFileSync(join(renderer, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+\.js)"/g)];
  const entries = named.map(([, path = '']) => path);
  const imported = entries.flatMap((entry) => {
    const text = readFileSync(join(renderer, entry), 'utf8');
    return [...text.matchAll(/["'`]\.\/([\w-]+\.js)["'`]/g)].map(([, name]) => `assets/${name}`);
  });
  return [...new Set([...entries, ...imported])];
}
