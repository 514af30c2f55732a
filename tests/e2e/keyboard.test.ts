import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { ENDLESS } from '../helpers/endless';
import { copySnapshotData } from '../helpers/snapshot-data';
import { atSuiteEnd } from '../helpers/suite-end';
import { REFRESH_FROM_SNAPSHOT } from './bundled-source';
import { ExplorerPage } from './explorer-page';
import { BROWSER_HOST, type OpenedApp } from './hosts';
import { PATIENCE } from './published-file';

const CARDS = [
  'Height and weight',
  'Types',
  'BMI',
  'Base experience',
  'Stat total',
  'Type pairs',
  'Speed by type',
  'Games',
];
/** Twice round the screen. */
const MOST_PRESSES = 200;

/**
 * What is wrong with where the focus is; null where a person sees it. Run in the page. The frame
 * around the SQL editor and the label beside a hidden radio show the focus for what is in them.
 */
const FOCUS_TROUBLE = `(() => {
  const active = document.activeElement;
  if (active === null || active === document.body) return 'the focus is nowhere';
  const name = active.getAttribute('aria-label') ?? active.textContent.slice(0, 40);
  const ring = (element) => {
    if (element === null) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  };
  const shown = [active, active.nextElementSibling, active.parentElement].filter(
    (element) => element !== null && element.getBoundingClientRect().width > 4 && ring(element),
  );
  if (shown.length === 0) return 'no ring around ' + name;
  const { left, top, right, bottom } = shown[0].getBoundingClientRect();
  const inSight = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  if (!inSight) return 'out of sight: ' + name;
  const beneath = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const dialog = beneath?.closest('[aria-modal="true"], [data-full]');
  return dialog && !dialog.contains(active) ? 'covered: ' + name : null;
})()`;

interface Stop {
  there: boolean;
  /** The element that is looked for is no longer on the page. */
  gone: boolean;
  nowhere: boolean;
  trouble: string | null;
}

/** Where the focus is, seen from the element that is looked for; in one question, as there are many stops. */
const STOP = `(wanted) => ({
  there: document.activeElement === wanted,
  gone: !wanted.isConnected,
  nowhere: document.activeElement === document.body,
  trouble: ${FOCUS_TROUBLE},
})`;

