import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Database, quotedText } from '../../src/main/base/duckdb';
import { ExplorerPage } from '../e2e/explorer-page';
import { pageTrouble } from '../e2e/page-trouble';
import { axeFindings } from '../helpers/axe';
import { newPage } from '../helpers/launch-chromium';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { atSuiteEnd } from '../helpers/suite-end';

const PATIENCE = { timeout: 20_000 };

/** Two of six rows stand alone in both columns; rows without a value are alike too. */
const STRANGE = ['"<b>of</b> ""x""",__proto__', ...['x,1', 'x,1', 'y,1', 'y,2', ',3', ',3']].join(
  '\n',
);

describe('the Privacy screen', { timeout: 120_000 }, () => {
  const atEnd = atSuiteEnd();
  let data: string;
  let page: Page;
  let explorer: ExplorerPage;
  let trouble: () => Promise<string[]>;

  beforeAll(async () => {
    data = await snapshotData(atEnd);
    const app = await serveReadyApp(data, atEnd);
    page = await newPage(atEnd, { viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(20_000);
    trouble = await pageTrouble(page, app.origin);
    await page.goto(app.url);
    explorer = new ExplorerPage(page);
    await explorer.ready();
  });

  /** Rows that no other row is like in these columns, counted one by one. */
  const aloneBy = async (columns: string): Promise<number> => {
    const database = await Database.open();
    try {
      const { alone } = await database.row<{ alone: number }>(
        `SELECT count(*)::INTEGER AS alone FROM (
           SELECT 1 FROM ${quotedText(join(data, 'pokemon.parquet'))}
           GROUP BY ${columns} HAVING count(*) = 1)`,
      );
      return alone;
    } finally {
      database.close();
    }
  };
  const picker = () => page.getByRole('region', { name: 'What somebody may know' });
  const verdict = () =>
    page
      .locator('main p')
      .getByText(/recognises/)
      .first();
  const says = (text: string | RegExp): Promise<void> =>
    page.locator('main p').getByText(text).first().waitFor();
  const chooseOnly = async (names: readonly string[], toggle: (at: Locator) => Promise<void>) => {
    for (const line of await picker().getByRole('listitem').all()) {
      const at = line.getByRole('checkbox');
      const isWanted = names.includes(await line.locator('label').innerText());
      if ((await at.isChecked()) !== isWanted) await toggle(at);
    }
  };

  test('the proposed columns, and those chosen by the keyboard, single out as many as are counted', async () => {
    await page.keyboard.press('Alt+6');
    await page.getByRole('tab', { name: 'Re-identification', selected: true }).waitFor();
    await says(/^Anyone who knows .+ recognises /);
    expect(await axeFindings(page)).toEqual([]);
    await chooseOnly(['Weight (hg)', 'Height (dm)'], async (at) => {
      await at.focus();
      await page.keyboard.press('Space');
    });
    const alone = await aloneBy('weight, height');
    await says(`Anyone who knows weight and height recognises ${alone} of 649 Pokémon (81 %).`);
    // Screen readers hear it once it rests.
    await page.getByRole('status').getByText(`recognises ${alone} of 649`).first().waitFor();
  });

  test('the slider says what has to be given up, and the file is as it says', async () => {
    const part = page.getByRole('region', { name: 'Give away less' });
    await part
      .getByText(/^The smallest group has \d+ Pokémon\./)
      .first()
      .waitFor();
    const slider = page.getByRole('slider', { name: 'Alike at least' });
    await slider.focus();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('8 Pokémon');
    const outcome = part.getByText(/^The smallest group has (8|9|\d\d+) Pokémon\./).first();
    await outcome.waitFor();
    const left = Number(/([\d,]+) Pokémon stay/.exec(await outcome.innerText())?.[1]);
    await page
      .getByRole('status')
      .getByText(await outcome.innerText())
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);

    await part.getByRole('button', { name: 'Export like this…' }).click();
    const form = page.getByRole('dialog', { name: 'Export without names' });
    await form.getByText(`${left} Pokémon, `).waitFor();
    await form.getByText(/^Number, Name, Order, Sprite, Species\.$/).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await form.getByRole('combobox', { name: 'Format' }).selectOption('JSON');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      form.getByRole('button', { name: 'Export' }).click(),
    ]);
    const rows = z
      .array(z.record(z.string(), z.unknown()))
      .parse(JSON.parse(await readFile(await download.path(), 'utf8')));
    expect(rows).toHaveLength(left);
    const sizes = new Map<string, number>();
    for (const { weight_kg, height_m } of rows) {
      const values = JSON.stringify([weight_kg, height_m]);
      sizes.set(values, (sizes.get(values) ?? 0) + 1);
    }
    for (const size of sizes.values()) expect(size).toBeGreaterThanOrEqual(8);
    expect(Object.keys(rows[0] ?? {})).toContain('pokemon_key');
    for (const name of ['id', 'name', 'species', 'order', 'sprite_front_default'])
      expect(rows[0]).not.toHaveProperty(name);
  });

  test('the most exposed rows lead to their detail', async () => {
    const exposed = page.getByRole('region', { name: 'Most exposed' }).getByRole('row');
    await expect.poll(() => exposed.count(), PATIENCE).toBe(11);
    const first = exposed.nth(1).getByRole('button');
    const name = await first.innerText();
    await first.click();
    await page.getByRole('dialog').getByRole('heading', { name, exact: true }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('filters count, and what they leave nothing of says so', async () => {
    await explorer.show('Explore');
    await explorer.drag(explorer.brush('BMI'), [0.02, 0.5], [0.06, 0.5]);
    await explorer.show('Privacy');
    await page.getByRole('group', { name: 'Active filters' }).getByText(/^BMI/).waitFor();
    const measured = async () =>
      Number(/ of (\d+) Pokémon/.exec((await verdict().innerText()) ?? '')?.[1]);
    await expect.poll(measured, PATIENCE).toBeLessThan(649);
    await expect.poll(async () => (await measured()) - (await explorer.count()), PATIENCE).toBe(0);
    await page.keyboard.press('Alt+c');
    await says(/ of 649 Pokémon/);
  });

  test('a stranger’s table is measured by its own columns', async () => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.keyboard.press('Control+o'),
    ]);
    const buffer = Buffer.from(`${STRANGE}\n`);
    await chooser.setFiles({ name: 'strange.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: 'Table: strange.csv' }).waitFor();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await explorer.show('Privacy');
    await chooseOnly(['<b>of</b> "x"', '__proto__'], (at) => at.click());
    await says(/^Anyone who knows .+ recognises 2 of 6 rows \(33 %\)\.$/);
    expect(await trouble()).toEqual([]);
  });
});
