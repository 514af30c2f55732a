import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { pageTrouble } from '../e2e/page-trouble';
import { PATIENCE } from '../e2e/published-file';
import { newPage } from '../helpers/launch-chromium';
import { queryRows } from '../helpers/parquet-rows';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { atSuiteEnd } from '../helpers/suite-end';

describe('one history', { timeout: 60_000 }, () => {
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

  /** What an undo may have to bring back. */
  const seen = async () => ({
    chips: await explorer.chips(),
    cards: await page.locator('.card h2').allInnerTexts(),
    columns: await explorer.columns(),
    sorted: await explorer.grid().locator('[data-header="hp"]').getAttribute('aria-sort'),
    width: await explorer
      .grid()
      .locator('[data-header="name"]')
      .boundingBox()
      .then((box) => box?.width),
  });

  const countOf = async (where: string) => {
    const sql = `SELECT count(*)::INTEGER AS n FROM read_parquet($path) WHERE ${where}`;
    const path = join(data, 'pokemon.parquet');
    return (await queryRows<{ n: number }>(sql, { path }))[0]?.n ?? Number.NaN;
  };

  // Whatever a test left, the next one begins with the whole.
  afterEach(async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+c');
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual([]);
  });

  const hide = async (column: string) => {
    await explorer.grid().locator(`[data-header="${column}"]`).focus();
    await page.keyboard.press('Space');
    await page.getByRole('menuitem', { name: 'Hide column' }).click();
  };

  test('steps back through filters, cards, columns, order and widths, and forth again', async () => {
    const states = [await seen()];
    const made = async (step: () => Promise<void>) => {
      await step();
      await expect
        .poll(async () => JSON.stringify(await seen()), PATIENCE)
        .not.toBe(JSON.stringify(states.at(-1)));
      states.push(await seen());
    };
    await made(() => explorer.drag(explorer.brush('BMI'), [0.05, 0.5], [0.1, 0.5], [0.3, 0.5]));
    await made(() => explorer.chooseInMenu('Games', 'Remove'));
    await made(() => explorer.sortBy('hp'));
    await made(() => hide('bmi'));
    await made(async () => {
      const box = await explorer.grid().locator('[data-header="name"]').boundingBox();
      if (box === null) throw new Error('the column has no header');
      const edge = box.x + box.width - 3;
      await page.mouse.move(edge, box.y + 8);
      await page.mouse.down();
      for (const by of [10, 25, 40]) await page.mouse.move(edge + by, box.y + 8);
      await page.mouse.up();
    });
    await page.locator('main').focus();
    for (const state of states.slice(0, -1).reverse()) {
      await page.keyboard.press('Control+z');
      await expect.poll(seen, PATIENCE).toEqual(state);
    }
    const undo = page.getByRole('button', { name: 'Undo', exact: true }).first();
    expect(await undo.getAttribute('aria-disabled')).toBe('true');
    for (const state of states.slice(1)) {
      await page.keyboard.press('Control+Shift+z');
      await expect.poll(seen, PATIENCE).toEqual(state);
    }
    for (let left = states.length - 1; left > 0; left -= 1) await page.keyboard.press('Control+z');
    await expect.poll(seen, PATIENCE).toEqual(states[0]);
  });

  test('holds a filter that is switched off and on again', async () => {
    await page.locator('.type-chip', { hasText: 'Water' }).click();
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['Type: Water']);
    const water = await countOf(`list_contains([type_1, type_2], 'water')`);
    await expect.poll(() => explorer.count(), PATIENCE).toBe(water);
    const editor = page.getByRole('dialog', { name: /^Type: Water/ });
    await page.locator('.chip-text').click();
    await editor.getByRole('button', { name: 'Switch off' }).click();
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['Type: Water (off)']);
    await expect.poll(() => explorer.count(), PATIENCE).toBe(649);
    await page.locator('.chip-text').click();
    await editor.getByRole('button', { name: 'Switch on' }).click();
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['Type: Water']);
    await expect.poll(() => explorer.count(), PATIENCE).toBe(water);
    await page.locator('main').focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['Type: Water (off)']);
    // What selects again has one filter.
    await page.locator('.type-chip', { hasText: 'Fire' }).click();
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['Type: Fire']);
    await page.getByRole('button', { name: 'Clear all' }).click();
  });

  test('a choice is turned round: what it is, and what it is not', async () => {
    const path = join(data, 'first.pokeview.json');
    const filter = { kind: 'one-of', columns: ['type_1'], values: ['water'] };
    await writeFile(
      path,
      JSON.stringify({ pokeview: 2, selections: [{ source: 'mine', filter }] }),
    );
    const chooser = page.waitForEvent('filechooser');
    await explorer.command('Open view…');
    await (await chooser).setFiles(path);
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['First type: Water']);
    const is = await countOf(`type_1 = 'water'`);
    await expect.poll(() => explorer.count(), PATIENCE).toBe(is);
    await page.locator('.chip-text').click();
    await page.getByRole('radio', { name: 'is not' }).check();
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['First type: not Water']);
    await expect.poll(() => explorer.count(), PATIENCE).toBe(await countOf(`type_1 <> 'water'`));
    // It is kept as what it leaves out, so that a type that comes later is in.
    const saved = await page.evaluate<string>(`sessionStorage.getItem('pokedex-session:filters')`);
    expect(JSON.parse(saved).selections[0].filter).toMatchObject({ values: ['water'], not: true });
    await page.getByRole('radio', { name: 'is', exact: true }).check();
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['First type: Water']);
    await expect.poll(() => explorer.count(), PATIENCE).toBe(is);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear all' }).click();
  });

  test('a view with two filters of a column shows one, which keeps what both keep', async () => {
    const path = join(data, 'two.pokeview.json');
    const open = async (filters: object[]) => {
      const selections = filters.map((filter, index) => ({ source: `mine ${index}`, filter }));
      await writeFile(path, JSON.stringify({ pokeview: 2, selections }));
      const chooser = page.waitForEvent('filechooser');
      await explorer.command('Open view…');
      await (await chooser).setFiles(path);
    };
    const range = (ends: object) => ({ kind: 'range', column: 'bmi', ...ends });
    const first = (...values: string[]) => ({ kind: 'one-of', columns: ['type_1'], values });
    await open([
      range({ min: 20 }),
      first('water', 'fire'),
      range({ min: 10, max: 45 }),
      { ...first('fire'), not: true },
    ]);
    const chips = ['BMI (kg/m²) 20–45', 'First type: Water'];
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual(chips);
    const n = await countOf(`bmi BETWEEN 20 AND 45 AND type_1 = 'water'`);
    await expect.poll(() => explorer.count(), PATIENCE).toBe(n);
    // The histogram and the side bar show it too.
    await expect.poll(() => explorer.range(explorer.brush('BMI')), PATIENCE).toEqual([20, 45]);
    await open([first('water'), first('fire')]);
    await page
      .getByText('two filters of the same: “First type: Water” and “First type: Fire”')
      .waitFor();
    expect(await explorer.chips()).toEqual(chips);
    await page.getByRole('button', { name: 'Clear all' }).click();
  });

  test('a dot beyond a box plot’s whiskers opens its row, which is as far off as Tukey says', async () => {
    const plot = explorer.card('Speed by type').locator('.plot');
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    if (box === null) throw new Error('the box plots are not on the screen');
    const canvas = plot.locator('canvas').first();
    const cursor = () => canvas.evaluate((each) => each.parentElement.style.cursor);
    const detail = page.getByRole('dialog');
    // From the right in each row of boxes: a dot, or the end of a whisker, which chooses its type.
    for (let y = 10; y < box.height - 45 && (await detail.count()) === 0; y += 3) {
      for (let x = box.width - 18; x > box.width * 0.75; x -= 3) {
        await page.mouse.move(box.x + x, box.y + y);
        if ((await cursor()) !== 'pointer') continue;
        await page.mouse.click(box.x + x, box.y + y);
        await page.waitForTimeout(50);
        break;
      }
    }
    const name = await detail.getByRole('heading', { level: 2 }).first().innerText();
    const sql = `WITH each AS (
        SELECT unnest([type_1, type_2]) AS type, speed, name FROM read_parquet($path)
      ), fences AS (
        SELECT type, quantile_cont(speed, 0.25) AS q1, quantile_cont(speed, 0.75) AS q3
        FROM each WHERE type IS NOT NULL GROUP BY type
      )
      SELECT count(*)::INTEGER AS n FROM each JOIN fences USING (type)
      WHERE name = $name AND speed > q3 + 1.5 * (q3 - q1)`;
    const path = join(data, 'pokemon.parquet');
    const [{ n } = { n: 0 }] = await queryRows<{ n: number }>(sql, { path, name });
    expect(n).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
  });

  test('and all of it without trouble', async () => {
    expect(await trouble()).toEqual([]);
  });
});
