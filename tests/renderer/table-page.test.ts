import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  cell,
  focusedCell,
  header,
  openTablePage,
  shownColumns,
  startAfresh,
  type TablePage,
} from './table-page-app';

let opened: TablePage;
const atEnd: (() => Promise<void>)[] = [];
beforeAll(async () => {
  opened = await openTablePage((work) => void atEnd.unshift(work));
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

/** Loads the page again, for the test after one that leaves rows chosen, an order or other columns. */
const leaveAfresh = () => onTestFinished(() => startAfresh(opened));

test('of 250 rows only those near sight are drawn, and the grid says how many there are', async () => {
  leaveAfresh();
  const { page } = opened;
  const grid = page.getByRole('grid', { name: 'Pokémon' });
  await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('251');
  await expect.poll(() => grid.getAttribute('aria-colcount')).toBe('19');
  await expect.poll(() => page.locator('[data-row]').count()).toBeLessThan(60);
  await cell(page, 0, 'name').click({ modifiers: ['Control'] });
  await page.keyboard.press('Control+End');
  await cell(page, 249, 'name').getByText('Mon-250').waitFor();
  await expect.poll(() => focusedCell(page)).toBe('249 18');
  await expect
    .poll(() => page.locator('[data-row="249"]').getAttribute('aria-rowindex'))
    .toBe('251');
  await expect.poll(() => page.locator('[data-row]').count()).toBeLessThan(60);
});

test('a cell reads as people write numbers, with the unit in the header', async () => {
  const { page } = opened;
  await expect.poll(() => header(page, 'weight_kg').textContent()).toContain('Weight kg');
  await expect.poll(() => cell(page, 6, 'weight_kg').textContent()).toBe('7.0');
  await expect.poll(() => cell(page, 6, 'height_m').textContent()).toBe('1.0');
  await expect.poll(() => cell(page, 6, 'type_2').textContent()).toBe('–');
});

test('the cached sprite is shown, crisp at its whole size, and where there is none a drawing and no request', async () => {
  const { page } = opened;
  const sprite = cell(page, 0, 'sprite_front_default').locator('img');
  await expect.poll(() => sprite.getAttribute('src')).toBe('/sprites/1.png');
  // At half its size pixels are averaged: leaving out every other one would spoil the drawing.
  await expect.poll(() => styleOf(sprite, 'imageRendering')).toBe('auto');
  await cell(page, 0, 'name').click();
  const whole = page.getByRole('dialog', { name: 'Mon-1' }).locator('img');
  await expect.poll(() => styleOf(whole, 'imageRendering')).toBe('pixelated');
  expect([await whole.getAttribute('width'), await whole.getAttribute('height')]).toEqual([
    '96',
    '96',
  ]);
  await page.keyboard.press('Escape');
  await cell(page, 1, 'sprite_front_default').locator('svg').waitFor();
  await expect.poll(() => cell(page, 1, 'sprite_front_default').locator('img').count()).toBe(0);
});

test('a click sorts, Shift-click adds, and each header says how it is sorted', async () => {
  const { page } = opened;
  await header(page, 'type_1').click();
  await header(page, 'weight_kg').click({ modifiers: ['Shift'] });
  await header(page, 'weight_kg').click({ modifiers: ['Shift'] });
  // Fire first, that is the even ones, the heaviest of them on top.
  await cell(page, 0, 'name').getByText('Mon-250').waitFor();
  await expect.poll(() => cell(page, 1, 'name').textContent()).toBe('Mon-248');
  await expect.poll(() => header(page, 'type_1').getAttribute('aria-sort')).toBe('ascending');
  await expect.poll(() => header(page, 'weight_kg').getAttribute('aria-sort')).toBe('descending');
  await expect.poll(() => header(page, 'name').getAttribute('aria-sort')).toBe('none');
  await page.getByRole('button', { name: 'Clear order' }).click();
  await cell(page, 0, 'name').getByText('Mon-1').waitFor();
});

test('rows picked by keyboard are copied with headers, as a spreadsheet takes them', async () => {
  leaveAfresh();
  const { page } = opened;
  await cell(page, 0, 'id').click({ modifiers: ['Control'] });
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.getByRole('button', { name: 'Copy 3 selected' }).waitFor();
  await page.keyboard.press('Control+c');
  await page.getByText('Copied 3 rows with headers.').waitFor();
  const lines = (await clipboard()).split('\r\n');
  expect(lines[0]?.split('\t').slice(0, 7)).toEqual([
    'Sprite',
    'Number',
    'Name',
    'First type',
    'Second type',
    'Height (m)',
    'Weight (kg)',
  ]);
  expect(lines.slice(1).map((line) => line.split('\t').slice(1, 8).join(' '))).toEqual([
    '1 Mon-1 water  1.0 1.0 1.0',
    '2 Mon-2 fire  1.0 2.0 2.0',
    '3 Mon-3 water  1.0 3.0 3.0',
  ]);
  // Where the arrows went on from there, the next range begins.
  for (const key of ['ArrowDown', 'ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Copy 2 selected' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Copy all' }).click();
  await page.getByText('Copied 250 rows with headers.').waitFor();
  expect((await clipboard()).split('\r\n')).toHaveLength(251);
});

test('the keyboard alone compares, opens and comes back to the same cell', async () => {
  const { page } = opened;
  await cell(page, 0, 'name').focus();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => focusedCell(page)).toBe('1 3');
  await page.keyboard.press('Space');
  await page.getByText('Mon-2 is compared: 1 of 6.').waitFor();
  await expect
    .poll(() => page.locator('[data-cell="1 0"]').getAttribute('aria-label'))
    .toBe('compared');
  await page.keyboard.press('Space');
  await page.getByText('Mon-2 is no longer compared.').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Mon-2' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(() => focusedCell(page)).toBe('1 3');
});

test('a seventh Pokémon is not compared, and the table says why', async () => {
  leaveAfresh();
  const { page } = opened;
  await cell(page, 0, 'name').focus();
  for (let row = 0; row < 7; row += 1) {
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
  }
  await page.getByText('6 Pokémon are compared already; take one out first.').waitFor();
});

test('columns are dragged, moved and resized by keyboard, pinned, hidden and set back', async () => {
  leaveAfresh();
  const { page } = opened;
  const usual = await shownColumns(page);
  await header(page, 'bmi').scrollIntoViewIfNeeded();
  const from = await box('bmi');
  const to = await box('type_1');
  await page.mouse.move(from.x + 20, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x - 60, from.y + 10);
  await page.mouse.move(to.x + 10, to.y + 10);
  await page.mouse.up();
  await expect
    .poll(async () => (await shownColumns(page)).slice(2, 5))
    .toEqual(['name', 'bmi', 'type_1']);
  // A drag is not a click.
  await expect.poll(() => header(page, 'bmi').getAttribute('aria-sort')).toBe('none');

  await header(page, 'bmi').focus();
  await page.keyboard.press('Control+Shift+ArrowRight');
  await expect
    .poll(async () => (await shownColumns(page)).slice(2, 5))
    .toEqual(['name', 'type_1', 'bmi']);
  const before = (await box('bmi')).width;
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(async () => (await box('bmi')).width).toBe(before + 16);

  await page.keyboard.press('Space');
  await page
    .getByRole('menu', { name: 'BMI: column menu' })
    .getByRole('menuitem', { name: 'Pin to the left' })
    .click();
  await expect
    .poll(async () => (await shownColumns(page)).slice(2, 5))
    .toEqual(['name', 'bmi', 'type_1']);
  await expect.poll(() => styleOf(cell(page, 0, 'bmi'), 'position')).toBe('sticky');
  // The menu gives the focus back to its header, which stands fourth now.
  await expect.poll(() => focusedCell(page)).toBe('-1 4');
  await header(page, 'hp').press('Space');
  await page
    .getByRole('menu', { name: 'HP: column menu' })
    .getByRole('menuitem', { name: 'Hide column' })
    .click();
  await expect.poll(() => shownColumns(page)).not.toContain('hp');
  await expect.poll(() => page.getByRole('grid').getAttribute('aria-colcount')).toBe('18');

  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Species' }).check();
  await expect.poll(() => shownColumns(page)).toContain('species');
  await page.getByRole('button', { name: 'Usual columns' }).click();
  await expect.poll(() => shownColumns(page)).toEqual(usual);
});

test('an empty table names the chip that empties it and takes it away', async () => {
  const { page } = opened;
  const search = page.getByRole('searchbox');
  await search.fill('nobody is called this');
  await page
    .getByRole('button', {
      name: 'Remove “Search: “nobody is called this”, all words or else any”: 250 Pokémon',
    })
    .click();
  await cell(page, 0, 'name').getByText('Mon-1').waitFor();
});

test('the table takes a third, half or all of the explorer, its rows are 28, 36 or 48 px, and both stay', async () => {
  leaveAfresh();
  const { page } = opened;
  const heightOf = async (selector: string) => {
    const found = await page.locator(selector).first().boundingBox();
    return Math.round(found?.height ?? 0);
  };
  const choose = async (item: string) => {
    await page.getByRole('button', { name: 'Size of the table and its rows' }).click();
    await page.getByRole('menuitemradio', { name: item }).click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
  };
  const whole = await heightOf('.explore');
  await choose('A third');
  await expect.poll(() => heightOf('.dock')).toBe(Math.round(whole / 3));
  await choose('Half');
  await expect.poll(() => heightOf('.dock')).toBe(Math.round(whole / 2));
  await choose('Full');
  await expect.poll(() => page.locator('.card canvas').first().isVisible()).toBe(false);
  // Chips and figures stay in sight above it.
  expect(await page.locator('.selected-count').isVisible()).toBe(true);
  await expect.poll(async () => (await heightOf('.dock')) + (await heightOf('.board'))).toBe(whole);
  for (const [item, height] of [
    ['Dense rows', 28],
    ['Medium rows', 36],
    ['Tall rows', 48],
    ['Dense rows', 28],
  ] as const) {
    await choose(item);
    await expect.poll(() => heightOf('[data-row="0"]')).toBe(height);
    await expect
      .poll(() => page.locator('[data-row="1"]').getAttribute('style'))
      .toContain(`translateY(${height}px)`);
  }
  await page.waitForTimeout(700);
  await page.reload();
  await cell(page, 0, 'name').getByText('Mon-1').waitFor();
  await expect.poll(() => heightOf('[data-row="0"]')).toBe(28);
  await expect.poll(() => page.locator('.card canvas').first().isVisible()).toBe(false);
  await choose('Usual height');
  await page.locator('.card canvas').first().waitFor();
});

test('shortcuts go by the place of a key where a keyboard types no Latin letters', async () => {
  leaveAfresh();
  const { page } = opened;
  const keyboard = await page.context().newCDPSession(page);
  const CTRL = 2;
  const SHIFT = 8;
  const press = async (key: string, code: string, modifiers: number) => {
    const windowsVirtualKeyCode = code.charCodeAt(code.length - 1);
    for (const type of ['rawKeyDown', 'keyUp'] as const) {
      await keyboard.send('Input.dispatchKeyEvent', {
        type,
        key,
        code,
        modifiers,
        windowsVirtualKeyCode,
      });
    }
  };
  await header(page, 'weight_kg').click();
  await expect.poll(() => header(page, 'weight_kg').getAttribute('aria-sort')).toBe('ascending');
  await press('я', 'KeyZ', CTRL);
  await expect.poll(() => header(page, 'weight_kg').getAttribute('aria-sort')).toBe('none');
  await press('Ζ', 'KeyZ', CTRL | SHIFT);
  await expect.poll(() => header(page, 'weight_kg').getAttribute('aria-sort')).toBe('ascending');
  await cell(page, 0, 'name').focus();
  await press('ф', 'KeyA', CTRL);
  await page.getByText('Copy 250 selected').waitFor();
  const palette = page.getByRole('combobox', { name: 'Search Pokémon and commands' });
  await press('л', 'KeyK', CTRL);
  await palette.waitFor();
  await press('κ', 'KeyK', CTRL);
  await palette.waitFor({ state: 'detached' });
  // A Latin letter says itself which key it is: on a French keyboard Z is where an American W is.
  await press('w', 'KeyZ', CTRL);
  await expect.poll(() => header(page, 'weight_kg').getAttribute('aria-sort')).toBe('ascending');
  await keyboard.detach();
});

test('axe finds nothing serious in the table', async () => {
  const { page } = opened;
  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  await page.evaluate(await readFile(axe, 'utf8'));
  const found = await page.evaluate(
    `axe.run('section[aria-label="Table"]').then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
  );
  expect(found).toEqual([]);
});

test('nothing broke the policy or failed meanwhile', async () => {
  expect(await opened.trouble()).toEqual([]);
});

test('when the app behind the page dies, the rows stay and the page says once what to do', async () => {
  const { page, app } = opened;
  app.kill('SIGKILL');
  await app.ended;
  await header(page, 'weight_kg').click();
  const banner = page.getByRole('alert');
  await banner.getByText('does not answer').waitFor();
  await banner.getByRole('button', { name: 'Try again' }).waitFor();
  await expect.poll(() => banner.count()).toBe(1);
  await expect.poll(() => cell(page, 0, 'name').textContent()).toBe('Mon-1');
});

function clipboard(): Promise<string> {
  return opened.page.evaluate('navigator.clipboard.readText()');
}

function styleOf(place: Locator, property: string): Promise<string> {
  return place.evaluate(
    (element, name) => element.ownerDocument.defaultView.getComputedStyle(element)[name],
    property,
  );
}

async function box(column: string) {
  const found = await header(opened.page, column).boundingBox();
  if (found === null) throw new Error(`${column} is not on the screen`);
  return found;
}
