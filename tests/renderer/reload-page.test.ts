import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { pageTrouble } from '../e2e/page-trouble';
import { PATIENCE } from '../e2e/published-file';
import { newPage } from '../helpers/launch-chromium';
import { queryRows } from '../helpers/parquet-rows';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { atSuiteEnd } from '../helpers/suite-end';

describe('over a reload, and by Back', { timeout: 60_000 }, () => {
  const atEnd = atSuiteEnd();
  let page: Page;
  let explorer: ExplorerPage;
  let data: string;
  let trouble: () => Promise<string[]>;

  beforeAll(async () => {
    data = await snapshotData(atEnd);
    const app = await serveReadyApp(data, atEnd);
    page = await newPage(atEnd, { viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(15_000);
    trouble = await pageTrouble(page, app.origin);
    await page.goto(app.url);
    explorer = new ExplorerPage(page);
    await explorer.ready();
  }, 60_000);

  const current = () => page.getByRole('navigation').locator('[aria-current="page"]').innerText();

  test('filters stay, those that are switched off too, and are not a step to undo', async () => {
    await page.locator('.type-chip', { hasText: 'Water' }).click();
    await page.locator('.chip-text').click();
    await page.getByRole('button', { name: 'Switch off' }).click();
    await page.locator('.type-chip', { hasText: 'Fire' }).waitFor();
    await explorer.drag(explorer.brush('BMI'), [0.05, 0.5], [0.2, 0.5]);
    await expect.poll(() => explorer.chips(), PATIENCE).toHaveLength(2);
    const chips = await explorer.chips();
    const [low = '', high = ''] = chips[0]?.split(' ').at(-1)?.split('–') ?? [];
    const path = join(data, 'pokemon.parquet');
    const sql = `SELECT count(*)::INTEGER AS n FROM read_parquet($path) WHERE bmi BETWEEN ${Number(low)} AND ${Number(high)}`;
    const [{ n: count } = { n: Number.NaN }] = await queryRows<{ n: number }>(sql, { path });
    await expect.poll(() => explorer.count(), PATIENCE).toBe(count);
    await page.reload();
    await explorer.ready();
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual(chips);
    await expect.poll(() => explorer.count(), PATIENCE).toBe(count);
    const undo = page.getByRole('button', { name: 'Undo', exact: true }).first();
    expect(await undo.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('button', { name: 'Clear all' }).click();
    // The table follows when the filters rest: what is clicked next is to be the row of all.
    await page.getByRole('gridcell', { name: 'Bulbasaur', exact: true }).first().waitFor();
  });

  test('screen, query and opened row stay; Back and Forward go between them', async () => {
    await explorer.cell(0, 'name').click();
    const detail = page.getByRole('dialog');
    await detail.getByRole('heading', { name: 'Bulbasaur', exact: true }).waitFor();
    await page.reload();
    await detail.getByRole('heading', { name: 'Bulbasaur', exact: true }).waitFor();
    await explorer.show('SQL');
    await detail.waitFor({ state: 'detached' });
    await explorer.writeSql('SELECT 7 AS seven');
    await page.reload();
    await expect
      .poll(() => page.locator('.cm-line').allInnerTexts(), PATIENCE)
      .toEqual(['SELECT 7 AS seven']);
    await explorer.show('Changes');
    await page.goBack();
    await expect.poll(current, PATIENCE).toBe('SQL');
    await page.goBack();
    await expect.poll(current, PATIENCE).toBe('Explore');
    await detail.getByRole('heading', { name: 'Bulbasaur', exact: true }).waitFor();
    await page.goBack();
    await detail.waitFor({ state: 'detached' });
    await page.goForward();
    await detail.getByRole('heading', { name: 'Bulbasaur', exact: true }).waitFor();
  });

  test('and all of it without trouble', async () => {
    expect(await trouble()).toEqual([]);
  });
});
