import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { PATIENCE } from '../e2e/published-file';
import { newContext } from '../helpers/launch-chromium';
import { serveReadyApp, type ServedApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';

const atEnd: (() => Promise<void>)[] = [];
const later = (work: () => Promise<void>) => void atEnd.unshift(work);

let data: string;
let app: ServedApp;
let context: BrowserContext;

beforeAll(async () => {
  data = await snapshotData(later);
  // As an editor leaves it, with parts of a newer version and a value out of bounds.
  await writeFile(settingsFile(), `\uFEFF${JSON.stringify(NEWER)}`);
  app = await serveReadyApp(data, later);
  context = await newContext(later, { viewport: { width: 1440, height: 1000 } });
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

const NEWER = {
  concurrency: 100_000,
  later: true,
  workspace: {
    columns: ['id', 'shiny', 'name', 'speed'],
    cards: [
      { id: 'sun', kind: 'sunburst', title: 'Rings' },
      { id: 'types', kind: 'types', title: 'Types', glow: 3 },
    ],
  },
};

const settingsFile = () => join(data, 'settings.json');

async function kept(): Promise<Record<string, never> & { workspace: Record<string, never> }> {
  return JSON.parse((await readFile(settingsFile(), 'utf8')).replace(/^\uFEFF/, ''));
}

async function openTab(url: string): Promise<ExplorerPage> {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(url);
  const explorer = new ExplorerPage(page);
  await explorer.ready();
  return explorer;
}

const titles = ({ page }: ExplorerPage) =>
  page
    .locator('.cards .card')
    .evaluateAll((cards) => cards.map((card) => card.getAttribute('aria-label')));

async function addHistogram({ page }: ExplorerPage, title: string): Promise<void> {
  await page.bringToFront();
  await page.keyboard.press('Alt+n');
  const builder = page.getByRole('dialog');
  await builder.getByRole('radio', { name: 'Histogram' }).check();
  await builder.getByLabel('Title').fill(title);
  await builder.getByRole('button', { name: 'Add to the dashboard' }).click();
  await builder.waitFor({ state: 'detached' });
}

async function dragBy(page: Page, from: { x: number; y: number }, x: number, y: number) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + x / 2, from.y + y / 2);
  await page.mouse.move(from.x + x, from.y + y);
  await page.mouse.up();
}

async function middleOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`${selector} is not on the screen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('two tabs follow each other, neither undoes the other, and what neither knows stays', async () => {
  const one = await openTab(app.url);
  await expect.poll(() => titles(one)).toEqual(['Types']);
  await expect.poll(() => one.columns()).toEqual(['id', 'name', 'speed']);
  const said = one.page.getByRole('status', { name: 'Messages' });
  await said.getByText('concurrency: it should be at most 256').waitFor();
  await said.getByText('One kept chart is not shown').waitFor();

  const two = await openTab(app.origin);
  // Both within the time before a change is kept.
  await addHistogram(one, 'First');
  await addHistogram(two, 'Second');
  for (const tab of [one, two]) {
    await expect
      .poll(async () => (await titles(tab)).toSorted(), PATIENCE)
      .toEqual(['First', 'Second', 'Types']);
  }
  // Each takes back its own step, and the other window's stays.
  const both = async (wanted: string[]) => {
    for (const tab of [one, two])
      await expect.poll(async () => (await titles(tab)).toSorted(), PATIENCE).toEqual(wanted);
  };
  await two.page.keyboard.press('Control+z');
  await both(['First', 'Types']);
  await two.page.keyboard.press('Control+z');
  await one.page.bringToFront();
  await one.page.keyboard.press('Control+z');
  await both(['Types']);
  await two.page.keyboard.press('Control+Shift+z');
  await one.page.keyboard.press('Control+Shift+z');
  await both(['First', 'Second', 'Types']);
  await one.page.reload();
  await one.ready();
  expect((await titles(one)).toSorted()).toEqual(['First', 'Second', 'Types']);

  // Smaller than a column may be, and on: everything after it is kept all the same.
  const edge = await middleOf(one.page, '[data-header="name"] [class*="resize"]');
  await dragBy(one.page, edge, -600, 0);
  await expect.poll(async () => (await kept()).workspace['widths'], PATIENCE).toEqual({ name: 56 });
  const height = () => two.page.locator('.dock').evaluate((dock) => dock.clientHeight);
  const before = await height();
  await dragBy(one.page, await middleOf(one.page, '.dock-edge'), 0, -80);
  await expect.poll(height, PATIENCE).toBe(before + 80);

  const { workspace, ...rest } = await kept();
  expect(rest).toEqual({ concurrency: 100_000, later: true });
  expect(workspace['columns']).toEqual(NEWER.workspace.columns);
  expect(workspace['cards']).toEqual([
    ...NEWER.workspace.cards,
    expect.objectContaining({ kind: 'histogram' }),
    expect.objectContaining({ kind: 'histogram' }),
  ]);
  // The browser's own storage belongs to a port: the height is there on another one too.
  const again = await serveReadyApp(data, later);
  const elsewhere = await openTab(again.url);
  await expect
    .poll(() => elsewhere.page.locator('.dock').evaluate((dock) => dock.clientHeight))
    .toBe(before + 80);
});

test('settings typed but not saved are there when one comes back; a save touches nothing else', async () => {
  const { page } = await openTab(app.origin);
  const explorer = new ExplorerPage(page);
  await explorer.show('Settings');
  await page.getByLabel('Address').fill('http://127.0.0.1:9/api');
  await explorer.show('Explore');
  // Meanwhile another tab changes something else, and the theme.
  await app.call('settings.save', { settings: { sprites: false, theme: 'dark' } });
  await explorer.show('Settings');
  await expect.poll(() => page.getByLabel('Address').inputValue()).toBe('http://127.0.0.1:9/api');
  await expect.poll(() => page.getByLabel('Fetch sprites').isChecked(), PATIENCE).toBe(false);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Settings saved.', { exact: false }).waitFor();
  await expect
    .poll(() => kept())
    .toEqual({
      workspace: expect.anything(),
      concurrency: 100_000,
      later: true,
      sprites: false,
      theme: 'dark',
      source: 'http://127.0.0.1:9/api',
    });
});
