import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { cell, header, openTablePage, type TablePage, startAfresh } from './table-page-app';

let opened: TablePage;
const atEnd: (() => Promise<void>)[] = [];
beforeAll(async () => {
  opened = await openTablePage((work) => void atEnd.unshift(work));
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

/** Loads the page again, for the test after one that leaves a filter or an order. */
const leaveAfresh = () => onTestFinished(() => startAfresh(opened));

/** Closed, and back in Explore. */
beforeEach(async () => {
  const { page } = opened;
  for (const open of await page.getByRole('dialog').all()) {
    await open.getByRole('button', { name: 'Close' }).click();
  }
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await new ExplorerPage(page).show('Explore');
});

test('the detail sets the six stats against the median of the selection, and follows it', async () => {
  leaveAfresh();
  const { page } = opened;
  await cell(page, 6, 'name').click();
  const detail = page.getByRole('dialog', { name: 'Mon-7' });
  const speed = detail.getByRole('row', { name: /^Speed/ });
  // Of 1 to 250 the median is 125.5.
  await speed.getByRole('cell', { name: '125.5' }).waitFor();
  await expect
    .poll(() => speed.getByRole('cell').allTextContents())
    .toEqual(['7', '125.5', '−118.5']);
  await detail.getByText('7 of 250').waitFor();
  await expect.poll(() => detail.getByRole('img', { name: /Base stats of Mon-7/ }).count()).toBe(1);
  await detail.getByText('7.0 kg', { exact: true }).waitFor();
  await page.getByRole('searchbox').fill('mon-7');
  // The words are “mon” and “7”: 43 of the numbers to 250 hold a 7 (19, 19 and 5 a hundred), and
  // the 22nd of them is 127.
  await speed.getByRole('cell', { name: '127' }).waitFor();
  await detail.getByText('1 of 43').waitFor();
});

test('the detail says from where, when and with which checksum, and holds the raw document', async () => {
  const { page, source, documents } = opened;
  await cell(page, 6, 'name').click();
  const detail = page.getByRole('dialog', { name: 'Mon-7' });
  const body = documents[6]?.body ?? Buffer.alloc(0);
  await detail.getByText(createHash('sha256').update(body).digest('hex')).waitFor();
  await detail.getByText(`${source}/pokemon/7`).waitFor();
  await detail.getByText(source, { exact: true }).waitFor();
  await detail.getByText('Raw JSON').click();
  await detail.getByText('"mon-7"').first().waitFor();
  await expect.poll(() => detail.getByText('"grass"').count()).toBe(0);
  await detail.getByText('species', { exact: true }).click();
  await detail.getByRole('button', { name: 'Copy the raw JSON' }).click();
  await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(String(body));
});

test('next and previous follow the order of the table and stop at its ends', async () => {
  leaveAfresh();
  const { page } = opened;
  await header(page, 'weight_kg').click();
  await header(page, 'weight_kg').click();
  await cell(page, 0, 'name').getByText('Mon-250').waitFor();
  await cell(page, 0, 'name').click();
  await page.getByRole('dialog', { name: 'Mon-250' }).waitFor();
  const previous = page.getByRole('button', { name: 'Previous' });
  const next = page.getByRole('button', { name: 'Next' });
  await expect.poll(() => next.getAttribute('aria-disabled')).toBe('false');
  await expect.poll(() => previous.getAttribute('aria-disabled')).toBe('true');
  await next.click();
  await page.getByRole('dialog', { name: 'Mon-249' }).waitFor();
  await expect.poll(() => previous.getAttribute('aria-disabled')).toBe('false');
});

const focusIn = (selector: string) =>
  expect.poll(() => opened.page.evaluate(`${FOCUSED}.closest('${selector}') !== null`));

/** The editor of SQL stands in a tree of its own. */
const FOCUSED = '(document.activeElement.shadowRoot ?? document).activeElement';

const currentScreen = () => opened.page.locator('.rail [aria-current="page"]').innerText();

test.each([
  ['Explore', '[role="grid"] [tabindex="0"]'],
  ['Compare', '[aria-label="Add a Pokémon"]'],
  ['SQL', '.cm-content'],
  ['Changes', '[aria-label="Find a Pokémon among the changes"]'],
  ['Settings', '.rail [aria-current="page"]'],
] as const)(
  'a Pokémon chosen by Ctrl+K on %s is opened there; closed, one is where one was',
  async (screen, place) => {
    const { page } = opened;
    const explorer = new ExplorerPage(page);
    await explorer.show(screen);
    await page.locator(place).first().focus();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search Pokémon and commands' }).fill('Mon-77');
    await page.getByRole('option', { name: /^Mon-77/ }).waitFor();
    await page.keyboard.press('Enter');
    const detail = page.getByRole('dialog', { name: 'Mon-77' });
    await detail.getByText('77.0 kg', { exact: true }).waitFor();
    await focusIn('[role="dialog"]').toBe(true);
    await detail.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('dialog', { name: 'Mon-78' }).waitFor();
    await expect.poll(() => currentScreen()).toBe(screen);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => currentScreen()).toBe(screen);
    await focusIn(place).toBe(true);
  },
);

test('a Pokémon among the changes is opened beside them; closed, what was read is as it was', async () => {
  const { page } = opened;
  const explorer = new ExplorerPage(page);
  await explorer.show('Changes');
  const find = page.getByRole('textbox', { name: 'Find a Pokémon among the changes' });
  await find.fill('Mon-9');
  await page.getByRole('button', { name: 'Mon-9', exact: true }).click();
  const detail = page.getByRole('dialog', { name: 'Mon-9' });
  await detail.waitFor();
  await focusIn('[role="dialog"]').toBe(true);
  await detail.getByRole('button', { name: 'Close' }).click();
  await detail.waitFor({ state: 'detached' });
  await expect.poll(() => find.inputValue()).toBe('Mon-9');
  await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Mon-9');
});

test('a Pokémon opened on another screen goes with that screen', async () => {
  const { page } = opened;
  const explorer = new ExplorerPage(page);
  await explorer.show('Changes');
  await page.getByRole('button', { name: 'Mon-9', exact: true }).click();
  const detail = page.getByRole('dialog', { name: 'Mon-9' });
  await detail.waitFor();
  await explorer.show('SQL');
  await detail.waitFor({ state: 'detached' });
});

test.each([1280, 1024])(
  'the detail leaves each screen’s own things within the window, %i pixels wide',
  async (width) => {
    const { page } = opened;
    const explorer = new ExplorerPage(page);
    await page.setViewportSize({ width, height: 800 });
    onTestFinished(() => page.setViewportSize({ width: 1600, height: 1000 }));
    for (const screen of ['Compare', 'SQL', 'Changes', 'Settings'] as const) {
      await explorer.show(screen);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Search Pokémon and commands' }).fill('Mon-77');
      await page.getByRole('option', { name: /^Mon-77/ }).click();
      await page.getByRole('dialog', { name: 'Mon-77' }).waitFor();
      const over = await page.evaluate(
        `[document.documentElement, document.getElementById('main')]
          .map((place) => place.scrollWidth - place.clientWidth)`,
      );
      expect([screen, over]).toEqual([screen, [0, 0]]);
    }
  },
);

test('two found by typing are compared: the better value marked, and either can be taken out', async () => {
  const { page } = opened;
  await cell(page, 6, 'name').click();
  await page
    .getByRole('dialog', { name: 'Mon-7' })
    .getByRole('button', { name: 'Compare' })
    .click();
  await page.keyboard.press('Escape');
  await page.getByRole('navigation', { name: 'Screens' }).getByText('Compare').click();
  await page.getByLabel('Add a Pokémon').fill('200');
  await page.getByRole('option', { name: /Mon-200/ }).waitFor();
  await page.keyboard.press('Enter');
  const table = page.getByRole('region', { name: 'Differences' });
  await table.getByRole('columnheader', { name: 'Mon-200' }).waitFor();
  const speed = await table
    .getByRole('row', { name: /^Speed/ })
    .getByRole('cell')
    .allTextContents();
  expect(speed).toEqual(['7−193', '200 highest']);
  // Both are 1 m tall: neither is marked.
  const height = await table
    .getByRole('row', { name: /^Height/ })
    .getByRole('cell')
    .allTextContents();
  expect(height).toEqual(['1.0', '1.0']);
  await page.getByRole('img', { name: 'Base stats of Mon-7, Mon-200' }).waitFor();
  await page.getByRole('button', { name: 'Take Mon-7 out' }).click();
  await table
    .getByRole('columnheader', { name: 'Mon-7', exact: true })
    .waitFor({ state: 'detached' });
  await page.getByText('1 of 6').waitFor();
  expect(await opened.trouble()).toEqual([]);
});
