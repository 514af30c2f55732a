import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeOrders } from '../../scripts/invented-orders';
import { Database, quotedText } from '../../src/main/base/duckdb';
import type { Asked, AnswerTo, Question } from '../../src/preload/contract/questions';
import type { Filter } from '../../src/preload/contract/filters';
import { newPage } from '../helpers/launch-chromium';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { atSuiteEnd } from '../helpers/suite-end';
import { temporaryFolder } from '../helpers/temporary-folder';

/** 10.8 million px of rows: more than the scroll bar goes through one by one. */
const ROWS = 300_000;
const PRICED: Filter = { kind: 'range', column: 'price_eur', min: 10, max: 100 };
const PRICED_SQL = 'price_eur BETWEEN 10 AND 100';

describe('a large table', { timeout: 60_000 }, () => {
  const atEnd = atSuiteEnd();
  let app: ServedApp;
  let page: Page;
  let bare: Database;
  let dataset: string;

  beforeAll(async () => {
    const path = join(await temporaryFolder(atEnd), 'orders.parquet');
    await writeOrders(path, ROWS);
    app = await serveReadyApp(await snapshotData(atEnd), atEnd, ['--open', path]);
    dataset = (await app.call('datasets.list', {})).open[0]?.key ?? '';
    bare = await Database.open();
    atEnd(async () => bare.close());
    await bare.run(`CREATE VIEW orders AS FROM read_parquet(${quotedText(path)})`);
    page = await newPage(atEnd, { viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(30_000);
    await page.goto(app.url);
    await cell(0, 'order_id').getByText('0', { exact: true }).waitFor();
  }, 60_000);

  const cell = (row: number, column: string) =>
    page.getByRole('grid').locator(`[data-row="${row}"] [data-column="${column}"]`);

  async function ask<Of extends Question>(question: Of, ...filters: Filter[]) {
    const asked: Asked[] = [{ question, filters }];
    return (await app.call('explore.ask', { dataset, asked })).answers[0] as AnswerTo<Of>;
  }

  test('counts, bins and cells are those of bare DuckDB', async () => {
    const counts = await ask({ kind: 'counts', columns: ['country'], most: 20 }, PRICED);
    const countries = await bare.rows<{ country: string; n: number }>(
      `SELECT country, count(*)::DOUBLE AS n FROM orders WHERE ${PRICED_SQL}
        GROUP BY ALL ORDER BY n DESC, country`,
    );
    expect(counts.values.map(({ value, rows }) => ({ country: value, n: rows }))).toEqual(
      countries,
    );
    const { edges, counts: bins } = await ask(
      { kind: 'histogram', column: 'age', bins: 30 },
      PRICED,
    );
    const ages = await bare.rows<{ age: number; n: number }>(
      `SELECT age, count(*)::DOUBLE AS n FROM orders WHERE ${PRICED_SQL} GROUP BY ALL`,
    );
    expect(bins).toEqual(
      bins.map((_, at) =>
        ages
          .filter(({ age }) => age >= (edges[at] ?? 0) && age < (edges[at + 1] ?? 0))
          .reduce((sum, { n }) => sum + n, 0),
      ),
    );
    const cells = await ask(
      { kind: 'density', x: 'latitude', y: 'longitude', log: false, across: 40, up: 25 },
      PRICED,
    );
    if (cells.drawn !== 'cells') throw new Error('each row is a dot');
    const placed = await bare.row<{ n: number; missing: number }>(
      `SELECT count(latitude + longitude)::DOUBLE AS n, count(*) - count(latitude + longitude) AS missing
        FROM orders WHERE ${PRICED_SQL}`,
    );
    expect(cells.counts.reduce((sum, n) => sum + n)).toBe(placed.n);
    expect(cells.leftOut).toBe(Number(placed.missing));
    expect(Math.max(...cells.counts)).toBe(cells.most);
  });

  test('of few rows each is a dot', async () => {
    const few: Filter = { kind: 'range', column: 'price_eur', min: 300 };
    const { n } = await bare.row<{ n: number }>(
      'SELECT count(latitude + longitude)::DOUBLE AS n FROM orders WHERE price_eur >= 300',
    );
    const dots = await ask(
      { kind: 'density', x: 'latitude', y: 'longitude', log: false, across: 40, up: 25 },
      few,
    );
    expect(dots.drawn === 'points' && dots.points.length).toBe(n);
  });

  test('the last row under an order and a filter is the one of bare DuckDB', async () => {
    const { n } = await ask({ kind: 'summary', of: [] }, PRICED);
    const sort = [{ column: 'weight_kg', direction: 'desc' as const }];
    const columns = ['order_id', 'weight_kg'];
    const last = await ask({ kind: 'rows', columns, sort, from: n - 1, count: 1 }, PRICED);
    const { id } = await bare.row<{ id: string }>(
      `SELECT order_id::VARCHAR AS id FROM orders WHERE ${PRICED_SQL}
        ORDER BY weight_kg DESC, order_id LIMIT 1 OFFSET ${n - 1}`,
    );
    expect(last.rows.map((row) => row.id)).toEqual([id]);
  });

  test('the last row is reached by key and by scroll bar', async () => {
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(ROWS + 1));
    await cell(0, 'order_id').focus();
    await page.keyboard.press('Control+End');
    const last = ROWS - 1;
    await expect.poll(() => cell(last, 'order_id').textContent()).toBe(String(last));
    await expect.poll(() => inSight(last)).toBe(true);
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => inSight(last - 1)).toBe(true);
    await page.keyboard.press('Control+Home');
    await expect.poll(() => inSight(0)).toBe(true);
    await scrollTo(1);
    await expect.poll(() => cell(last, 'order_id').textContent()).toBe(String(last));
    await scrollTo(0.5);
    await expect.poll(() => inSight(ROWS / 2)).toBe(true);
  });

  test('so is the last one under an order', async () => {
    await page.getByRole('columnheader', { name: /^Price/ }).click();
    await cell(0, 'price_eur').getByText('0.', { exact: false }).waitFor();
    const { id } = await bare.row<{ id: string }>(
      `SELECT order_id::VARCHAR AS id FROM orders ORDER BY price_eur DESC, order_id DESC LIMIT 1`,
    );
    await scrollTo(1);
    await expect.poll(() => cell(ROWS - 1, 'order_id').textContent()).toBe(id);
  });

  test('its engine stays through all that: to load it again takes longer than a person waits', async () => {
    const question = { kind: 'counts' as const, columns: ['page'], most: 20 };
    expect((await ask(question)).others).toBe(ROWS - 20);
    await page.waitForTimeout(1000);
    // That of the Pokémon and that of the orders.
    expect(app.engines()).toHaveLength(2);
  });

  const SCROLLER = `document.querySelector('[role=grid]').parentElement`;

  async function scrollTo(share: number): Promise<void> {
    await page.evaluate(`{
      const at = ${SCROLLER};
      at.scrollTop = (at.scrollHeight - at.clientHeight) * ${share};
    }`);
  }

  function inSight(row: number): Promise<boolean> {
    return page.evaluate<boolean>(`(() => {
      const row = document.querySelector('[role=grid] [data-row="${row}"]')?.getBoundingClientRect();
      const { top, bottom } = ${SCROLLER}.getBoundingClientRect();
      return row !== undefined && row.top >= top - 5 && row.bottom <= bottom + 5;
    })()`);
  }
});
