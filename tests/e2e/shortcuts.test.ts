import type { Locator, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { copySnapshotData } from '../helpers/snapshot-data';
import { atSuiteEnd } from '../helpers/suite-end';
import { REFRESH_FROM_SNAPSHOT } from './bundled-source';
import { ExplorerPage } from './explorer-page';
import { BROWSER_HOST, type OpenedApp } from './hosts';
import { PATIENCE } from './published-file';
import { pressOf, type SheetLine, sheetLines } from './shortcut-sheet';

const HEIGHT_AND_WEIGHT = 'Height and weight';

describe.sequential('the help sheet keeps its word', () => {
  const atEnd = atSuiteEnd();
  let page: Page;
  let app: OpenedApp;
  let explorer: ExplorerPage;
  let lines: SheetLine[];

  const dialog = (name: string) => page.getByRole('dialog', { name });
  const search = () =>
    page.getByRole('searchbox', { name: 'Search name, number, types, abilities' });
  const focused = () => page.locator(':focus');
  const isFocused = async (place: Locator) => (await place.and(focused()).count()) === 1;
  const chips = () => expect.poll(() => explorer.chips(), PATIENCE);
  const screenIs = (name: string) =>
    expect.poll(() => page.locator('.rail [aria-current="page"]').innerText(), PATIENCE).toBe(name);
  const polygons = (card = HEIGHT_AND_WEIGHT) => explorer.card(card).locator('polygon');
  const outlines = async () => {
    const all = await polygons().all();
    return Promise.all(all.map((polygon) => polygon.getAttribute('points')));
  };
  const area = () => explorer.card(HEIGHT_AND_WEIGHT).locator('.area-brush');
  /** The right and lower ends of an outline. */
  const ends = (points: string | null | undefined) => {
    const corners = String(points)
      .split(' ')
      .map((point) => point.split(',').map(Number));
    return [0, 1].map((axis) => Math.max(...corners.map((corner) => corner[axis] ?? NaN)));
  };
  const rangeOf = async (card: string) => {
    const range = await explorer.range(explorer.brush(card));
    if (range === null) throw new Error(`no range stands on ${card}`);
    return range;
  };
  const header = (column: string) => explorer.grid().locator(`[data-header="${column}"]`);
  const cellWithFocus = () => focused().getAttribute('data-cell');
  const chosenRows = () => explorer.grid().locator('[aria-selected="true"]');

  /** What each line does; pressed as the sheet says. */
  const EFFECTS: Record<string, (press: (last?: string) => Promise<void>) => Promise<void>> = {
    'Go to: Explore': async (press) => {
      await explorer.show('Settings');
      await press();
      await screenIs('Explore');
    },
    'Go to: Compare': async (press) => {
      await press();
      await screenIs('Compare');
    },
    'Go to: SQL': async (press) => {
      await press();
      await screenIs('SQL');
    },
    'Go to: Changes': async (press) => {
      await press();
      await screenIs('Changes');
    },
    'Go to: Alerts': async (press) => {
      await press();
      await screenIs('Alerts');
    },
    'Go to: Privacy': async (press) => {
      await press();
      await screenIs('Privacy');
    },
    'Go to: Settings': async (press) => {
      await press();
      await screenIs('Settings');
    },
    'Data: Refresh data': async (press) => {
      await page.evaluate(REFRESH_FROM_SNAPSHOT);
      await press();
      const panel = page.getByRole('region', { name: 'Refresh', exact: true });
      await panel.getByText(/ unchanged at the source/).waitFor();
      await panel.getByRole('button', { name: 'Close' }).click();
    },
    'Filters: Search in the explorer': async (press) => {
      await explorer.show('Changes');
      await press();
      await screenIs('Explore');
      await expect.poll(() => isFocused(search()), PATIENCE).toBe(true);
      await press();
      await expect.poll(() => search().inputValue()).toBe('/');
      // What was typed becomes a filter a moment later, which must not be the next test's.
      await chips().toEqual(['Search: “/”']);
    },
    'Filters: Undo the last step': async (press) => {
      await explorer.drag(explorer.brush('BMI'), [0.1, 0.5], [0.3, 0.5]);
      await chips().toHaveLength(1);
      await press();
      await chips().toEqual([]);
    },
    'Filters: Redo the last step': async (press) => {
      await explorer.drag(explorer.brush('BMI'), [0.1, 0.5], [0.3, 0.5]);
      await chips().toHaveLength(1);
      await page.keyboard.press('Control+z');
      await chips().toEqual([]);
      await press();
      await chips().toHaveLength(1);
    },
    'Filters: Clear all filters': async (press) => {
      await explorer.drag(explorer.brush('BMI'), [0.1, 0.5], [0.3, 0.5]);
      await explorer.drag(explorer.brush('Stat total'), [0.1, 0.5], [0.6, 0.5]);
      await chips().toHaveLength(2);
      await press();
      await chips().toEqual([]);
    },
    'Table: Go to the table': async (press) => {
      await explorer.show('Settings');
      await press();
      await screenIs('Explore');
      await expect.poll(cellWithFocus, PATIENCE).toMatch(/^\d+ \d+$/);
    },
    'Dashboard: Add a chart…': async (press) => {
      await press();
      await dialog('Add a chart').waitFor();
    },
    'Dashboard: Save view…': async (press) => {
      const saved = await app.savedFile(() => press());
      expect(JSON.parse(saved.toString('utf8'))).toMatchObject({ pokeview: 2, selections: [] });
    },
    'Tables: Open file…': async (press) => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press()]);
      await chooser.setFiles({
        ...{ name: 'a.ndjson', mimeType: 'application/json' },
        buffer: Buffer.from('{"a":1}\n'),
      });
      await page.getByRole('button', { name: 'Table: a.ndjson' }).waitFor();
      await explorer.command('Close table “a.ndjson”');
      await page.getByRole('button', { name: 'Table: Pokémon' }).waitFor();
    },
    'Dashboard: Open view…': async (press) => {
      const saved = await app.savedFile(() => page.keyboard.press('Control+s'));
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press()]);
      await chooser.setFiles({ name: 'a.json', mimeType: 'application/json', buffer: saved });
      await page.getByRole('status', { name: 'Messages' }).getByText('The view is open.').waitFor();
    },
    'Help: Search and commands': async (press) => {
      await press();
      const palette = page.getByRole('combobox', { name: 'Search Pokémon and commands' });
      await palette.waitFor();
      await expect.poll(() => isFocused(palette), PATIENCE).toBe(true);
      await press();
      await palette.waitFor({ state: 'detached' });
    },
    'Help: Keyboard shortcuts': async (press) => {
      await press();
      await dialog('Keyboard shortcuts').waitFor();
    },
    'In a chart: On to the card’s menu and the next chart': async (press) => {
      await explorer.brush('BMI').focus();
      await press();
      await expect.poll(() => focused().getAttribute('aria-label')).toBe('Base experience: menu');
      await press();
      await expect.poll(() => isFocused(explorer.brush('Base experience')), PATIENCE).toBe(true);
    },
    'In a chart: Move the range, the box or the choice': async (press) => {
      await explorer.brush('BMI').focus();
      await press('ArrowRight');
      const before = await rangeOf('BMI');
      await press('ArrowRight');
      const after = await rangeOf('BMI');
      expect(after[0]).toBeGreaterThan(before[0]);
      expect(Math.abs(after[1] - after[0] - (before[1] - before[0]))).toBeLessThan(2);
      await press('ArrowLeft');
      expect((await rangeOf('BMI'))[0]).toBeLessThan(after[0]);

      await area().focus();
      await press('ArrowRight');
      const [drawn] = await outlines();
      await press('ArrowDown');
      expect(ends((await outlines())[0])[1]).toBeCloseTo((ends(drawn)[1] ?? 0) + 0.04);

      const types = explorer.card('Types').getByRole('listbox');
      await types.focus();
      const at = types.getByRole('option');
      const first = await at.innerText();
      await press('ArrowDown');
      await expect.poll(() => at.innerText()).not.toBe(first);
    },
    'In a chart: Widen or narrow the range or the box': async (press) => {
      await explorer.brush('BMI').focus();
      await page.keyboard.press('ArrowRight');
      const before = await rangeOf('BMI');
      await press('ArrowRight');
      const after = await rangeOf('BMI');
      expect(after[0]).toBe(before[0]);
      expect(after[1]).toBeGreaterThan(before[1]);
      await press('ArrowLeft');
      expect((await rangeOf('BMI'))[1]).toBeLessThan(after[1]);

      await area().focus();
      await page.keyboard.press('ArrowRight');
      const [drawn] = await outlines();
      await press('ArrowLeft');
      const [narrowed] = await outlines();
      expect(ends(narrowed)[0]).toBeCloseTo((ends(drawn)[0] ?? 0) - 0.04);
      expect(ends(narrowed)[1]).toBeCloseTo(ends(drawn)[1] ?? 0);
    },
    'In a chart: Move the range or the box in small steps': async (press) => {
      await explorer.brush('BMI').focus();
      await page.keyboard.press('ArrowRight');
      const before = await rangeOf('BMI');
      await press('ArrowRight');
      const after = await rangeOf('BMI');
      // A pixel of 375 over some 300 pixels; a usual step is 12.5.
      expect(after[0] - before[0]).toBeGreaterThan(0);
      expect(after[0] - before[0]).toBeLessThan(3);

      await area().focus();
      await page.keyboard.press('ArrowRight');
      const [drawn] = await outlines();
      await press('ArrowRight');
      expect(ends((await outlines())[0])[0]).toBeCloseTo((ends(drawn)[0] ?? 0) + 0.01);
    },
    'In a chart: Choose what the arrows are at; another box': async (press) => {
      const types = explorer.card('Types').getByRole('listbox');
      await types.focus();
      await page.keyboard.press('Home');
      await press();
      await chips().toEqual(['Type: Water']);
      await area().focus();
      await press();
      await press();
      await expect.poll(() => polygons().count()).toBe(2);
    },
    'In a chart: Go to the next of several areas': async (press) => {
      await area().focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      const before = await outlines();
      await press();
      await page.keyboard.press('ArrowUp');
      const after = await outlines();
      expect(after[0]).not.toBe(before[0]);
      expect(after[1]).toBe(before[1]);
    },
    'In a chart: Go to the area before': async (press) => {
      await area().focus();
      for (let count = 0; count < 3; count += 1) await page.keyboard.press('Enter');
      const before = await outlines();
      await press();
      await page.keyboard.press('ArrowUp');
      const after = await outlines();
      expect([0, 1, 2].map((index) => after[index] === before[index])).toEqual([true, false, true]);
    },
    'In a chart: Take away the area that is at hand': async (press) => {
      await area().focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      const [first] = await outlines();
      await press();
      await expect.poll(() => outlines()).toEqual([first]);
      await press();
      await chips().toEqual([]);
    },
    'In a chart: Lasso: set a corner where the cross is': async (press) => {
      await lasso(press);
      await expect.poll(() => polygons().count()).toBe(1);
      await chips().toHaveLength(1);
    },
    'In a chart: Lasso: begin beside the other areas': async (press) => {
      await lasso(() => page.keyboard.press('Space'));
      await page.keyboard.press('Enter');
      const [first] = await outlines();
      await lasso(press);
      const both = await outlines();
      expect(both).toHaveLength(2);
      expect(both[0]).toBe(first);
    },
    'In a chart: Lasso: take the last corner back': async (press) => {
      await lasso(() => page.keyboard.press('Space'));
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Space');
      const corners = async () => (await outlines())[0]?.split(' ').length;
      await expect.poll(() => corners()).toBe(4);
      await press();
      await expect.poll(() => corners()).toBe(3);
    },
    'In a chart: Let go of the selection': async (press) => {
      for (const place of [explorer.brush('BMI'), area()]) {
        await place.focus();
        await page.keyboard.press('ArrowRight');
        await chips().toHaveLength(1);
        await press();
        await chips().toEqual([]);
      }
      await explorer.card('Types').getByRole('listbox').focus();
      await page.keyboard.press('Enter');
      await chips().toHaveLength(1);
      await press();
      await chips().toEqual([]);
    },
    'In a chart: Move the card': async (press) => {
      const titles = () => page.locator('.card h2').allInnerTexts();
      const before = await titles();
      await explorer.brush('BMI').focus();
      await press('ArrowRight');
      await expect.poll(async () => (await titles()).indexOf('BMI')).toBe(3);
      await press('ArrowUp');
      await expect.poll(async () => (await titles()).indexOf('BMI')).toBeLessThan(2);
      await press('ArrowDown');
      await expect.poll(async () => (await titles()).indexOf('BMI')).toBeGreaterThan(1);
      await expect.poll(() => isFocused(explorer.brush('BMI')), PATIENCE).toBe(true);
      for (let moves = 0; moves < 3; moves += 1) await page.keyboard.press('Control+z');
      await expect.poll(titles, PATIENCE).toEqual(before);
    },
    'In a chart: Make the card narrower or wider': async (press) => {
      const width = () => explorer.card('BMI').getAttribute('data-width');
      await explorer.brush('BMI').focus();
      await press('ArrowRight');
      await expect.poll(width, PATIENCE).toBe('5');
      await press('ArrowLeft');
      await expect.poll(width, PATIENCE).toBe('4');
      await page.getByRole('status').getByText('‘BMI’: 4 of 12 columns wide').waitFor();
    },
    'With the pointer: Move a card by its title; make it wider by its right edge': async () => {
      const width = () => explorer.card('BMI').getAttribute('data-width');
      await explorer.drag(explorer.card('BMI').locator('.card-edge'), [0.5, 0.5], [40, 0.5]);
      await expect.poll(width, PATIENCE).not.toBe('4');
      await page.keyboard.press('Control+z');
      await expect.poll(width, PATIENCE).toBe('4');
      const titles = () => page.locator('.card h2').allInnerTexts();
      const [first, second] = await titles();
      const head = explorer.card(second ?? '').locator('h2');
      const target = await explorer.card(first ?? '').boundingBox();
      const box = await head.boundingBox();
      if (target === null || box === null) throw new Error('a card is not on the screen');
      const left = (target.x + 40 - box.x) / box.width;
      await explorer.drag(head, [0.2, 0.5], [left, 0.5]);
      await expect.poll(async () => (await titles())[0], PATIENCE).toBe(second);
      await page.keyboard.press('Control+z');
      await expect.poll(async () => (await titles())[0], PATIENCE).toBe(first);
    },
    'With the pointer: Choose a range or an area; move it, or pull its ends': async () => {
      const brush = explorer.brush('BMI');
      await explorer.drag(brush, [0.1, 0.5], [0.3, 0.5]);
      const drawn = await rangeOf('BMI');
      await explorer.drag(brush, [0.2, 0.5], [0.4, 0.5]);
      const moved = await rangeOf('BMI');
      expect(moved[0]).toBeGreaterThan(drawn[0]);
      expect(Math.abs(moved[1] - moved[0] - (drawn[1] - drawn[0]))).toBeLessThan(3);
      await explorer.drag(brush, [0.5, 0.5], [0.6, 0.5]);
      const pulled = await rangeOf('BMI');
      expect(pulled[0]).toBe(moved[0]);
      expect(pulled[1]).toBeGreaterThan(moved[1]);
      await explorer.drag(area(), [0.2, 0.2], [0.5, 0.5]);
      await expect.poll(() => polygons().count()).toBe(1);
    },
    'With the pointer: Add to the range or another area': async () => {
      await explorer.drag(explorer.brush('BMI'), [0.1, 0.5], [0.3, 0.5]);
      const drawn = await rangeOf('BMI');
      await explorer.drag(area(), [0.1, 0.1], [0.3, 0.3]);
      await page.keyboard.down('Shift');
      await explorer.drag(explorer.brush('BMI'), [0.5, 0.5], [0.6, 0.5]);
      await explorer.drag(area(), [0.5, 0.5], [0.7, 0.7]);
      await page.keyboard.up('Shift');
      const added = await rangeOf('BMI');
      expect(added[0]).toBe(drawn[0]);
      expect(added[1]).toBeGreaterThan(drawn[1]);
      await expect.poll(() => polygons().count()).toBe(2);
    },
    'With the pointer: Choose a bar or a square; open a dot’s Pokémon': async () => {
      await explorer.clickAt(explorer.card('Types').locator('.plot'), 0.3, 0.06);
      await chips().toEqual(['Type: Water']);
      await page.keyboard.press('Alt+c');
      // Somewhere along the diagonal there is a dot.
      for (let x = 0.4; x < 0.6; x += 0.01) {
        await explorer.clickAt(area(), x, 1 - x);
        if ((await page.getByRole('dialog').count()) > 0) break;
      }
      await page.getByRole('dialog').getByText('Where it came from').waitFor();
    },
    'With the pointer: Clear the card’s selection': async () => {
      const brush = explorer.brush('BMI');
      await explorer.drag(brush, [0.1, 0.5], [0.3, 0.5]);
      await chips().toHaveLength(1);
      await brush.dblclick({ position: { x: 200, y: 20 } });
      await chips().toEqual([]);
    },
    'In the table: Move from cell to cell': async (press) => {
      await page.keyboard.press('Alt+t');
      const [row = 0, column = 0] = String(await cellWithFocus())
        .split(' ')
        .map(Number);
      await press('ArrowDown');
      await press('ArrowRight');
      await expect.poll(cellWithFocus, PATIENCE).toBe(`${row + 1} ${column + 1}`);
    },
    'In the table: Open the row; on a header, sort by it': async (press) => {
      await explorer.cell(0, 'name').focus();
      const name = await explorer.cellText(0, 'name');
      await press();
      await page.getByRole('dialog').getByRole('heading', { name, exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await header('name').focus();
      await press();
      await expect.poll(() => header('name').getAttribute('aria-sort')).not.toBe('none');
    },
    'In the table: Where the value came from; on a header, sort by it after the others': async (
      press,
    ) => {
      await explorer.cell(0, 'name').focus();
      await press();
      const origin = page.getByRole('dialog', { name: /^Name of / });
      await origin.waitFor();
      await page.keyboard.press('Escape');
      await origin.waitFor({ state: 'detached' });
      await header('type_1').focus();
      await page.keyboard.press('Enter');
      await header('weight_kg').focus();
      await press();
      const sorted = async () =>
        Promise.all(['type_1', 'weight_kg'].map((name) => header(name).getAttribute('aria-sort')));
      await expect.poll(sorted, PATIENCE).not.toContain('none');
    },
    'In the table: Compare the Pokémon; on a header, its menu': async (press) => {
      await explorer.cell(1, 'name').focus();
      await press();
      const row = explorer.grid().locator('[data-row="1"] [data-action="compare"]');
      await expect.poll(() => row.getAttribute('aria-label'), PATIENCE).toBe('compared');
      await press();
      await expect.poll(() => row.getAttribute('aria-label'), PATIENCE).toBe('not compared');
      await header('name').focus();
      await press();
      await page.getByRole('menu').waitFor();
    },
    'In the table: Choose the row': async (press) => {
      await explorer.cell(1, 'name').focus();
      await press();
      await expect.poll(() => chosenRows().count(), PATIENCE).toBe(1);
    },
    'In the table: Choose the rows on the way': async (press) => {
      await explorer.cell(0, 'name').focus();
      await press('ArrowDown');
      await press('ArrowDown');
      await expect.poll(() => chosenRows().count(), PATIENCE).toBe(3);
    },
    'In the table: Choose all rows': async (press) => {
      await explorer.cell(0, 'name').focus();
      await press();
      await page.getByText(/649 chosen|649 selected/).waitFor();
    },
    'In the table: Copy the chosen rows with headers': async (press) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await explorer.cell(0, 'name').focus();
      await page.keyboard.press('Shift+Space');
      await press();
      await page.getByText('Copied 1 row with headers.').waitFor();
      const copied = await page.evaluate<string>('navigator.clipboard.readText()');
      const [head, row] = copied.split('\n');
      expect(head).toContain('Name');
      expect(row).toContain(await explorer.cellText(0, 'name'));
    },
    'In the table: On a header: change its width': async (press) => {
      const width = async () => (await header('name').boundingBox())?.width ?? 0;
      const before = await width();
      await header('name').focus();
      await press('ArrowRight');
      await expect.poll(width, PATIENCE).toBe(before + 16);
      await press('ArrowLeft');
      await expect.poll(width, PATIENCE).toBe(before);
    },
    'In the table: On a header: move the column': async (press) => {
      const before = await explorer.columns();
      await header('type_1').focus();
      await press('ArrowRight');
      await expect.poll(() => explorer.columns(), PATIENCE).not.toEqual(before);
      await expect.poll(() => focused().getAttribute('data-header')).toBe('type_1');
      await press('ArrowLeft');
      await expect.poll(() => explorer.columns(), PATIENCE).toEqual(before);
    },
    'In SQL: Run the query': async (press) => {
      await explorer.show('SQL');
      await explorer.writeSql('SELECT 6 * 7 AS answer FROM pokemon LIMIT 1');
      await press();
      await page.getByRole('region', { name: 'Result' }).getByText('42', { exact: true }).waitFor();
    },
    'In SQL: Close the suggestions; then Tab leaves the editor': async (press) => {
      await explorer.show('SQL');
      await page.locator('.cm-content').focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.type('SELECT na');
      const suggestions = page.locator('.cm-tooltip-autocomplete');
      await suggestions.waitFor();
      await press();
      await suggestions.waitFor({ state: 'detached' });
      await press();
      await page.keyboard.press('Tab');
      await expect.poll(() => isFocused(page.locator('.cm-content'))).toBe(false);
    },
  };

  /** Three corners with the lasso by `press`, from where the cross is. */
  async function lasso(press: () => Promise<void>): Promise<void> {
    await explorer.card(HEIGHT_AND_WEIGHT).getByRole('button', { name: 'Choose by lasso' }).click();
    await area().focus();
    await press();
    for (const arrow of ['ArrowRight', 'ArrowDown']) {
      for (let step = 0; step < 4; step += 1) await page.keyboard.press(arrow);
      await press();
    }
  }

  beforeAll(async () => {
    app = await BROWSER_HOST.open(atEnd, copySnapshotData);
    ({ page } = app);
    explorer = new ExplorerPage(page);
    await explorer.ready();
    await page.keyboard.press('?');
    await dialog('Keyboard shortcuts').waitFor();
    lines = await sheetLines(page);
  });

  /** Back to the explorer with nothing chosen and nothing over it. */
  beforeEach(async () => {
    for (let open = 0; open < 3 && (await page.getByRole('dialog').count()) > 0; open += 1) {
      await page.keyboard.press('Escape');
      await page.waitForTimeout(250);
    }
    const screen = await page.locator('.rail [aria-current="page"]').innerText();
    if (screen !== 'Explore') await explorer.show('Explore');
    if ((await chosenRows().count()) > 0) {
      await explorer.cell(0, 'name').focus();
      await page.keyboard.press('Escape');
    }
    if ((await explorer.chips()).length > 0) {
      await page.locator('.chips-clear').click();
      await chips().toEqual([]);
    }
    // All rows are back.
    await explorer.grid().and(page.locator('[aria-busy="false"]')).waitFor();
    await explorer.cellText(0, 'name');
    const box = explorer.card(HEIGHT_AND_WEIGHT).getByRole('button', { name: 'Choose by box' });
    if ((await box.getAttribute('aria-pressed')) !== 'true') await box.click();
    await page.mouse.move(0, 0);
    await page.evaluate('document.activeElement.blur()');
  });

  test('each of its lines is tried below', () => {
    expect(lines.map(({ name }) => name).sort()).toEqual(Object.keys(EFFECTS).sort());
  });

  test.each(Object.keys(EFFECTS))('%s', async (name) => {
    const line = lines.find((other) => other.name === name);
    if (line === undefined) throw new Error(`the sheet has no line “${name}”`);
    await EFFECTS[name]?.((last) => page.keyboard.press(pressOf(line.keys, last)));
  });

  test('nothing went wrong meanwhile', async () => {
    expect(await app.trouble()).toEqual([]);
  });
});
