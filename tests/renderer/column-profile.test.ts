import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { pageTrouble } from '../e2e/page-trouble';
import { newPage } from '../helpers/launch-chromium';
import { runCli } from '../helpers/run-cli';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';

const PATIENCE = { timeout: 20_000, interval: 50 };

interface Profiled {
  name: string;
  nulls: number;
  distinct: number;
  min: unknown;
  median: unknown;
  max: unknown;
  top: { value: unknown; n: number }[];
}

let page: Page;
let explorer: ExplorerPage;
let profile: Map<string, Profiled>;
let trouble: () => Promise<string[]>;
const atEnd: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const later = (work: () => Promise<void>) => void atEnd.unshift(work);
  const data = await snapshotData(later);
  const app = await serveReadyApp(data, later);
  const told = await runCli(['profile', '--json', '--data', data]);
  const { columns } = JSON.parse(told.stdout) as { columns: Profiled[] };
  profile = new Map(columns.map((column) => [column.name, column]));
  page = await newPage(later, { viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(15_000);
  trouble = await pageTrouble(page, app.origin);
  await page.goto(await app.link());
  explorer = new ExplorerPage(page);
  await explorer.ready();
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

const side = () => page.getByRole('complementary', { name: 'Filters' });
const entry = (name: string) => side().getByRole('group', { name, exact: true });

async function opened(name: string): Promise<Locator> {
  const found = entry(name);
  const line = found.locator('.entry-line');
  await line.scrollIntoViewIfNeeded();
  if ((await line.getAttribute('aria-expanded')) !== 'true') await line.click();
  return found;
}

async function figures(of: Locator): Promise<Record<string, string>> {
  await expect
    .poll(async () => (await of.locator('.figures').innerText()).includes('…'), PATIENCE)
    .toBe(false);
  const texts = await of.locator('.figures > div').allInnerTexts();
  return Object.fromEntries(texts.map((text) => text.split('\n') as [string, string]));
}

const numberOf = (text: string | undefined) => Number((text ?? '').replaceAll(/[^\d.-]/g, ''));

const LABELS: readonly (readonly [title: string, column: string])[] = [
  ['BMI (kg/m²)', 'bmi'],
  ['Base experience', 'base_experience'],
  ['Height (m)', 'height_m'],
  ['Stat total', 'stat_total'],
  ['HP', 'hp'],
];

test.each(LABELS)('%s has the figures that the command line tells', async (title, column) => {
  const told = profile.get(column);
  const of = await figures(await opened(title));
  expect(numberOf(of['Missing'])).toBe(told?.nulls);
  expect(numberOf(of['Distinct'])).toBe(told?.distinct);
  expect(numberOf(of['Lowest'])).toBeCloseTo(Number(told?.min), 1);
  expect(numberOf(of['Median'])).toBeCloseTo(Number(told?.median), 1);
  expect(numberOf(of['Highest'])).toBeCloseTo(Number(told?.max), 1);
});

test('values have the counts that the command line tells; a click keeps one, another lets it go', async () => {
  await page.getByLabel('Find a column').fill('default form');
  const flag = await opened('Default form');
  const top = profile.get('is_default')?.top ?? [];
  const bars = flag.locator('.value-bar');
  await expect
    .poll(() => bars.allInnerTexts(), PATIENCE)
    .toEqual(top.map(({ value, n }) => `${value === true ? 'yes' : 'no'}\n${n}`));
  await bars.first().click();
  await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['Default form: yes']);
  await bars.first().click();
  await expect.poll(() => explorer.chips(), PATIENCE).toEqual([]);
  await page.getByLabel('Find a column').fill('');
});

test('exact numbers are typed into an entry; card, chip and entry show the one filter', async () => {
  const bmi = await opened('BMI (kg/m²)');
  await bmi.getByLabel('From').fill('20');
  await bmi.getByLabel('To').fill('31.25');
  await bmi.getByLabel('To').press('Enter');
  await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['BMI (kg/m²) 20–31.25']);
  expect(await explorer.brush('BMI').getAttribute('aria-valuetext')).toBe('20 to 31.25');
  await bmi.getByLabel('From').fill('');
  await bmi.getByLabel('To').fill('');
  await bmi.getByRole('button', { name: 'Apply' }).click();
  await expect.poll(() => explorer.chips(), PATIENCE).toEqual([]);
});

test('a value is found by a part of its name among all there are', async () => {
  await page.getByLabel('Find a column').fill('abil');
  const abilities = await opened('Abilities');
  await abilities.getByLabel('Find a value of Abilities').fill('overg');
  await expect.poll(() => abilities.locator('label.check').count(), PATIENCE).toBe(1);
  await abilities.getByRole('checkbox').check();
  await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['Ability: Overgrow']);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.getByLabel('Find a column').fill('');
});

test('a corrected name, unit and colour is heard everywhere, and taken back', async () => {
  const sheet = page.getByRole('dialog', { name: /^How “.*” is looked at$/ });
  const bmi = await opened('BMI (kg/m²)');
  await bmi.getByRole('button', { name: 'Correct this column…' }).press('Enter');
  await sheet.getByLabel('Name').fill('Body mass');
  await sheet.getByLabel('Unit').fill('points');
  await sheet.getByLabel('Name').press('Enter');
  await sheet.waitFor({ state: 'detached' });
  await entry('Body mass (points)').waitFor();
  const header = page.getByRole('columnheader', { name: 'Body mass, points' });
  await expect.poll(() => header.count(), PATIENCE).toBe(1);
  const chip = page.getByRole('group', { name: 'Active filters' });
  const fields = entry('Body mass (points)');
  await fields.getByLabel('From').fill('20');
  await fields.getByLabel('From').press('Enter');
  await chip.getByText('Body mass (points) from 20').waitFor();
  await page.getByRole('button', { name: 'Clear all' }).click();
  // Another page of the same data hears of it, and so does a page that is loaded again.
  await page.reload();
  await explorer.ready();
  const again = await opened('Body mass (points)');
  await again.getByRole('button', { name: 'Correct this column…' }).click();
  await sheet.getByRole('button', { name: 'As the app sees it' }).click();
  await entry('BMI (kg/m²)').waitFor();
  await expect.poll(() => header.count(), PATIENCE).toBe(0);
});

test('a column’s entry is moved by keys and keeps the focus; the usual order is one press away', async () => {
  const names = () =>
    side()
      .locator('.entry-name')
      .allTextContents()
      .then((all) => all.slice(0, 3));
  const before = await names();
  const line = entry(before[1] ?? '').locator('.entry-line');
  await line.press('Alt+ArrowUp');
  await expect.poll(names, PATIENCE).toEqual([before[1], before[0], before[2]]);
  await expect.poll(() => line.evaluate((at) => at === at.ownerDocument.activeElement)).toBe(true);
  await side().getByRole('button', { name: 'Back to the usual order' }).click();
  await expect.poll(names, PATIENCE).toEqual(before);
});

test('the side bar folds and unfolds; the search unfolds it', async () => {
  await side().getByRole('button', { name: 'Fold the side bar' }).click();
  expect(await page.getByLabel('Find a column').count()).toBe(0);
  await page.keyboard.press('/');
  await page.getByLabel('Find a column').waitFor();
  await expect.poll(() => page.evaluate('document.activeElement.type'), PATIENCE).toBe('search');
});

test('and all of it without trouble', async () => {
  expect(await trouble()).toEqual([]);
});
