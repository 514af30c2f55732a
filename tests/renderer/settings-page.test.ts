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
