import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../tests/helpers/launch-chromium';
import { serveReadyApp } from '../tests/helpers/served-app';

/**
 * Pictures of the main screens, from the built app on the bundled snapshot. `npm run screenshots`
 * makes those of the README; `npm run screenshots -- FOLDER [WIDTHxHEIGHT …]` every screen in both
 * themes at each size.
 */
const [folder, ...sizes] = process.argv.slice(2);
const target = resolve(folder ?? 'docs/screenshots');

const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const README_SIZE = '1440x960';
const README: Record<string, readonly Theme[]> = {
  explore: ['light', 'dark'],
  detail: ['dark'],
  compare: ['light'],
  sql: ['dark'],
};

type Shot = (page: Page) => Promise<void>;

/** How each screen comes to show something worth seeing. */
const SCREENS: Record<string, Shot> = {
  explore: async (page) => {
    await go(page, 'Explore');
    await page.keyboard.press('Alt+c');
    await drag(page, 'BMI: choose a range', 0.1, 0.3);
    await page.locator('.board').evaluate((board) => board.scrollTo(0, 0));
  },
  detail: async (page) => {
    await go(page, 'Explore');
    await page.keyboard.press('Alt+c');
    await openPokemon(page, 'Charizard');
    await page.getByRole('dialog').getByText('Where it came from').waitFor();
  },
  compare: async (page) => {
    await go(page, 'Compare');
    const compared = page.getByRole('status').getByText(/^\d of 6$/);
    await compared.waitFor();
    // At another size they are compared already.
    if ((await compared.innerText()).startsWith('3')) return;
    const search = page.getByRole('textbox', { name: 'Add a Pokémon' });
    for (const name of ['Charizard', 'Blastoise', 'Venusaur']) {
      await search.fill(name);
      await page
        .getByRole('option', { name: new RegExp(name) })
        .first()
        .click();
    }
  },
  sql: async (page) => {
    await go(page, 'SQL');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('region', { name: 'Result' }).waitFor();
    await page.getByText('Chart', { exact: true }).click();
  },
  changes: async (page) => go(page, 'Changes'),
  privacy: async (page) => {
    await go(page, 'Privacy');
    await page
      .getByText(/^The smallest group has/)
      .first()
      .waitFor();
  },
  settings: async (page) => go(page, 'Settings'),
  builder: async (page) => {
    await go(page, 'Explore');
    await page.keyboard.press('Alt+n');
    await page.getByRole('dialog', { name: 'Add a chart' }).locator('canvas').first().waitFor();
  },
  palette: async (page) => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search Pokémon and commands' }).fill('char');
  },
};

async function go(page: Page, screen: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: screen }).click();
}

async function drag(page: Page, name: string, from: number, to: number): Promise<void> {
  const brush = page.locator('.cards').getByRole('slider', { name });
  await brush.scrollIntoViewIfNeeded();
  const box = await brush.boundingBox();
  if (box === null) throw new Error(`${name} is not on the screen`);
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, y, { steps: 4 });
  await page.mouse.up();
}

async function openPokemon(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search Pokémon and commands' }).fill(name);
  await page
    .getByRole('option', { name: new RegExp(`^${name}`) })
    .first()
    .click();
}

async function takeAll(page: Page, size: string, wanted: (screen: string) => readonly Theme[]) {
  const [width = 1280, height = 860] = size.split('x').map(Number);
  await page.setViewportSize({ width, height });
  const suffix = folder === undefined ? '' : `-${width}`;
  for (const [name, prepare] of Object.entries(SCREENS)) {
    const themes = wanted(name);
    if (themes.length === 0) continue;
    await prepare(page);
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.mouse.move(5, height - 5);
      // Charts draw their last state some frames after the theme has changed.
      await page.waitForTimeout(700);
      await page.screenshot({ path: join(target, `${name}${suffix}-${theme}.png`) });
    }
  }
  await page.keyboard.press('Escape');
}

const cleanups: (() => Promise<void>)[] = [];
const atEnd = (work: () => Promise<void>) => void cleanups.push(work);
try {
  await mkdir(target, { recursive: true });
  const data = await mkdtemp(join(tmpdir(), 'pokedex-screenshots-'));
  atEnd(() => rm(data, { recursive: true, force: true }));
  const app = await serveReadyApp(data, atEnd);
  const browser = await launchChromium();
  atEnd(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  await page.goto(app.url);
  await page.getByText(/649 of 1,351 Pokémon/).waitFor();
  if (folder === undefined) await takeAll(page, README_SIZE, (name) => README[name] ?? []);
  else
    for (const size of sizes.length > 0 ? sizes : ['1280x860'])
      await takeAll(page, size, () => THEMES);
} finally {
  for (const work of cleanups.reverse()) await work();
}
