import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { PATIENCE } from '../e2e/published-file';
import { newPage } from '../helpers/launch-chromium';
import { cases } from '../helpers/rounds';
import { runCli } from '../helpers/run-cli';
import { serveReadyApp } from '../helpers/served-app';
import { atSuiteEnd } from '../helpers/suite-end';
import { temporaryFolder } from '../helpers/temporary-folder';

/** What a person types and whom they mean, among all 1,351 Pokémon of the snapshot. */
const MEANT = [
  ['Porygon Z', 'Porygon-z'],
  ['#025', 'Pikachu'],
  ['charzard', 'Charizard'],
  // The only one that is both, fire first.
  ['water fire', 'Volcanion'],
] as const;
const MORE = [
  ['porygon-z', 'Porygon-z'],
  ['ho-oh', 'Ho-oh'],
  ['hooh', 'Ho-oh'],
  ['mr. mime', 'Mr-mime'],
  ['25', 'Pikachu'],
  ['flabebe', 'Flabebe'],
] as const;
type Meant = readonly [text: string, name: string];

describe('a search finds whom a person means first', { timeout: 120_000 }, () => {
  const atEnd = atSuiteEnd();
  let page: Page;
  let explorer: ExplorerPage;

  beforeAll(async () => {
    const data = await temporaryFolder(atEnd);
    await runCli(['refresh', '--source', 'bundled', '--games', 'all', '--data', data]);
    const app = await serveReadyApp(data, atEnd);
    page = await newPage(atEnd, { viewport: { width: 1280, height: 800 } });
    await page.goto(app.url);
    explorer = new ExplorerPage(page);
    await explorer.ready();
  });

  test.each(cases<Meant>(MEANT, MORE))('“%s” in the explorer: %s', async (text, name) => {
    await explorer.show('Explore');
    await page.locator('.sidebar input[type="search"]').fill(text);
    await expect.poll(() => explorer.cellText(0, 'name'), PATIENCE).toBe(name);
    await page.locator('.sidebar input[type="search"]').fill('');
    await expect.poll(() => explorer.cellText(0, 'name'), PATIENCE).toBe('Bulbasaur');
  });

  test.each([...MEANT, ...MORE])('“%s” in the palette: %s', async (text, name) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search Pokémon and commands' }).fill(text);
    const first = page.getByRole('listbox', { name: 'Results' }).getByRole('option').first();
    await expect.poll(() => first.innerText(), PATIENCE).toMatch(new RegExp(`^${name}\\s`));
    await page.keyboard.press('Escape');
  });

  test.each(cases<Meant>(MEANT, MORE))('“%s” in Compare: %s', async (text, name) => {
    await explorer.show('Compare');
    await page.getByLabel('Add a Pokémon').fill(text);
    const first = page.getByRole('option').first();
    await expect.poll(() => first.innerText(), PATIENCE).toContain(name);
    await page.keyboard.press('Escape');
  });
});
