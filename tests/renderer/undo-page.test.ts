import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { pageTrouble } from '../e2e/page-trouble';
import { PATIENCE } from '../e2e/published-file';
import { newPage } from '../helpers/launch-chromium';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { atSuiteEnd } from '../helpers/suite-end';

describe('a way back', { timeout: 120_000 }, () => {
  const atEnd = atSuiteEnd();
  let page: Page;
  let explorer: ExplorerPage;
  let data: string;
  let trouble: () => Promise<string[]>;

  beforeAll(async () => {
    data = await snapshotData(atEnd);
    const app = await serveReadyApp(data, atEnd);
    page = await newPage(atEnd, { viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(30_000);
    trouble = await pageTrouble(page, app.origin);
    await page.goto(app.url);
    explorer = new ExplorerPage(page);
    await explorer.ready();
  });

  afterEach(async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+c');
    const dismiss = messages().getByRole('button', { name: 'Dismiss' });
    while ((await dismiss.count()) > 0) await dismiss.first().click();
  });

  const messages = () => page.getByRole('status', { name: 'Messages' });
  const undoOf = (text: string) =>
    messages().locator('[data-tone]', { hasText: text }).getByRole('button', { name: 'Undo' });
  const titles = () => page.locator('.card h2').allInnerTexts();
  const DEFAULT = [
    'Height and weight',
    'Types',
    'BMI',
    'Base experience',
    'Stat total',
    'Type pairs',
    'Speed by type',
    'Games',
  ];
  const without = (...names: string[]) => DEFAULT.filter((name) => !names.includes(name));

  test('from a removed chart: its place and its selection, also for two in any order', async () => {
    await explorer.drag(explorer.brush('BMI'), [0.05, 0.5], [0.2, 0.5]);
    await expect.poll(() => explorer.chips(), PATIENCE).toHaveLength(1);
    const [chips, range] = [await explorer.chips(), await explorer.range(explorer.brush('BMI'))];
    await explorer.chooseInMenu('BMI', 'Remove');
    await explorer.chooseInMenu('Types', 'Remove');
    await expect.poll(() => titles()).toEqual(without('BMI', 'Types'));
    await expect.poll(() => explorer.chips()).toEqual([]);
    await undoOf('Removed ‘BMI’').click();
    await expect.poll(() => titles()).toEqual(without('Types'));
    await undoOf('Removed ‘Types’').click();
    await expect.poll(() => titles()).toEqual(DEFAULT);
    await expect.poll(() => explorer.chips()).toEqual(chips);
    await expect.poll(() => explorer.range(explorer.brush('BMI'))).toEqual(range);
    await page.getByRole('button', { name: 'Clear all' }).click();
  });

  test('by Ctrl+Z', async () => {
    await explorer.chooseInMenu('Games', 'Remove');
    await page.keyboard.press('Control+z');
    await expect.poll(titles, PATIENCE).toEqual(DEFAULT);
    await messages().getByRole('button').first().waitFor({ state: 'detached' });
  });

  test('from the default dashboard to the charts that were built', async () => {
    await explorer.chooseInMenu('Types', 'Remove');
    await explorer.command('Edit chart “BMI”…');
    const builder = page.getByRole('dialog', { name: 'Edit “BMI”' });
    await builder.getByLabel('Title').fill('Mass');
    await builder.getByRole('button', { name: 'Save' }).click();
    const built = ['Height and weight', 'Mass', ...without('Types').slice(2)];
    await expect.poll(titles, PATIENCE).toEqual(built);
    await page.getByRole('button', { name: 'Default dashboard' }).click();
    await expect.poll(titles, PATIENCE).toEqual(DEFAULT);
    await undoOf('The default charts are back').click();
    await expect.poll(titles, PATIENCE).toEqual(built);
    await undoOf('Changed ‘BMI’').click();
    await expect.poll(titles, PATIENCE).toEqual(without('Types'));
    await explorer.command('Default charts');
    await expect.poll(titles, PATIENCE).toEqual(DEFAULT);
  });

  test('from an opened view: charts, columns, order and filters', async () => {
    await explorer.sortBy('hp');
    await page.getByRole('searchbox').fill('chu');
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['Search: “chu”']);
    const columns = await explorer.columns();
    const path = join(data, 'mine.pokeview.json');
    const view = {
      pokeview: 1,
      title: 'Mine',
      columns: ['name', 'bmi'],
      filters: [{ kind: 'types', values: ['fire'] }],
      cards: [{ id: 'one', kind: 'types', title: 'Only types', width: 6 }],
    };
    await writeFile(path, JSON.stringify(view));
    const chooser = page.waitForEvent('filechooser');
    await explorer.command('Open view…');
    await (await chooser).setFiles(path);
    await expect.poll(titles, PATIENCE).toEqual(['Only types']);
    await expect.poll(() => explorer.columns()).toEqual(['name', 'bmi']);
    await expect.poll(() => explorer.chips()).toEqual(['Type: Fire']);
    await undoOf('The view “Mine” is open.').click();
    await expect.poll(titles, PATIENCE).toEqual(DEFAULT);
    await expect.poll(() => explorer.columns()).toEqual(columns);
    await expect.poll(() => explorer.chips()).toEqual(['Search: “chu”']);
    const sorted = explorer.grid().locator('[data-header="hp"]');
    await expect.poll(() => sorted.getAttribute('aria-sort')).toBe('ascending');
    await page.getByRole('button', { name: 'Remove filter Search: “chu”' }).click();
    await explorer.command('Table: clear the order');
    await expect.poll(() => sorted.getAttribute('aria-sort'), PATIENCE).toBe('none');
    await undoOf('The order is cleared').click();
    await expect.poll(() => sorted.getAttribute('aria-sort'), PATIENCE).toBe('ascending');
  });

  test('from a hidden column to its place', async () => {
    const columns = await explorer.columns();
    const menu = async (column: string, item: string) => {
      await explorer.grid().locator(`[data-header="${column}"]`).focus();
      await page.keyboard.press('Space');
      await page.getByRole('menuitem', { name: item }).click();
    };
    await menu('bmi', 'Hide column');
    await expect
      .poll(() => explorer.columns(), PATIENCE)
      .toEqual(columns.filter((c) => c !== 'bmi'));
    await undoOf('Hid ‘BMI (kg/m²)’').click();
    await expect.poll(() => explorer.columns(), PATIENCE).toEqual(columns);
    await menu('hp', 'Move left');
    const mine = await explorer.columns();
    await explorer.command('Table: the usual columns');
    await expect.poll(() => explorer.columns(), PATIENCE).toEqual(columns);
    await undoOf('The usual columns are back').click();
    await expect.poll(() => explorer.columns(), PATIENCE).toEqual(mine);
  });

  test('in a search box: its own undo, then the app’s; Ctrl+Y goes forward', async () => {
    const box = page.getByRole('searchbox');
    await box.focus();
    await page.keyboard.type('chu');
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['Search: “chu”']);
    await page.keyboard.press('Control+z');
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual([]);
    await page.keyboard.press('Control+y');
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['Search: “chu”']);
    await page.getByRole('button', { name: 'Remove filter Search: “chu”' }).click();
    await expect.poll(() => box.inputValue(), PATIENCE).toBe('');
    await box.focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['Search: “chu”']);
    await page.locator('main').focus();
    await page.keyboard.press('Control+y');
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual([]);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual([]);
  });

  test('a chip’s text opens the filter, and only its cross takes it away', async () => {
    await explorer.drag(explorer.brush('BMI'), [0.05, 0.5], [0.2, 0.5]);
    await page.locator('.chip-text').click();
    const editor = page.getByRole('dialog', { name: /^BMI/ });
    await editor.getByLabel('From').fill('20');
    await editor.getByLabel('To').fill('x');
    await editor.getByText('“x” is not a number.').waitFor();
    await editor.getByLabel('To').fill('31.25');
    await page.keyboard.press('Enter');
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual(['BMI (kg/m²) 20–31.25']);
    await page.locator('.chip-text').click();
    await editor.getByRole('button', { name: 'Go to where it is chosen' }).click();
    const inCard = 'document.activeElement.closest(".card")?.getAttribute("aria-label")';
    await expect.poll(() => page.evaluate(inCard), PATIENCE).toBe('BMI');
    await page.getByRole('button', { name: 'Remove filter BMI' }).click();
    await expect.poll(() => explorer.chips(), PATIENCE).toEqual([]);
  });

  test('from a forgotten history and a replaced query', async () => {
    await explorer.show('SQL');
    for (const number of [1, 2]) {
      await explorer.writeSql(`SELECT ${number} AS n`);
      await page.keyboard.press('Control+Enter');
      await page.getByRole('cell', { name: String(number), exact: true }).waitFor();
    }
    await explorer.command('Forget the queries that were run');
    const history = page.getByRole('button', { name: 'History' });
    await expect.poll(() => history.isDisabled(), PATIENCE).toBe(true);
    await undoOf('Forgot the history').click();
    await history.click();
    const items = page.getByRole('menu').getByRole('menuitem');
    await expect.poll(() => items.count(), PATIENCE).toBe(3);
    expect((await items.allInnerTexts()).slice(0, 2)).toEqual(['SELECT 2 AS n', 'SELECT 1 AS n']);
    await page.keyboard.press('Escape');
    await explorer.writeSql('SELECT name FROM pokemon -- mine');
    await page.getByRole('button', { name: 'Examples' }).click();
    await page.getByRole('menuitem', { name: 'The heaviest for their height' }).click();
    await undoOf('Replaced the query').click();
    const editor = page.locator('.cm-line');
    await expect
      .poll(() => editor.allInnerTexts(), PATIENCE)
      .toEqual(['SELECT name FROM pokemon -- mine']);
  });

  test('from a comparison that was emptied', async () => {
    await explorer.show('Compare');
    for (const name of ['Pikachu', 'Raichu']) {
      await page.getByLabel('Add a Pokémon').fill(name);
      await page.getByRole('option', { name }).first().waitFor();
      await page.keyboard.press('Enter');
    }
    const compared = () =>
      page.getByRole('list', { name: 'Compared Pokémon' }).locator('li span').allInnerTexts();
    await expect.poll(compared, PATIENCE).toEqual(['Pikachu', 'Raichu']);
    await page.getByRole('button', { name: 'Take Pikachu out' }).click();
    await expect.poll(compared, PATIENCE).toEqual(['Raichu']);
    await undoOf('Took ‘Pikachu’ out').click();
    await expect.poll(compared, PATIENCE).toEqual(['Pikachu', 'Raichu']);
    await page.getByRole('button', { name: 'Take everybody out' }).click();
    await expect.poll(compared, PATIENCE).toEqual([]);
    await undoOf('Took everybody out of the comparison').click();
    await expect.poll(compared, PATIENCE).toEqual(['Pikachu', 'Raichu']);
  });

  test('from cards that were moved, resized and duplicated, by pointer and by menu; a reload keeps them', async () => {
    await explorer.show('Explore');
    const boxOf = async (title: string) => {
      const box = await explorer.card(title).boundingBox();
      if (box === null) throw new Error(`${title} is not on the screen`);
      return box;
    };
    const arrange = async (card: string, item: string) => {
      await page.getByRole('button', { name: `${card}: menu` }).click();
      await page.getByRole('menuitem', { name: 'Arrange' }).hover();
      await page.getByRole('menuitem', { name: item, exact: true }).click();
      await page.getByRole('menu').first().waitFor({ state: 'detached' });
    };
    const widthOf = (title: string) => explorer.card(title).getAttribute('data-width');
    const undone = async (wanted: string[]) => {
      await page.keyboard.press('Control+z');
      await expect.poll(titles, PATIENCE).toEqual(wanted);
    };
    // A histogram beside a tall chart is as tall as it, and they stand at one height.
    const [, , , , , pairs, speed, games] = DEFAULT;
    const [a, b, c] = await Promise.all([pairs, speed, games].map((card) => boxOf(card ?? '')));
    expect([b?.height, c?.height, b?.y, c?.y]).toEqual([a?.height, a?.height, a?.y, a?.y]);

    const [bmi, types] = [await boxOf('BMI'), await boxOf('Types')];
    await page.mouse.move(bmi.x + 20, bmi.y + 20);
    await page.mouse.down();
    await page.mouse.move(types.x + 40, types.y + 60, { steps: 5 });
    expect(await explorer.card('Types').getAttribute('data-drag')).toBe('before');
    await page.mouse.up();
    const moved = ['Height and weight', 'BMI', 'Types', ...DEFAULT.slice(3)];
    await expect.poll(titles, PATIENCE).toEqual(moved);
    // Escape in the middle of a drag leaves all as it was.
    const at = await boxOf('BMI');
    await page.mouse.move(at.x + 20, at.y + 20);
    await page.mouse.down();
    await page.mouse.move(at.x - 300, at.y + 60, { steps: 5 });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(await titles()).toEqual(moved);
    await undone(DEFAULT);

    const from = await boxOf('Base experience');
    const grid = await page.locator('.cards').boundingBox();
    await page.mouse.move(from.x + from.width + 2, from.y + 100);
    await page.mouse.down();
    await page.mouse.move(from.x + from.width + 2 + (grid?.width ?? 0) / 6, from.y + 100, {
      steps: 6,
    });
    await page.mouse.up();
    await expect.poll(() => widthOf('Base experience'), PATIENCE).toBe('6');
    expect((await boxOf('Base experience')).width).toBeCloseTo(((grid?.width ?? 0) - 12) / 2, 0);
    await page.keyboard.press('Control+z');
    await expect.poll(() => widthOf('Base experience'), PATIENCE).toBe('4');

    await arrange('Games', 'Move up');
    await expect
      .poll(titles, PATIENCE)
      .toEqual([...DEFAULT.slice(0, 4), 'Games', ...DEFAULT.slice(4, 7)]);
    await undone(DEFAULT);
    await arrange('Types', 'Narrower');
    await arrange('Types', 'Move right');
    await explorer.chooseInMenu('BMI', 'Duplicate');
    const made = ['Height and weight', 'BMI', 'BMI 2', 'Types', ...DEFAULT.slice(3)];
    await expect.poll(titles, PATIENCE).toEqual(made);
    // The copy shows and sets the same filter.
    await explorer.drag(explorer.brush('BMI 2'), [0.05, 0.5], [0.2, 0.5]);
    await expect.poll(() => explorer.chips(), PATIENCE).toHaveLength(1);
    expect(await explorer.range(explorer.brush('BMI'))).toEqual(
      await explorer.range(explorer.brush('BMI 2')),
    );
    await page.waitForTimeout(700);
    await page.reload();
    await explorer.ready();
    await expect.poll(titles, PATIENCE).toEqual(made);
    expect(await widthOf('Types')).toBe('4');
    await explorer.command('Default charts');
    await expect.poll(titles, PATIENCE).toEqual(DEFAULT);
  });

  test('for 20 seconds, and for as long as the focus is on its message', async () => {
    await explorer.show('Explore');
    await page.clock.install();
    await explorer.chooseInMenu('Games', 'Remove');
    await undoOf('Removed ‘Games’').focus();
    await page.clock.runFor(60_000);
    await page.keyboard.press('Enter');
    await expect.poll(titles, PATIENCE).toEqual(DEFAULT);
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('main');
    await explorer.chooseInMenu('Games', 'Remove');
    await page.clock.runFor(19_000);
    await expect.poll(() => undoOf('Removed ‘Games’').count()).toBe(1);
    await page.clock.runFor(2000);
    await undoOf('Removed ‘Games’').waitFor({ state: 'detached' });
  });

  test('and all of it without trouble', async () => {
    expect(await trouble()).toEqual([]);
  });
});
