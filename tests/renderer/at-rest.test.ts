import { afterAll, beforeAll, expect, test } from 'vitest';
import { cell, openTablePage, type TablePage } from './table-page-app';

let opened: TablePage;
const atEnd: (() => Promise<void>)[] = [];
beforeAll(async () => {
  opened = await openTablePage((work) => void atEnd.unshift(work));
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

/** Calls of the page while nobody touches it. */
async function callsAtRest(): Promise<string[]> {
  const { page } = opened;
  const calls: string[] = [];
  let quietSince = performance.now();
  const note = (request: { url(): string; postData(): string | null }) => {
    if (!request.url().includes('/call/')) return;
    calls.push(`${request.url()} ${request.postData() ?? ''}`);
    quietSince = performance.now();
  };
  page.on('request', note);
  // What opening it asked for; a page that never rests is caught by what follows.
  for (let waits = 0; waits < 50 && performance.now() - quietSince < 800; waits += 1) {
    await page.waitForTimeout(100);
  }
  calls.length = 0;
  await page.waitForTimeout(1_000);
  page.off('request', note);
  return calls;
}

test('a screen that nobody touches asks nothing, whatever is open on it', async () => {
  const { page } = opened;
  await page.locator('.card canvas').first().waitFor();
  expect(await callsAtRest()).toEqual([]);
  await cell(page, 0, 'name').click();
  await page.getByRole('dialog', { name: 'Mon-1', exact: true }).waitFor();
  expect(await callsAtRest(), 'detail').toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menu').first().waitFor();
  expect(await callsAtRest(), 'export menu').toEqual([]);
  await page.keyboard.press('Escape');
  for (const screen of ['Compare', 'SQL', 'Changes', 'Settings']) {
    await page.getByRole('navigation').getByText(screen, { exact: true }).click();
    await page.getByRole('heading').first().waitFor();
    expect(await callsAtRest(), screen).toEqual([]);
  }
});
