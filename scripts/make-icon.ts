import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { launchChromium } from '../tests/helpers/launch-chromium';

/**
 * Draws `icon.svg` at the size that electron-builder makes every system's icons from:
 * `npx tsx scripts/make-icon.ts`.
 */
const SIZE = 1024;
const folder = resolve(import.meta.dirname, '../resources/icons');

const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
  const svg = await readFile(join(folder, 'icon.svg'), 'utf8');
  await page.setContent(`<style>body { margin: 0 }</style>${svg}`);
  await writeFile(join(folder, 'icon.png'), await page.screenshot({ omitBackground: true }));
} finally {
  await browser.close();
}
