import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { PATIENCE } from '../e2e/published-file';
import { newPage } from '../helpers/launch-chromium';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';

const scheme = (page: Page) => page.locator('html').getAttribute('data-mantine-color-scheme');

test('the answer to an earlier choice, overtaken by a later one, does not undo it', async ({
  onTestFinished,
}) => {
  const app = await serveReadyApp(await snapshotData());
  const page = await newPage(onTestFinished);
  await page.goto(app.url);
  const explorer = new ExplorerPage(page);
  await explorer.ready();
  await explorer.show('Settings');

  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let kept = 0;
  await page.route('**/call/settings.save', async (route) => {
    const response = await route.fetch();
    kept += 1;
    if (kept === 1) await held;
    await route.fulfill({ response });
  });
  const theme = page.getByRole('radiogroup', { name: 'Theme' });
  await theme.getByText('Light').click();
  // The app has it; its answer is on the way for a long time.
  await expect.poll(() => kept, PATIENCE).toBe(1);
  await theme.getByText('Dark').click();
  await expect.poll(() => scheme(page), PATIENCE).toBe('dark');
  const overtaken = page.waitForResponse('**/call/settings.save');
  release();
  await (await overtaken).finished();
  await page.waitForTimeout(300);
  expect(await scheme(page)).toBe('dark');
  expect(await theme.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
  expect((await app.call('app.start', {})).settings.theme).toBe('dark');
});

test('an open page shows what another program sets, within seconds and without a reload', async ({
  onTestFinished,
}) => {
  const data = await snapshotData();
  const app = await serveReadyApp(data);
  const other = await serveReadyApp(data);
  const page = await newPage(onTestFinished);
  await page.goto(app.url);
  const explorer = new ExplorerPage(page);
  await explorer.ready();
  await other.call('settings.save', { settings: { theme: 'dark', concurrency: 3 } });
  await expect.poll(() => scheme(page), PATIENCE).toBe('dark');
  await explorer.show('Settings');
  const theme = page.getByRole('radiogroup', { name: 'Theme' });
  await expect.poll(() => theme.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
  await expect.poll(() => page.getByLabel('Requests at once').inputValue()).toBe('3');
});

test('numbers and dates follow the chosen language on every screen; files and words do not', async ({
  onTestFinished,
}) => {
  const app = await serveReadyApp(await snapshotData());
  const page = await newPage(onTestFinished);
  await page.goto(app.url);
  const explorer = new ExplorerPage(page);
  await explorer.ready();
  await page.locator('.provenance').getByText('649 of 1,351').waitFor();
  await explorer.show('Settings');
  const field = page.getByLabel('Numbers and dates');
  await field.focus();
  await field.selectOption('de-DE');
  await page.locator('.provenance').getByText('649 of 1.351').waitFor();
  // What was drawn again kept its place.
  await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
  await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('settings-locale');
  await explorer.show('Explore');
  await expect.poll(() => explorer.cell(0, 'weight_kg').innerText(), PATIENCE).toBe('6,9');
  await expect
    .poll(() => page.locator('.tile').allInnerTexts())
    .toContainEqual(expect.stringMatching(/\d,\d/));
  await page.reload();
  await page.locator('.provenance').getByText('649 of 1.351').waitFor();
  const [kept] = (await app.call('sql.run', { sql: 'SELECT weight_kg FROM pokemon LIMIT 1' })).rows;
  expect(kept).toEqual([6.9]);
  await expect(app.call('settings.save', { settings: { locale: 'x' } })).rejects.toThrow(/locale/);
});

test('a schedule is chosen, and when it is due next is said there and in the header', async ({
  onTestFinished,
}) => {
  const app = await serveReadyApp(await snapshotData());
  // What is refreshed from needs no network.
  await app.call('settings.save', { settings: { source: 'bundled' } });
  const page = await newPage(onTestFinished);
  await page.goto(app.url);
  const explorer = new ExplorerPage(page);
  await explorer.ready();
  await explorer.show('Settings');
  await page.getByLabel('Refresh the data').selectOption({ label: 'Every day' });
  const next = /next refresh: \d+ \w+ \d{4}, \d\d:\d\d/i;
  await page.getByRole('region', { name: 'Schedule' }).getByText(next).waitFor();
  await page.locator('.provenance').getByText(next).waitFor();
  // Nobody asked for the refresh that came at once: its panel stays closed.
  expect(await page.getByRole('region', { name: 'Refresh', exact: true }).count()).toBe(0);
  const schedule = async () => (await app.call('app.start', {})).settings.schedule;
  await page.getByLabel('Refresh the data').selectOption({ label: 'Every…' });
  const number = page.getByRole('textbox', { name: 'Every' });
  await expect.poll(schedule).toBe('6h');
  await expect.poll(() => number.inputValue()).toBe('6');
  await number.fill('0');
  await page.getByText('From 1 second to 366 days.').waitFor();
  await number.press('Enter');
  await expect.poll(schedule).toBe('6h');
  await number.fill('45');
  await number.press('Enter');
  await expect.poll(schedule).toBe('45h');
  await page.getByLabel('Unit').selectOption('minutes');
  await expect.poll(schedule).toBe('45m');
  await page.getByLabel('Refresh the data').selectOption({ label: 'Only when asked' });
  await page.locator('.provenance').getByText(next).waitFor({ state: 'detached' });
});