describe.sequential('a whole session without a pointer', () => {
  const atEnd = atSuiteEnd();
  let page: Page;
  let app: OpenedApp;
  let explorer: ExplorerPage;

  const isFocused = async (place: Locator) =>
    (await place.and(page.locator(':focus')).count()) === 1;
  const focusBecomes = (place: Locator) => expect.poll(() => isFocused(place), PATIENCE).toBe(true);
  const chips = () => expect.poll(() => explorer.chips(), PATIENCE);
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const chart = (title: string) => explorer.card(title).locator('.plot [tabindex="0"]');
  const outlines = async () => {
    const polygons = await explorer.card('Height and weight').locator('polygon').all();
    return Promise.all(polygons.map((polygon) => polygon.getAttribute('points')));
  };

  /** A key, after which the focus is where a person sees it. */
  async function press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await page.keyboard.press(key);
      await expect.poll(() => page.evaluate(FOCUS_TROUBLE), PATIENCE).toBeNull();
    }
  }

  /** Tab, or Shift+Tab, until the focus is there; every stop on the way is seen. */
  async function go(to: Locator, key = 'Tab'): Promise<void> {
    const target = () => to.elementHandle({ timeout: PATIENCE.timeout });
    let wanted = await target();
    const stop = await page.evaluateHandle<(element: unknown) => Stop>(STOP);
    const look = () => wanted.evaluate((element, at) => at(element), stop);
    for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
      const { gone, there } = await look();
      if (there) return;
      // Drawn anew meanwhile.
      if (gone) wanted = await target();
      await page.keyboard.press(key);
      const { nowhere, trouble } = await look();
      // Past the last stop the focus is the browser's.
      if (nowhere || trouble === null) continue;
      await expect.poll(() => page.evaluate(FOCUS_TROUBLE)).toBeNull();
    }
    throw new Error(`${MOST_PRESSES} presses do not reach ${String(to)}`);
  }

  beforeAll(async () => {
    app = await BROWSER_HOST.open(atEnd, copySnapshotData);
    ({ page } = app);
    explorer = new ExplorerPage(page);
    await explorer.ready();
    await explorer.card('Games').locator('canvas').first().waitFor();
  });

  test('Tab reaches every card’s menu and chart, in the order they stand', async () => {
    for (const title of CARDS) {
      await go(button(`${title}: menu`));
      await go(chart(title));
    }
  });

  test('the first stop leads past rail and header to the data', async () => {
    await page.evaluate('document.activeElement.blur()');
    await go(page.getByRole('link', { name: 'Skip to the data' }));
    await press('Enter');
    await press('Tab');
    await focusBecomes(
      page.getByRole('searchbox', { name: 'Search name, number, types, abilities' }),
    );
  });

  test('a histogram’s range is set, moved, sized and narrowed to a pixel', async () => {
    const brush = explorer.brush('BMI');
    await go(brush);
    await press('ArrowRight');
    const set = await explorer.range(brush);
    await press('ArrowLeft', 'ArrowLeft');
    const moved = await explorer.range(brush);
    await press('Shift+ArrowLeft');
    const sized = await explorer.range(brush);
    await press('Control+Shift+ArrowLeft');
    const fine = await explorer.range(brush);
    if (set === null || moved === null || sized === null || fine === null) {
      throw new Error('there is no range');
    }
    expect(moved[0]).toBeLessThan(set[0]);
    expect(sized[0]).toBe(moved[0]);
    expect(sized[1]).toBeLessThan(moved[1] - 8);
    expect(sized[1] - fine[1]).toBeGreaterThan(0);
    expect(sized[1] - fine[1]).toBeLessThan(3);
    await chips().toHaveLength(1);
  });

  test('of several areas each is reached, changed and taken away', async () => {
    const area = chart('Height and weight');
    await go(area, 'Shift+Tab');
    await press('Enter', 'Enter', 'Enter');
    const made = await outlines();
    expect(new Set(made).size).toBe(3);
    for (const [index] of made.entries()) {
      await press('PageDown');
      const before = await outlines();
      await press('ArrowUp', 'Shift+ArrowRight');
      const after = await outlines();
      const changed = after.flatMap((points, at) => (points === before[at] ? [] : [at]));
      expect(changed).toEqual([index]);
      await page
        .getByText(`Area ${index + 1} of 3`, { exact: true })
        .waitFor({ state: 'attached' });
    }
    await press('PageUp', 'Delete');
    await expect.poll(() => outlines()).toHaveLength(2);
    await chips().toEqual([expect.stringMatching(/^BMI/), expect.stringMatching(/^2 areas/)]);
  });

  test('a removed chip hands the focus on, and the last one to where chips stand', async () => {
    await go(button(/^Remove filter BMI/), 'Shift+Tab');
    await press('Enter');
    await focusBecomes(button(/^Remove filter 2 areas/));
    await press('Enter');
    await focusBecomes(page.getByRole('group', { name: 'Active filters' }));
    await chips().toEqual([]);
  });

  test('undo goes all the way back and redo forth, with the focus on them', async () => {
    const undo = button('Undo');
    await go(undo);
    await press('Enter', 'Enter');
    await chips().toHaveLength(2);
    while ((await undo.getAttribute('aria-disabled')) !== 'true') await press('Enter');
    await chips().toEqual([]);
    await go(button('Redo'));
    await press('Enter');
    await chips().toHaveLength(1);
  });

  test('a card’s Clear leaves the focus in its chart', async () => {
    await go(explorer.card('BMI').getByRole('button', { name: 'Clear' }));
    await press('Enter');
    await focusBecomes(chart('BMI'));
    await chips().toEqual([]);
  });

  test('the table is sorted; the detail opens and gives the focus back', async () => {
    const first = explorer.cell(0, 'sprite_front_default');
    await go(first);
    await press('ArrowRight', 'ArrowRight', 'ArrowUp');
    const header = explorer.grid().locator('[data-header="name"]');
    await focusBecomes(header);
    await press('Enter');
    await expect.poll(() => header.getAttribute('aria-sort'), PATIENCE).toBe('ascending');
    // The rows follow their header.
    await expect.poll(() => explorer.cell(0, 'name').innerText(), PATIENCE).toBe('Abomasnow');
    await press('ArrowDown', 'ArrowDown', 'ArrowDown');
    const cell = explorer.cell(2, 'name');
    await focusBecomes(cell);
    const name = await cell.innerText();
    await press('Enter');
    const detail = page.getByRole('dialog');
    await detail.getByRole('heading', { name, exact: true }).waitFor();
    await focusBecomes(detail);
    await go(detail.getByText('Raw JSON'));
    await press('Enter');
    await press('Escape');
    await detail.waitFor({ state: 'detached' });
    await focusBecomes(cell);
  });

  test('two rows are compared', async () => {
    await press('Space', 'ArrowDown', 'Space');
    await page.keyboard.press('Alt+2');
    await page.getByText('2 of 6').waitFor();
    await focusBecomes(page.locator('main'));
    await go(page.getByRole('region', { name: 'Differences' }));
    await page.keyboard.press('Alt+1');
    await focusBecomes(page.locator('main'));
  });

  test('a card shows its data, fills the screen without a way out behind it, and goes', async () => {
    const menu = button('Stat total: menu');
    await go(menu);
    await press('Enter');
    await focusBecomes(page.getByRole('menuitem', { name: 'Show data table' }));
    await press('Enter');
    await focusBecomes(menu);
    const data = page.getByRole('region', { name: 'Stat total: data' });
    await go(data);
    await press('Shift+Tab', 'Enter');
    await focusBecomes(page.getByRole('menuitem', { name: 'Show chart' }));
    await press('ArrowDown', 'Enter');
    await explorer.card('Stat total').and(page.locator('[data-full]')).waitFor();
    for (let stop = 0; stop < 4; stop += 1) {
      await press('Tab');
      await expect.poll(() => explorer.card('Stat total').locator(':focus').count()).toBe(1);
    }
    await press('Escape');
    await page.locator('[data-full]').waitFor({ state: 'detached' });
    await go(menu);
    await press('Enter');
    await focusBecomes(page.getByRole('menuitem', { name: 'Show chart' }));
    await press('End');
    await page.keyboard.press('Enter');
    await explorer.card('Stat total').waitFor({ state: 'detached' });
    await focusBecomes(button('Type pairs: menu'));
  });

  test('a chart is added and the usual dashboard comes back', async () => {
    const add = button('Add a chart');
    await go(add);
    await press('Enter');
    await page.getByRole('dialog', { name: 'Add a chart' }).waitFor();
    await press('Escape');
    await focusBecomes(add);
    await go(button('Default dashboard'));
    await press('Enter');
    await explorer.card('Stat total').waitFor();
    await focusBecomes(add);
  });

  test('the export menu opens, its items are reached, and Escape goes back to its button', async () => {
    const menu = button('Export');
    await go(menu, 'Shift+Tab');
    await press('Enter');
    await focusBecomes(page.getByRole('menuitem').first());
    await press('ArrowDown');
    await focusBecomes(page.getByRole('menuitem').nth(1));
    const saved = await app.savedFile(async () => {
      // The last one opens a window of its own.
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
    });
    expect(saved.length).toBeGreaterThan(1000);
    await go(menu);
    await press('Enter');
    await focusBecomes(page.getByRole('menuitem').first());
    await press('Escape');
    await focusBecomes(menu);
  });

  test('a refresh starts; Tab goes into its panel, Escape closes it', async () => {
    await page.evaluate(REFRESH_FROM_SNAPSHOT);
    const refresh = page.getByRole('button', { name: 'Refresh data' });
    await go(refresh, 'Shift+Tab');
    await press('Enter');
    const panel = page.getByRole('region', { name: 'Refresh', exact: true });
    await panel.getByText(/unchanged at the source/).waitFor();
    await press('Tab');
    await focusBecomes(panel.getByRole('button', { name: 'Close' }));
    await press('Escape');
    await panel.waitFor({ state: 'detached' });
    await focusBecomes(refresh);
  });

  test('settings are changed and saved', async () => {
    await page.keyboard.press('Alt+7');
    const all = page.getByRole('switch', { name: 'Keep every Pokémon, whatever the game' });
    await go(all);
    await press('Space');
    await go(button('Save'));
    await page.keyboard.press('Enter');
    await page.getByRole('status', { name: 'Messages' }).getByText(/./).first().waitFor();
    await expect.poll(() => page.evaluate(FOCUS_TROUBLE), PATIENCE).toBeNull();
  });

  test('Changes and SQL are walked through', async () => {
    await page.keyboard.press('Alt+4');
    await go(page.getByRole('region', { name: 'Changed Pokémon' }));
    await page.keyboard.press('Alt+3');
    await page.locator('.cm-content').waitFor();
    await go(button('Run'));
    await press('Enter');
    await go(page.getByRole('region', { name: 'Result' }).locator('[tabindex="0"]').first());
  });

  test('the button that cancels a query gives the focus back as the query ends', async () => {
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(ENDLESS);
    await page.keyboard.press('Escape');
    await go(button('Run'));
    await press('Enter');
    await go(button('Cancel'));
    await press('Enter');
    await button('Cancel').waitFor({ state: 'detached' });
    await focusBecomes(button('Run'));
  });
});
