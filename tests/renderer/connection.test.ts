import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTablePage, type TablePage } from './table-page-app';

let opened: TablePage;
const atEnd: (() => Promise<void>)[] = [];
beforeAll(async () => {
  opened = await openTablePage((work) => void atEnd.unshift(work));
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

test('while the app is away one banner says so, the cards stay, and all follow once it is back', async () => {
  const { page } = opened;
  await page.locator('.card canvas').first().waitFor();
  const charts = await page.locator('.card canvas').count();
  await page.context().setOffline(true);
  await page.getByRole('searchbox').fill('mon-7');
  const banner = page.getByRole('alert');
  await banner.getByText('does not answer').waitFor();
  await page.waitForTimeout(500);
  expect(await banner.count()).toBe(1);
  expect(await page.locator('.card canvas').count()).toBe(charts);
  expect(await page.locator('[data-row="0"]').count()).toBe(1);
  await banner.getByRole('button', { name: 'Try again' }).click();
  await banner.waitFor();
  await page.context().setOffline(false);
  // By itself: nobody presses anything.
  await banner.waitFor({ state: 'detached' });
  // 43 of the numbers to 250 hold a 7.
  await page.locator('.selected-count').getByText('43 of 250').waitFor();
  // The table's rows come with an answer of their own, after the count.
  await expect.poll(() => page.getByRole('grid').getAttribute('aria-rowcount')).toBe('44');
});
