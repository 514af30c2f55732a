import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { PATIENCE } from '../e2e/published-file';
import { newPage } from '../helpers/launch-chromium';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { atSuiteEnd } from '../helpers/suite-end';

/** Bulbasaur and Pikachu; no Pokémon has the third number. */
const COMPARED = ['1', '25', '99999'];

describe('the comparison', { timeout: 120_000 }, () => {
  const atEnd = atSuiteEnd();
  let app: ServedApp;
  let page: Page;
  let explorer: ExplorerPage;

  beforeAll(async () => {
    app = await serveReadyApp(await snapshotData(atEnd), atEnd);
    const { settings } = await app.call('app.start', {});
    const workspace = { columns: ['name' as const], sort: [], pinned: [], widths: {}, cards: [] };
    await app.call('settings.save', {
      settings: { ...settings, workspace: { ...workspace, compared: COMPARED } },
    });
    page = await newPage(atEnd, { viewport: { width: 1280, height: 800 } });
    await page.goto(app.url);
    explorer = new ExplorerPage(page);
    await explorer.show('Compare');
    await names().first().waitFor();
  });

  const names = () =>
    page.getByRole('list', { name: 'Compared Pokémon' }).locator('li button:first-child');
  const kept = async () => (await app.call('app.start', {})).settings.workspace?.compared;

  test('is there again at the next launch; who is not in the data is named and can be taken out', async () => {
    await expect.poll(() => names().allInnerTexts()).toEqual(['Bulbasaur', 'Pikachu']);
    const missing = page.getByText('No. 99999 is not in the data.');
    await missing.waitFor();
    await page.getByRole('button', { name: 'Take No. 99999 out' }).click();
    await missing.waitFor({ state: 'detached' });
    await page.getByText('2 of 6').waitFor();
    await expect.poll(kept, PATIENCE).toEqual(['1', '25']);
  });

  test('takes six, says so of the seventh, and lets everybody go at once', async () => {
    const search = page.getByRole('textbox', { name: 'Add a Pokémon' });
    for (const name of ['Eevee', 'Mewtwo', 'Snorlax', 'Charizard']) {
      await search.fill(name);
      await page.getByRole('option', { name }).click();
    }
    await page.getByText('6 of 6').waitFor();
    await expect.poll(() => search.isDisabled()).toBe(true);
    await expect
      .poll(() => search.getAttribute('placeholder'))
      .toBe('6 are compared; take one out first');
    await page.getByRole('button', { name: 'Take everybody out' }).click();
    await page.getByText('Nothing to compare yet.').waitFor();
    await expect.poll(kept, PATIENCE).toEqual([]);
  });
});
