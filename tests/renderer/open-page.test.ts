import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { servedMany } from '../helpers/documents';
import { whenBusy } from '../helpers/busy-machine';
import { newPage } from '../helpers/launch-chromium';
import { PokeapiServer } from '../helpers/pokeapi-server';
import { runCli } from '../helpers/run-cli';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { atSuiteEnd } from '../helpers/suite-end';
import { temporaryFolder } from '../helpers/temporary-folder';

const LATIN = Buffer.from('Stadt;Umsatz;PLZ\nKöln;1,5;01067\nZürich;22,25;50667\n', 'latin1');

describe('opening tables', { timeout: 60_000 }, () => {
  const atEnd = atSuiteEnd();
  let app: ServedApp;
  let page: Page;
  let folder: string;
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const grid = () => page.getByRole('grid');
  const cell = (row: number, column: string) =>
    grid().locator(`[data-row="${row}"] [data-column="${column}"]`);

  beforeAll(async () => {
    folder = await temporaryFolder(atEnd);
    const data = join(folder, 'data');
    await mkdir(data);
    const server = await new PokeapiServer(servedMany(5)).listen();
    await runCli(['refresh', '--source', server.url, '--data', data]);
    await server.close();
    await writeFile(join(folder, 'cities.csv'), 'city,size\nBonn,1\nKiel,2\n');
    app = await serveReadyApp(data, atEnd, ['--open', join(folder, 'cities.csv')]);
    page = await newPage(atEnd, { viewport: { width: 1280, height: 900 } });
    await page.goto(app.url);
    await button('Table: cities.csv').waitFor();
  }, 60_000);

  async function drop(name: string, content: string | Buffer): Promise<void> {
    const bytes = JSON.stringify([...Buffer.from(content)]);
    const files = await page.evaluateHandle(`(() => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(${bytes})], ${JSON.stringify(name)}));
      return data;
    })()`);
    await page.dispatchEvent('body', 'dragenter', { dataTransfer: files });
    await page.getByText('Drop to open').waitFor();
    await page.dispatchEvent('body', 'drop', { dataTransfer: files });
    await page.getByText('Drop to open').waitFor({ state: 'detached' });
  }

  test('what the command line names is shown, and the Pokémon are one step away as they were', async () => {
    await button('Table: cities.csv').waitFor();
    await button('Looks right').click();
    await expect.poll(() => cell(1, 'city').textContent()).toBe('Kiel');
    await button('Table: cities.csv').click();
    await page.getByRole('menuitem', { name: 'Pokémon' }).click();
    await new ExplorerPage(page).ready();
    // Shown once: a page that is loaded again stays where the person went.
    await page.reload();
    await button('Table: Pokémon').waitFor();
    await new ExplorerPage(page).ready();
    await cell(0, 'name').waitFor();
    await button('Table: Pokémon').click();
    await page.getByRole('menuitem', { name: /^cities\.csv/ }).click();
    await expect.poll(() => cell(0, 'city').textContent()).toBe('Bonn');
  });

  test('a dropped CSV is shown before it is believed, and a correction is read', async () => {
    await drop('Umsätze.csv', LATIN);
    const sheet = page.getByRole('dialog', { name: 'How “Umsätze.csv” is read' });
    await sheet.waitFor();
    expect(await sheet.getByLabel('Encoding').inputValue()).toBe('Windows-1252');
    expect(await sheet.getByLabel('Decimals').inputValue()).toBe('Comma 1,5');
    await sheet.getByText(/1 value begins with a zero/).waitFor();
    await sheet.getByRole('cell', { name: 'Zürich' }).waitFor();
    await sheet.getByRole('switch', { name: 'First line names the columns' }).press('Space');
    await sheet.getByRole('button', { name: 'Read it again' }).click();
    await sheet.getByRole('cell', { name: 'Stadt' }).waitFor();
    await sheet.getByRole('button', { name: 'Looks right' }).click({ timeout: 5000 });
    await sheet.waitFor({ state: 'detached' });
    await expect.poll(() => cell(0, 'column0').textContent()).toBe('Stadt');
  });

  test('what cannot be opened is told, and what was open stays in sight', async () => {
    await drop('broken.parquet', 'PAR1 nothing PAR1');
    await page.getByText(/“broken.parquet” cannot be opened/).waitFor();
    expect(await button('Table: Umsätze.csv').count()).toBe(1);
    await page.getByRole('button', { name: 'Dismiss' }).first().click();
  });

  test('a file that changed is told and reloaded, the sort kept where its column is', async () => {
    await button(/^Table:/).click();
    await page.getByRole('menuitem', { name: /^cities\.csv/ }).click();
    await expect.poll(() => cell(0, 'city').textContent()).toBe('Bonn');
    await writeFile(join(folder, 'cities.csv'), 'city,size,more\nBonn,1,x\nKiel,2,y\nUlm,3,z\n');
    await page.getByText('“cities.csv” has changed on disk.').waitFor();
    expect(await cell(2, 'city').count()).toBe(0);
    await button('Reload').click();
    await expect.poll(() => cell(2, 'city').textContent()).toBe('Ulm');
    await page.getByText('“cities.csv” has changed on disk.').waitFor({ state: 'detached' });
  });

  test('the page learns no path', async () => {
    expect(await page.content()).not.toContain(folder);
  });

  test('a closed table is among the recent ones and opens from there', async () => {
    await button('Table: cities.csv').click();
    await page.getByRole('menuitem', { name: 'Close “cities.csv”' }).click();
    await button('Table: Pokémon').click();
    await page.getByText('Recent').waitFor();
    await page.getByRole('menuitem', { name: /^cities\.csv/ }).click();
    await button('Table: cities.csv').waitFor();
  });

  test('of 500 columns only those in sight are asked for, in the side bar as in the headers', async () => {
    const asked = new Set<string>();
    page.on('request', (request) => {
      if (!request.url().endsWith('/call/explore.ask')) return;
      const { asked: questions } = request.postDataJSON() as {
        asked: { question: { kind: string; column?: string; columns?: string[] } }[];
      };
      for (const { question } of questions) {
        const { kind, column, columns } = question;
        if (kind === 'histogram' || kind === 'counts') asked.add(column ?? columns?.[0] ?? '');
      }
    });
    const names = Array.from({ length: 500 }, (_, at) => `c${String(at).padStart(3, '0')}`);
    const rows = Array.from({ length: 40 }, (_, row) => names.map((_, at) => (row * at) % 97));
    const began = Date.now();
    await drop('wide.csv', [names, ...rows].map((line) => line.join(',')).join('\n'));
    const sheet = page.getByRole('dialog', { name: 'How “wide.csv” is read' });
    await sheet.getByRole('button', { name: 'Looks right' }).click();
    await sheet.waitFor({ state: 'detached' });
    const side = page.getByRole('complementary', { name: 'Filters' });
    const shapeOf = (name: string) =>
      side.getByRole('group', { name, exact: true }).locator('.entry-shape svg');
    await shapeOf('C002').waitFor();
    expect(Date.now() - began).toBeLessThan(whenBusy(10_000));
    const headerShape = grid().locator('[data-header="c003"] svg');
    await headerShape.first().waitFor();
    const beforeScroll = asked.size;
    expect(beforeScroll).toBeLessThan(60);
    // Past the middle, to the end.
    await side.locator('.columns-scroll').evaluate((at) => at.scrollTo(0, at.scrollHeight));
    await shapeOf('C499').waitFor();
    expect(asked.has('c250')).toBe(false);
    expect(asked.size - beforeScroll).toBeLessThan(60);
    // The last of the table's 30 columns once they are in sight, and no others.
    expect(asked.has('c029')).toBe(false);
    await grid().evaluate((at) => at.parentElement?.scrollTo(at.scrollWidth, 0));
    await grid().locator('[data-header="c029"] svg').first().waitFor();
    expect(asked.has('c250')).toBe(false);
  });

  test('of 500 columns in the table only those near sight are drawn, and each is where it stands', async () => {
    await button('Columns').click();
    const hidden = page.getByRole('list', { name: 'Columns not in the table' });
    await hidden.getByText('and 410 more').waitFor();
    await page.getByLabel('Find a column that is not in the table').fill('49');
    expect(await hidden.getByRole('listitem').count()).toBe(15);
    await page.getByRole('button', { name: 'All columns' }).click();
    await expect.poll(() => grid().getAttribute('aria-colcount')).toBe('501');
    await page.keyboard.press('Escape');
    const drawn = () => grid().locator('[data-row="1"] [role=gridcell]').count();
    await grid().evaluate((at) => at.parentElement?.scrollTo(0, 0));
    await expect.poll(drawn).toBeLessThan(30);
    await cell(1, 'c000').focus();
    await page.keyboard.press('End');
    await expect
      .poll(() => page.evaluate('document.activeElement?.getAttribute("data-column")'))
      .toBe('c499');
    // Until its values are there a column that was added shows none, not even that they are missing.
    await expect.poll(() => cell(1, 'c499').textContent()).not.toBe('');
    expect(await cell(1, 'c499').textContent()).toBe(String(499 % 97));
    expect(await drawn()).toBeLessThan(30);
    // Its header stands over it, at the right end of the table.
    const [head, box] = await Promise.all(
      [grid().locator('[data-header="c499"]'), cell(1, 'c499')].map((at) => at.boundingBox()),
    );
    expect(box?.x).toBeCloseTo(head?.x ?? NaN, 0);
    const right = await grid().evaluate((at) => at.getBoundingClientRect().right);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeCloseTo(right, 0);
    await page.keyboard.press('Home');
    await expect
      .poll(() => page.evaluate('document.activeElement?.getAttribute("data-column")'))
      .toBe(null);
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(() => page.evaluate('document.activeElement?.getAttribute("data-column")'))
      .toBe('c000');
  });
});
