import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Database, quotedText } from '../../src/main/base/duckdb';
import { ExplorerPage } from '../e2e/explorer-page';
import { pageTrouble } from '../e2e/page-trouble';
import { PATIENCE } from '../e2e/published-file';
import { newPage } from '../helpers/launch-chromium';
import { queryRows } from '../helpers/parquet-rows';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { atSuiteEnd } from '../helpers/suite-end';
import { temporaryFolder } from '../helpers/temporary-folder';

/** More rows than are drawn as dots, over three years, and amounts from 1 to 22,000 most of which are small. */
const SALES = `SELECT i AS id, DATE '2023-01-01' + (i * 7919 % 1096)::INTEGER AS day,
  round(exp((hash(i) % 10000) / 1000.0), 2) AS amount,
  round(20 + (hash(i + 7) % 1000) / 25.0, 1) AS size,
  ['north', 'south', 'east', 'west'][1 + (hash(i + 3) % 4)::INTEGER] AS region
  FROM range(25000) t(i)`;

describe('axes of any measure', { timeout: 120_000 }, () => {
  const atEnd = atSuiteEnd();
  let page: Page;
  let explorer: ExplorerPage;
  let path: string;
  let trouble: () => Promise<string[]>;

  beforeAll(async () => {
    path = join(await temporaryFolder(atEnd), 'sales.parquet');
    const database = await Database.open();
    try {
      await database.run(`COPY (${SALES}) TO ${quotedText(path)} (FORMAT parquet)`);
    } finally {
      database.close();
    }
    const app = await serveReadyApp(await snapshotData(atEnd), atEnd, ['--open', path]);
    page = await newPage(atEnd, { viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(30_000);
    trouble = await pageTrouble(page, app.origin);
    await page.goto(app.url);
    explorer = new ExplorerPage(page);
    await explorer.card('Size').locator('canvas').first().waitFor();
  });

  const countOf = async (where: string, values: Record<string, string | number> = {}) => {
    const sql = `SELECT count(*)::INTEGER AS n FROM read_parquet($path) WHERE ${where}`;
    return (await queryRows<{ n: number }>(sql, { path, ...values }))[0]?.n ?? Number.NaN;
  };
  const chip = async () => (await explorer.chips()).join('; ').replaceAll(',', '');
  const clear = async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+c');
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual([]);
  };
  // Whatever a test left, the next one begins with the whole.
  afterEach(clear);
  /** The two ends that a chip names. */
  const endsIn = async (pattern: RegExp): Promise<[string, string]> => {
    await expect.poll(chip, PATIENCE).toMatch(pattern);
    const [, from = '', to = ''] = pattern.exec(await chip()) ?? [];
    return [from, to];
  };

  test('a brush over time says its dates, and keeps just the days it says', async () => {
    await explorer.drag(explorer.brush('Amount by Day'), [0.2, 0.5], [0.5, 0.5]);
    const [from, to] = await endsIn(/^Day (\d+ \w{3} \d{4}) to below (\d+ \w{3} \d{4})$/);
    expect(from.slice(-4)).toBe('2023');
    const n = await countOf(
      `day >= strptime($from, '%d %b %Y') AND day < strptime($to, '%d %b %Y')`,
      { from, to },
    );
    expect(n).toBeGreaterThan(5000);
    await expect.poll(() => explorer.count(), PATIENCE).toBe(n);
    await clear();
  });

  test('of more than 20,000 rows cells are chosen, and a box keeps what its chip says', async () => {
    const card = explorer.card('Amount and Size');
    await card.getByText(/^1.* rows$/).waitFor();
    await explorer.drag(card.locator('.area-brush'), [0.3, 0.3], [0.7, 0.8]);
    const pattern = /^Amount ([\d.]+)–([\d.]+) Size ([\d.]+)–([\d.]+)$/;
    await expect.poll(chip, PATIENCE).toMatch(pattern);
    const [, ...ends] = pattern.exec(await chip()) ?? [];
    const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = ends.map(Number);
    const n = await countOf('amount >= $x0 AND amount < $x1 AND size >= $y0 AND size < $y1', {
      x0,
      x1,
      y0,
      y1,
    });
    expect(n).toBeGreaterThan(100);
    await expect.poll(() => explorer.count(), PATIENCE).toBe(n);
    // The same filter stands on logarithmic axes, and a box that is drawn there takes its place.
    const chosen = await chip();
    const outline = () => card.locator('polygon').getAttribute('points');
    const linear = await outline();
    await card.getByRole('button', { name: 'Log axes' }).click();
    await expect.poll(outline, PATIENCE).not.toBe(linear);
    expect(await chip()).toBe(chosen);
    await explorer.drag(card.locator('.area-brush'), [0.05, 0.1], [0.2, 0.3]);
    await expect.poll(chip, PATIENCE).not.toBe(chosen);
    expect(await explorer.chips()).toHaveLength(1);
    await card.getByRole('button', { name: 'Linear' }).click();
  });

  test('a box over time says its days', async () => {
    await explorer.chooseInMenu('Amount and Size', 'Edit…');
    const builder = page.getByRole('dialog', { name: 'Edit “Amount and Size”' });
    await builder.getByLabel('Across (x)').selectOption('day');
    await builder.getByRole('button', { name: 'Save' }).click();
    await builder.waitFor({ state: 'detached' });
    await explorer.drag(
      explorer.card('Amount and Size').locator('.area-brush'),
      [0.3, 0.3],
      [0.7, 0.8],
    );
    const pattern = /^Day (\d+ \w{3} \d{4}) to below (\d+ \w{3} \d{4}) Size ([\d.]+)–([\d.]+)$/;
    await expect.poll(chip, PATIENCE).toMatch(pattern);
    const [, from = '', to = '', y0 = '', y1 = ''] = pattern.exec(await chip()) ?? [];
    const n = await countOf(
      `day >= strptime($from, '%d %b %Y') AND day < strptime($to, '%d %b %Y')
        AND size >= $y0 AND size < $y1`,
      { from, to, y0: Number(y0), y1: Number(y1) },
    );
    expect(n).toBeGreaterThan(1000);
    await expect.poll(() => explorer.count(), PATIENCE).toBe(n);
    await clear();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
  });

  test('a skewed column offers a logarithmic and a clipped axis, whose bins are brushed alike', async () => {
    const amount = explorer.card('Amount');
    expect(await explorer.card('Size').getByLabel('Axis').count()).toBe(0);
    await amount.getByLabel('Axis').selectOption('log');
    await expect
      .poll(async () => (await explorer.cardData('Amount')).map(([from]) => from), PATIENCE)
      .toEqual(expect.arrayContaining(['1', '10', '100', '1,000', '10,000']));
    for (const [from = '', to = '', n = ''] of (await explorer.cardData('Amount')).slice(3, 6)) {
      const [low, high] = [from, to].map((text) => Number(text.replaceAll(',', '')));
      const where = 'amount >= $low AND amount < $high';
      expect(Number(n.replaceAll(',', ''))).toBe(
        await countOf(where, { low: low ?? 0, high: high ?? 0 }),
      );
    }
    await explorer.drag(explorer.brush('Amount'), [0.25, 0.5], [0.5, 0.5]);
    const [from, to] = await endsIn(/^Amount ([\d.]+)–([\d.]+)$/);
    // A quarter of the axis, which has 4.4 powers of ten: a factor of about 12.
    expect(Number(to) / Number(from)).toBeGreaterThan(8);
    expect(Number(to) / Number(from)).toBeLessThan(18);
    const within = await countOf('amount BETWEEN $from AND $to', {
      from: Number(from),
      to: Number(to),
    });
    await expect.poll(() => explorer.count(), PATIENCE).toBe(within);
    await clear();

    await amount.getByLabel('Axis').selectOption('clipped');
    await expect
      .poll(async () =>
        Number((await explorer.cardData('Amount')).at(-1)?.[0]?.replaceAll(',', '')),
      )
      .toBeGreaterThan(2000);
    const [beyond = '', , n = ''] = (await explorer.cardData('Amount')).at(-1) ?? [];
    const low = Number(beyond.replaceAll(',', ''));
    expect(low).toBeLessThan(15_000);
    expect(Number(n.replaceAll(',', ''))).toBe(await countOf('amount >= $low', { low }));
    await page.keyboard.press('Control+z');
    await expect.poll(() => amount.getByLabel('Axis').inputValue(), PATIENCE).toBe('log');
    await amount.getByLabel('Axis').selectOption('linear');
  });

  test('a selection that vanishes beside the whole is offered a scale of its own', async () => {
    const size = explorer.card('Size');
    const region = explorer.card('Region');
    expect(await page.getByRole('button', { name: 'Own scale' }).count()).toBe(0);
    await explorer.drag(explorer.brush('Amount by Day'), [0.98, 0.5], [0.999, 0.5]);
    await region.getByRole('button', { name: 'Own scale' }).click();
    await size.getByRole('button', { name: 'Own scale' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Whole scale' }).count()).toBe(2);
    await size.getByRole('button', { name: 'Whole scale' }).click();
    await size.getByRole('button', { name: 'Own scale' }).waitFor();
    await clear();
    await region.getByRole('button', { name: 'Whole scale' }).click();
    await region.getByRole('button', { name: 'Whole scale' }).waitFor({ state: 'detached' });
  });

  test('the builder shows what fits: the rest is grey and says why, and nothing lies under its buttons', async () => {
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.keyboard.press('Alt+n');
    const builder = page.getByRole('dialog', { name: 'Add a chart' });
    const kind = (name: string) => builder.getByRole('radio', { name });
    await expect.poll(() => kind('Scatter').isChecked()).toBe(true);
    expect(await kind('Sets').isDisabled()).toBe(true);
    await builder.getByText('Pairs: it takes two columns', { exact: false }).waitFor();
    await builder.getByText('Sets: no column holds lists').waitFor();
    const preview = await builder.locator('[data-card]').boundingBox();
    const button = await builder.getByRole('button', { name: 'Cancel' }).boundingBox();
    expect((preview?.y ?? NaN) + (preview?.height ?? NaN)).toBeLessThanOrEqual(button?.y ?? NaN);
    await kind('Bar').check();
    await builder.getByLabel('By (x)').selectOption('region');
    const grey = 'Scatter, Histogram, Box: Region holds no numbers; another column is taken';
    await builder.getByText(grey).waitFor();
    await kind('Histogram').check();
    await builder.getByText(grey).waitFor({ state: 'detached' });
    await expect.poll(() => builder.getByLabel('Column').inputValue()).not.toBe('region');
    await page.keyboard.press('Escape');
    await builder.waitFor({ state: 'detached' });
  });

  test('and all of it without trouble', async () => {
    expect(await trouble()).toEqual([]);
  });
});
