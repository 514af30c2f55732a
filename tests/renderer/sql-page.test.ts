import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { PATIENCE } from '../e2e/published-file';
import { ENDLESS } from '../helpers/endless';
import { newPage } from '../helpers/launch-chromium';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { atSuiteEnd } from '../helpers/suite-end';

describe('the SQL console', { timeout: 120_000 }, () => {
  const atEnd = atSuiteEnd();
  let app: ServedApp;
  let page: Page;
  let explorer: ExplorerPage;

  beforeAll(async () => {
    app = await serveReadyApp(await snapshotData(atEnd), atEnd);
    page = await newPage(atEnd, { viewport: { width: 1280, height: 800 } });
    await page.goto(app.url);
    explorer = new ExplorerPage(page);
    await explorer.ready();
    await explorer.show('SQL');
    await page.locator('.cm-content').waitFor();
  });

  async function run(sql: string): Promise<void> {
    await explorer.writeSql(sql);
    await page.keyboard.press('Control+Enter');
  }

  const alert = () => page.getByRole('main').getByRole('alert');

  test('what was run stands in the history, also of a page that is opened again', async () => {
    await run('SELECT 42 AS answer;\nSELECT 43');
    await alert().getByText('2 statements were given.').waitFor();
    await run('SELECT 42 AS answer');
    await page.getByRole('cell', { name: '42' }).waitFor();
    await page.evaluate('localStorage.clear()');
    await page.goto(await app.link());
    await explorer.ready();
    await explorer.show('SQL');
    await page.getByRole('button', { name: 'History' }).click();
    const items = page.getByRole('menu').getByRole('menuitem');
    await expect
      .poll(() => items.allInnerTexts(), PATIENCE)
      .toEqual(['SELECT 42 AS answer', 'SELECT 42 AS answer; SELECT 43', 'Forget the history']);
    await items.nth(1).click();
    await expect
      .poll(() => page.locator('.cm-line').allInnerTexts(), PATIENCE)
      .toEqual(['SELECT 42 AS answer;', 'SELECT 43']);
  });

  test('a run keeps the chosen view, and the columns stay a click away', async () => {
    await run('SELECT type_1, count(*) AS n FROM pokemon GROUP BY type_1');
    const chart = page.getByRole('img', { name: 'n by type_1' });
    await page.getByText('Chart', { exact: true }).click();
    await chart.waitFor();
    await run('SELECT type_2, count(*) AS m FROM pokemon GROUP BY type_2');
    await page.getByRole('img', { name: 'm by type_2' }).waitFor();
    await page.locator('summary', { hasText: 'Tables and their columns' }).click();
    await page.getByText('base_experience', { exact: true }).waitFor();
    await page.locator('summary', { hasText: 'Tables and their columns' }).click();
    await page.getByText('Table', { exact: true }).click();
  });

  test('the query, code in the text and a raw document stand in a face that is named', async () => {
    const face = (selector: string) =>
      page.evaluate<string>(`getComputedStyle(${at(selector)}).fontFamily`);
    const faces = [await face('.cm-content'), await face('main code')];
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search Pokémon and commands' }).fill('Bulbasaur');
    await page.getByRole('option', { name: /^Bulbasaur/ }).click();
    const detail = page.getByRole('dialog', { name: 'Bulbasaur' });
    await detail.getByText('Raw JSON').click();
    await detail.getByText('"bulbasaur"').first().waitFor();
    faces.push(await face('[role="dialog"] code'), await face('details[open] > div'));
    await page.keyboard.press('Escape');
    // Whatever system it is, a face of it stands before the generic one, which may be proportional.
    for (const name of ['Menlo', 'Consolas', 'DejaVu Sans Mono', 'Liberation Mono', 'monospace']) {
      for (const each of faces) expect(each.replaceAll('"', '').split(', ')).toContain(name);
    }
    for (const each of faces) expect(each).toMatch(/, monospace$/);
  });

  test.each([
    ['trillions', 'SELECT name, id * 1e15 AS n FROM pokemon ORDER BY id LIMIT 8'],
    ['millionths', 'SELECT name, id / 1e7 AS n FROM pokemon ORDER BY id LIMIT 8'],
    ['minus millions', 'SELECT name, -id * 1e6 AS n FROM pokemon ORDER BY id LIMIT 8'],
    ['trillions both ways', 'SELECT id * 1e15 AS n, id * 1e15 AS name FROM pokemon LIMIT 8'],
    ['long names', "SELECT repeat('long name ', 30) || id AS name, id AS n FROM pokemon LIMIT 8"],
  ])('no label of a chart over %s is cut off', async (_, sql) => {
    await run(sql);
    await page.getByText('Chart', { exact: true }).click();
    const chart = page.getByRole('img', { name: /n by name|name by n/ });
    await chart.locator('canvas').first().waitFor();
    await expect.poll(() => page.evaluate(INK), PATIENCE).toMatchObject({ drawn: true });
    expect(await page.evaluate(INK)).toEqual({ drawn: true, atEdge: false });
    await page.getByText('Table', { exact: true }).click();
  });

  test('Export in the header offers the result, and says why it cannot without one', async () => {
    const open = () => page.getByRole('button', { name: 'Export', exact: true }).click();
    await run('SELECT nothing_like_it FROM pokemon');
    await alert().waitFor();
    await open();
    const items = page.getByRole('menu').getByRole('menuitem');
    await page.getByText('There is no result yet; run a query first.').waitFor();
    await expect
      .poll(() =>
        items.evaluateAll((all) =>
          all.map((item) => item.getAttribute('aria-disabled') === 'true'),
        ),
      )
      .toEqual([true, true, true, true, true]);
    await page.keyboard.press('Escape');
    await run('SELECT 42 AS answer');
    await page.getByRole('cell', { name: '42' }).waitFor();
    await open();
    await page.getByText('The query’s result: 1 row').waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Result as JSON' }).click();
    const file = await (await saved).path();
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual([{ answer: 42 }]);
  });

  test.each([
    ['a name no column has', 'SELECT name,\n  hpp\nFROM pokemon', 'hpp', ' (line 2)'],
    ['a word out of place', "SELECT '日é😀',\n  2 +\nFROM FROM pokemon", 'FROM', '(line 3)'],
    ['an end too early', 'SELECT name FROM pokemon\nWHERE\n', 'WHERE', '(line 2)'],
    ['a line shortened', `SELECT '${'日😀é'.repeat(40)}', hpp, '${'é'.repeat(200)}'`, 'hpp', 'hpp'],
    ['a line cut at its start', `SELECT 1 AS "${'日😀'.repeat(40)}", 1 + hpp`, 'hpp', 'hpp'],
    ['a line cut at its end', `SELECT "pokemon x", '${'é'.repeat(200)}'`, '"pokemon x"', 'x'],
  ])('an error underlines its word until the next edit: %s', async (_name, sql, word, said) => {
    await run(sql);
    await alert().getByText(said).waitFor();
    const marked = page.locator('.cm-wrong');
    await expect.poll(async () => (await marked.allInnerTexts()).join(''), PATIENCE).toBe(word);
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText(' ');
    await expect.poll(() => marked.count(), PATIENCE).toBe(0);
  });

  test('a query that was cancelled says what to do next, of a query', async () => {
    await run(ENDLESS);
    await page.getByRole('button', { name: 'Cancel' }).click();
    const note = page.getByRole('main').getByRole('status').filter({ hasText: 'Cancelled.' });
    await note.getByText('Run it again, or narrow it down first').waitFor();
    await expect.poll(() => alert().count()).toBe(0);
  });

  test('a text too long to run says how long it is', async () => {
    await run(`SELECT '${'x'.repeat(100_000)}'`);
    await alert().getByText('The query has 100,009 characters; at most 100,000 run.').waitFor();
  });

  test('a cell of twenty million characters leaves the screen quick', async () => {
    await run(`SELECT repeat('x', 20000000) AS long`);
    const cell = page.getByRole('cell', { name: 'xxx' });
    await cell.waitFor();
    expect((await cell.innerText()).length).toBeLessThan(2000);
  });

  test('a result is saved whole, the rows that are not shown too', async () => {
    await run('SELECT i FROM range(10500) t(i)');
    await page.getByText(/^The first 10,000 rows/).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save CSV' }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n');
    expect([lines.length, lines.at(-1)]).toEqual([10_501, '10499']);
    await page.getByText('Saved the result, 10,500 rows, among the browser’s downloads.').waitFor();
  });

  test('a result is explored as a table of its own', async () => {
    await page.getByRole('button', { name: 'Explore this result' }).click();
    await page.getByRole('button', { name: 'Table: Query 1' }).waitFor();
    await page.getByText('10,500 of 10,500').waitFor();
    await page.getByRole('button', { name: 'Table: Query 1' }).click();
    await page.getByRole('menuitem', { name: 'Close “Query 1”' }).click();
    await page.getByRole('navigation').getByRole('button', { name: 'SQL' }).click();
  });

  test('what the app refuses for its size is not taken for an app that is gone', async () => {
    await run('SELECT 1 AS small');
    await page.getByRole('columnheader', { name: 'small' }).waitFor();
    await page.route('**/call/sql.save', (route) =>
      route.fulfill({ status: 413, body: 'The call is too large.' }),
    );
    await page.getByRole('button', { name: 'Save CSV' }).click();
    await page.getByText('This is too large to be handed to the app.').waitFor();
  });
});

/** Whether anything is drawn in the result's chart, and whether it goes on beyond its edges. */
const INK = `(() => {
  const canvas = document.querySelector('[role="img"] canvas');
  const { width, height } = canvas;
  const context = canvas.getContext('2d');
  const ink = (...box) =>
    context.getImageData(...box).data.some((value, at) => at % 4 === 3 && value > 0);
  return {
    drawn: ink(0, 0, width, height),
    atEdge: ink(0, 0, 1, height) || ink(width - 1, 0, 1, height) || ink(0, height - 1, width, 1),
  };
})()`;

/** The first place of a selector, looked for in the editor's own tree too. */
function at(selector: string): string {
  return `[document, ...[...document.querySelectorAll('div')].flatMap(({ shadowRoot }) => shadowRoot ?? [])]
    .flatMap((tree) => [...tree.querySelectorAll('${selector}')])[0]`;
}
