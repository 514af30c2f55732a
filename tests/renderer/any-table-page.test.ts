import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Database, quotedText } from '../../src/main/base/duckdb';
import type { OpenedDataset } from '../../src/preload/contract/opened';
import { pageTrouble } from '../e2e/page-trouble';
import { servedMany } from '../helpers/documents';
import { newPage } from '../helpers/launch-chromium';
import { PokeapiServer } from '../helpers/pokeapi-server';
import { runCli } from '../helpers/run-cli';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';
import { cell, header } from './table-page-app';

const atEnd: (() => Promise<void>)[] = [];
let app: ServedApp;
let page: Page;
let opened: OpenedDataset;
let trouble: () => Promise<string[]>;

/** Names as strangers give them, and values that are bent where somebody is careless. */
const STRANGE = `SELECT * FROM (VALUES
  ('A-1', 'Lamp', 9007199254740993::BIGINT, 1234.50::DECIMAL(9,2), 'NaN'::DOUBLE, 2019::INTEGER,
    ['red', NULL, 'a, b'], {'the city': 'Köln', n: 3}, TRUE, TIMESTAMP '2026-01-02 03:04:05', '=1+1'),
  ('A-2', 'Table', -1::BIGINT, 0.10::DECIMAL(9,2), 'Infinity'::DOUBLE, 2020::INTEGER,
    [], NULL, FALSE, NULL, ''),
  ('A-3', 'Chair', NULL, NULL, NULL, NULL, NULL, {'the city': NULL, n: NULL}, NULL, NULL, NULL)
) t("article no", title, "Ünits (kg)", "__proto__", "--left: 0", year, tags, "🏠 address", "rowid", "when", "a ""b"" c")`;

beforeAll(async () => {
  const later = (work: () => Promise<void>) => void atEnd.unshift(work);
  const data = await temporaryFolder(later);
  const server = await new PokeapiServer(servedMany(5)).listen();
  await runCli(['refresh', '--source', server.url, '--data', data]);
  await server.close();
  app = await serveReadyApp(data, later);
  opened = await openParquet(await temporaryFolder(later));
  page = await newPage(later, { viewport: { width: 1600, height: 1000 } });
  page.setDefaultTimeout(30_000);
  trouble = await pageTrouble(page, app.origin);
  await showInstead(opened);
  later(() => page.unrouteAll({ behavior: 'ignoreErrors' }));
  await page.goto(app.url);
  await cell(page, 0, 'title').getByText('Lamp').waitFor();
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

async function openParquet(folder: string): Promise<OpenedDataset> {
  const path = join(folder, 'articles.parquet');
  const database = await Database.open();
  try {
    await database.run(`COPY (${STRANGE}) TO ${quotedText(path)} (FORMAT parquet)`);
  } finally {
    database.close();
  }
  const id = '1'.repeat(32);
  const body = await readFile(path);
  const type = { 'content-type': 'application/octet-stream' };
  await app.page(`/upload/${id}/articles.parquet`, { method: 'POST', headers: type, body });
  const outcome = await app.call('datasets.open', { from: 'upload', id });
  if (outcome.kind !== 'opened') throw new Error('not opened');
  return outcome.dataset;
}

/** What the page is told to explore, until it can be told by a person: the opened table. */
async function showInstead({ described, firstView }: OpenedDataset): Promise<void> {
  // On a busy machine the answer comes later, to a question of its own.
  await page.route(/\/(call\/app\.start|answer\/\w+)$/, async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    if (!text.includes('"first_view"')) return route.fulfill({ response });
    const answer = JSON.parse(text) as { result: object };
    const first_view = { ...firstView, cards: [] };
    await route.fulfill({
      response,
      json: { ...answer, result: { ...answer.result, described, first_view } },
    });
  });
  await page.route('**/call/explore.ask', async (route) => {
    const asked = route.request().postDataJSON() as object;
    await route.continue({ postData: JSON.stringify({ ...asked, dataset: described.key }) });
  });
}

const textOf = (row: number, column: string) => cell(page, row, column).textContent();
const cellsOf = (column: string) => Promise.all([0, 1, 2].map((row) => textOf(row, column)));

test('a stranger’s table stands under its own names, each value as it is', async () => {
  const grid = page.getByRole('grid', { name: 'Rows' });
  expect(await grid.getAttribute('aria-rowcount')).toBe('4');
  await page.locator('section[aria-label="Table"]').getByText('3 rows', { exact: true }).waitFor();
  expect(opened.described.row).toMatchObject({ key: 'article no', title: 'title' });
  expect(await header(page, 'article no').textContent()).toContain('Article no');
  expect(await header(page, 'Ünits (kg)').textContent()).toContain('Ünits kg');
  expect(await cellsOf('Ünits (kg)')).toEqual(['9,007,199,254,740,993', '-1', '–']);
  expect(await cellsOf('__proto__')).toEqual(['1,234.50', '0.10', '–']);
  expect(await cellsOf('--left: 0')).toEqual(['NaN', 'Infinity', '–']);
  expect(await cellsOf('year')).toEqual(['2019', '2020', '–']);
  expect(await cellsOf('tags')).toEqual(['red, NULL, a, b', '[]', '–']);
  expect(await cellsOf('🏠 address')).toEqual([
    "{'the city': Köln, 'n': 3}",
    '–',
    "{'the city': NULL, 'n': NULL}",
  ]);
  expect(await cellsOf('rowid')).toEqual(['yes', 'no', '–']);
  expect((await cellsOf('when'))[0]).toBe('2026-01-02 03:04:05');
  expect(await cellsOf('a "b" c')).toEqual(['=1+1', '', '–']);
});

test('no number is cut off at its beginning, where it would read as another one', async () => {
  const cut = await page
    .locator('[data-row] [data-kind="number"]')
    .evaluateAll((cells) =>
      cells.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent),
    );
  expect(cut).toEqual([]);
  // Narrower than its number, a cell ends in dots.
  for (let step = 0; step < 10; step += 1)
    await header(page, 'Ünits (kg)').press('Shift+ArrowLeft');
  const number = cell(page, 0, 'Ünits (kg)').locator('span');
  const { left, inside } = await number.evaluate((each) => ({
    left: each.getBoundingClientRect().left - each.parentElement.getBoundingClientRect().left,
    inside: each.ownerDocument.defaultView.getComputedStyle(each).textOverflow,
  }));
  expect(left).toBeGreaterThanOrEqual(0);
  expect(inside).toBe('ellipsis');
});

