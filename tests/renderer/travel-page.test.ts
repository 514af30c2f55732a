import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { axeFindings } from '../helpers/axe';
import { served } from '../helpers/documents';
import { newPage } from '../helpers/launch-chromium';
import { PokeapiServer } from '../helpers/pokeapi-server';
import { runCli } from '../helpers/run-cli';
import { serveReadyApp } from '../helpers/served-app';
import { atSuiteEnd } from '../helpers/suite-end';
import { temporaryFolder } from '../helpers/temporary-folder';

describe('the data as they were', { timeout: 120_000 }, () => {
  const atEnd = atSuiteEnd();
  let page: Page;
  let explorer: ExplorerPage;
  let data: string;

  /** Of twelve Pokémon, the first `count`, all as tall as `height` says. */
  async function publish(count: number, height: (id: number) => number): Promise<void> {
    const documents = Array.from({ length: count }, (_, at) =>
      served({ id: at + 1, height: height(at + 1) }),
    );
    const server = await new PokeapiServer(documents).listen();
    await runCli(['refresh', '--source', server.url, '--data', data, '--games', 'all']);
    await server.close();
  }

  beforeAll(async () => {
    data = await temporaryFolder(atEnd);
    await publish(12, (id) => id);
    // The last two have left, the first has grown.
    await publish(10, (id) => (id === 1 ? 40 : id));
    const app = await serveReadyApp(data, atEnd);
    page = await newPage(atEnd, { viewport: { width: 1600, height: 900 } });
    await page.goto(app.url);
    explorer = new ExplorerPage(page);
    await explorer.ready();
  });

  const tile = (at: number) => page.locator('.tile').nth(at);
  const counted = () => page.locator('.tile dd').first().textContent();
  const banner = () => page.locator('.version-banner');

  test('are told apart from today’s, with the filters that were set, and left again', async () => {
    await explorer.show('Changes');
    await page.getByRole('button', { name: /^Version 1 / }).click();
    await page.getByRole('button', { name: 'Explore as of this version' }).click();
    await banner().getByText('The data as of version 1').waitFor();
    await expect.poll(counted).toBe('12');
    await expect
      .poll(() => page.getByRole('button', { name: /^Table:/ }).getAttribute('aria-label'))
      .toBe('Table: Pokémon, version 1');
    expect(await axeFindings(page)).toEqual([]);
    // A view that is saved of it shows it again, from wherever it is opened.
    const saving = page.waitForEvent('download');
    await explorer.command('Save view');
    const view = await (await saving).path();
    await banner().getByRole('button', { name: 'Back to now' }).click();
    await banner().waitFor({ state: 'detached' });
    const choosing = page.waitForEvent('filechooser');
    await explorer.command('Open view');
    await (
      await choosing
    ).setFiles({
      name: 'v.pokeview.json',
      mimeType: 'application/json',
      buffer: await readFile(view),
    });
    await banner().getByText('The data as of version 1').waitFor();
    await expect.poll(counted).toBe('12');
    // A page that is loaded again shows the same version.
    await page.reload();
    await banner().getByText('The data as of version 1').waitFor();
    await expect.poll(counted).toBe('12');
    await banner().getByRole('button', { name: 'Back to now' }).click();
    await banner().waitFor({ state: 'detached' });
    await expect.poll(counted).toBe('10');
  });

  test('stand as outlines and differences behind another version’s', async () => {
    await explorer.show('Changes');
    await page.getByRole('button', { name: /^Version 2 / }).click();
    await page.getByRole('button', { name: 'Compare with version 1' }).click();
    await banner().getByText('Version 2 against version 1').waitFor();
    await expect.poll(() => tile(0).textContent()).toContain('−2 since v1');
    await expect.poll(() => tile(1).textContent()).toContain('since v1');
    // The side bar's counts, of this version and of the other.
    const before = page.locator('.type-chip .count-before').first();
    await expect.poll(() => before.textContent()).toBe('12');
    await page.locator('.mini-before').first().waitFor({ state: 'attached' });
    // Both versions under one filter: Mon-1 and Mon-10, before also Mon-11 and Mon-12.
    const search = page.getByPlaceholder(/^Name, number/);
    await search.fill('Mon-1');
    await search.press('Enter');
    await expect.poll(() => tile(0).textContent()).toMatch(/^2.*of 10.*−2 since v1/);
    await banner().getByRole('button', { name: 'All differences' }).click();
    const sheet = page.getByRole('dialog', { name: /^What is different in version 2/ });
    await sheet.getByText('2 deleted').first().waitFor();
    await sheet.getByText('Mon-12', { exact: true }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await banner().getByRole('button', { name: 'Swap' }).click();
    await banner().getByText('Version 1 against version 2').waitFor();
    await banner().getByRole('button', { name: 'Back to now' }).click();
    await banner().waitFor({ state: 'detached' });
  });

  test('change to a version that another process publishes in one frame, everywhere', async () => {
    await expect.poll(counted).toBe('10');
    await expect.poll(() => explorer.tableRows()).toBe(10);
    await page.evaluate(`(() => {
      window.frames = new Set();
      const text = (selector) => document.querySelector(selector)?.textContent ?? '';
      const look = () => {
        const rows = document.querySelector('[role=grid]')?.getAttribute('aria-rowcount');
        const parts = [text('.provenance').split(' of ')[0], text('.tile dd'), Number(rows) - 1];
        window.frames.add(parts.join(' '));
        requestAnimationFrame(look);
      };
      look();
    })()`);
    await publish(9, (id) => id);
    await expect.poll(counted, { timeout: 20_000 }).toBe('9');
    await page.waitForTimeout(500);
    expect(await page.evaluate('[...window.frames]')).toEqual(['10 10 10', '9 9 9']);
  });
});
