import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { PATIENCE } from '../e2e/published-file';
import { newPage } from '../helpers/launch-chromium';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { atSuiteEnd } from '../helpers/suite-end';

describe('the command palette reaches', { timeout: 120_000 }, () => {
  const atEnd = atSuiteEnd();
  let page: Page;
  let explorer: ExplorerPage;

  beforeAll(async () => {
    const app = await serveReadyApp(await snapshotData(atEnd), atEnd);
    page = await newPage(atEnd, { viewport: { width: 1280, height: 800 } });
    await page.goto(app.url);
    explorer = new ExplorerPage(page);
    await explorer.ready();
  });

  test('the console, from any screen', async () => {
    await explorer.command('Run the query');
    await page.getByRole('table', { name: 'Result' }).waitFor();
    await explorer.command('Forget the queries that were run');
    await expect
      .poll(() => page.getByRole('button', { name: 'History' }).isDisabled(), PATIENCE)
      .toBe(true);
  });

  test('back into the query, where Escape leaves it', async () => {
    await explorer.show('SQL');
    await explorer.writeSql('SELECT 1');
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('combobox', { name: 'Search Pokémon and commands' });
    await palette.waitFor();
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
    await page.keyboard.type('2');
    await expect.poll(() => page.locator('.cm-content').innerText(), PATIENCE).toBe('SELECT 12');
  });

  test('all that match the words, from another screen', async () => {
    await explorer.show('SQL');
    await page.keyboard.press('Control+k');
    await page
      .getByRole('combobox', { name: 'Search Pokémon and commands' })
      .fill(' ground poison ');
    await page.getByRole('option', { name: 'Show only what matches “ground poison”' }).click();
    // Nidoqueen and Nidoking by type; Gliscor and Seismitoad by poison-heal and poison-touch.
    await expect
      .poll(() => explorer.chips(), PATIENCE)
      .toEqual(['Search: “ground poison”, all words or else any']);
    await expect.poll(() => explorer.tableRows(), PATIENCE).toBe(4);
    await expect.poll(() => explorer.cellText(0, 'name')).toBe('Nidoqueen');
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('ground poison');
    await page.getByRole('button', { name: 'Remove filter Search' }).click();
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual([]);
  });

  test('the table’s columns and its fold, from another screen', async () => {
    await explorer.show('SQL');
    await explorer.command('Table: choose columns…');
    await page.getByRole('list', { name: 'Columns in the table, left to right' }).waitFor();
    await page.keyboard.press('Escape');
    await explorer.command('Table: show or fold away');
    await explorer.grid().waitFor({ state: 'detached' });
    await explorer.command('Table: show or fold away');
    await explorer.grid().waitFor();
  });

  test('a chart’s own menu, its builder, and its end', async () => {
    await explorer.show('SQL');
    await explorer.command('Chart “Stat total”: table, full screen, copy, save…');
    await page.getByRole('menuitem', { name: 'Show data table' }).click();
    await explorer.card('Stat total').locator('.data-table').waitFor();
    await explorer.command('Edit chart “Stat total”…');
    await page.getByRole('dialog', { name: 'Edit “Stat total”' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await explorer.command('Remove chart “Stat total”');
    await explorer.card('Stat total').waitFor({ state: 'detached' });
  });

  test('each filter that is there', async () => {
    await page.locator('.sidebar input[type="search"]').fill('chu');
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['Search: “chu”']);
    await explorer.command('Remove filter Search: “chu”');
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual([]);
  });
});