test('it is sorted and resized by any of its columns', async () => {
  await header(page, '__proto__').click();
  await header(page, '__proto__').press('Shift+ArrowRight');
  await cell(page, 0, 'title').getByText('Table').waitFor();
  expect(await header(page, '__proto__').getAttribute('aria-sort')).toBe('ascending');
  await page.getByRole('button', { name: 'Clear order' }).click();
  await cell(page, 0, 'title').getByText('Lamp').waitFor();
});

test('a row opens with its title, all its values and no word of where it came from', async () => {
  await cell(page, 0, 'title').click();
  const detail = page.getByRole('dialog', { name: 'Lamp' });
  await detail.getByText('No. A-1').waitFor();
  await detail.getByText('1 of 3').waitFor();
  expect(
    await detail.getByRole('group', { name: 'Tags' }).getByRole('listitem').allTextContents(),
  ).toEqual(['red', 'NULL', 'a, b']);
  const over = await detail.evaluate((panel) => panel.scrollWidth - panel.clientWidth);
  expect(over).toBe(0);
  await detail.getByText("{'the city': Köln, 'n': 3}").waitFor();
  await detail.getByText('2026-01-02 03:04:05').waitFor();
  expect(await detail.getByRole('group', { name: 'Where it came from' }).count()).toBe(0);
  await detail.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('dialog', { name: 'Table' }).waitFor();
  await page.keyboard.press('Escape');
});

test('its rows are found by typing and compared', async () => {
  await page.getByRole('navigation', { name: 'Screens' }).getByText('Compare').click();
  const search = page.getByRole('textbox', { name: 'Add a row' });
  for (const name of ['Lamp', 'Chair']) {
    await search.fill(name.toLowerCase());
    await page.getByRole('option', { name }).click();
  }
  const table = page.getByRole('region', { name: 'Differences' });
  await table.getByRole('columnheader', { name: 'Chair' }).waitFor();
  expect(await table.getByRole('columnheader').allTextContents()).toEqual([
    'Value',
    'Lamp',
    'Chair',
  ]);
  expect(await page.locator('#main').textContent()).not.toMatch(/pok[eé]mon/i);
});

test('nothing broke the policy or failed meanwhile', async () => {
  expect(await trouble()).toEqual([]);
});
