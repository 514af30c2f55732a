import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { pageTrouble } from '../e2e/page-trouble';
import { newPage } from '../helpers/launch-chromium';
import { queryRows } from '../helpers/parquet-rows';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { temporaryFolder } from '../helpers/temporary-folder';

const PATIENCE = { timeout: 30_000, interval: 50 };

let app: ServedApp;
let data: string;
let page: Page;
let explorer: ExplorerPage;
let trouble: () => Promise<string[]>;
const atEnd: (() => Promise<void>)[] = [];

beforeAll(async () => {
  data = await snapshotData((work) => void atEnd.unshift(work));
  app = await serveReadyApp(data, (work) => void atEnd.unshift(work));
  await openPage(app);
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

afterEach(async () => {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+c');
  await chipsBecome([]);
});

async function openPage(served: ServedApp): Promise<void> {
  page = await newPage((work) => void atEnd.unshift(work), {
    viewport: { width: 1440, height: 1400 },
  });
  const permissions = ['clipboard-read', 'clipboard-write'];
  await page.context().grantPermissions(permissions, { origin: served.origin });
  page.setDefaultTimeout(30_000);
  trouble = await pageTrouble(page, served.origin);
  await page.goto(await served.link());
  explorer = new ExplorerPage(page);
  await explorer.ready();
}

async function countOf(where: string): Promise<number> {
  const path = join(data, 'pokemon.parquet');
  const sql = `SELECT count(*)::INTEGER AS n FROM read_parquet($path) WHERE ${where}`;
  return (await queryRows<{ n: number }>(sql, { path }))[0]?.n ?? Number.NaN;
}

async function countBecomes(where: string): Promise<number> {
  const expected = await countOf(where);
  await expect.poll(() => explorer.count(), PATIENCE).toBe(expected);
  await expect.poll(() => explorer.tableRows(), PATIENCE).toBe(expected);
  return expected;
}

function chipsBecome(chips: readonly (string | RegExp)[]): Promise<void> {
  return expect
    .poll(() => explorer.chips(), PATIENCE)
    .toEqual(chips.map((chip) => (typeof chip === 'string' ? chip : expect.stringMatching(chip))));
}

const undo = () => page.getByRole('button', { name: 'Undo' }).click();

async function buildChart(kind: string, choices: Record<string, string>): Promise<void> {
  await page.keyboard.press('Alt+n');
  const builder = page.getByRole('dialog');
  // A new chart is a scatter plot, which offers no names: it says why.
  await builder.getByText('Numbers only: nothing else can be measured.').first().waitFor();
  await builder.locator(`input[value="${kind}"]`).check();
  for (const [label, value] of Object.entries(choices)) {
    await builder.getByLabel(label, { exact: true }).selectOption(value);
  }
  await builder.getByRole('button', { name: 'Add to the dashboard' }).click();
  await builder.waitFor({ state: 'detached' });
}

/** What of the browser's canvas is used here. */
interface Canvas {
  width: number;
  height: number;
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
  };
}

/** Pixels of a card's canvases that have a colour, not a shade of grey. */
function colouredPixels(card: string): Promise<number> {
  const canvases = explorer.card(card).locator('canvas');
  return canvases.evaluateAll((drawn) =>
    (drawn as unknown as Canvas[]).reduce((sum, canvas) => {
      const { width, height } = canvas;
      const pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data;
      let coloured = 0;
      for (let at = 0; at < pixels.length; at += 4) {
        const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(at, at + 4);
        const spread = Math.max(red, green, blue) - Math.min(red, green, blue);
        if (alpha > 200 && spread > 30) coloured += 1;
      }
      return sum + coloured;
    }, 0),
  );
}

test.each(['Height and weight', 'Types', 'Base experience', 'Type pairs'])(
  'a drag over BMI takes colour from %s, and letting go gives it back',
  async (card) => {
    await explorer.card(card).scrollIntoViewIfNeeded();
    await expect.poll(() => colouredPixels(card), PATIENCE).toBeGreaterThan(1000);
    // A card that was out of sight may still show the filter before: it follows at rest.
    await page.waitForTimeout(1000);
    const whole = await colouredPixels(card);
    await explorer.drag(explorer.brush('BMI'), [0.3, 0.5], [0.9, 0.5]);
    await explorer.card(card).scrollIntoViewIfNeeded();
    await expect.poll(() => colouredPixels(card), PATIENCE).toBeLessThan(whole / 2);
    await expect.poll(() => colouredPixels(card)).toBeGreaterThan(0);
    await page.keyboard.press('Alt+c');
    await expect.poll(() => colouredPixels(card), PATIENCE).toBe(whole);
  },
);

test('a search keeps the space before its next word, and is one step of undo', async () => {
  const search = page.getByRole('searchbox');
  await search.pressSequentially('overgrow ');
  await chipsBecome(['Search: “overgrow”']);
  await search.pressSequentially('bulba');
  await chipsBecome(['Search: “overgrow bulba”, all words or else any']);
  await countBecomes("name = 'Bulbasaur'");
  await undo();
  await chipsBecome([]);
  await expect.poll(() => search.inputValue(), PATIENCE).toBe('');
});

test('a bar of the games keeps exactly the Pokémon it counts; another one adds', async () => {
  const games = explorer.card('Games');
  const keys = games.getByRole('listbox');
  const inGame = (game: string) => `list_contains(games, '${game}')`;
  const onlyWhite = `${inGame('white')} AND NOT ${inGame('leafgreen')} AND NOT ${inGame('red')} AND NOT ${inGame('blue')}`;
  await keys.focus();
  await page.keyboard.press('Enter');
  await chipsBecome(['Games exactly White']);
  expect(await countBecomes(onlyWhite)).toBe(263);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await chipsBecome(['Games exactly White or Red + Blue + LeafGreen + White']);
  await countBecomes(`(${onlyWhite}) OR (${inGame('red')} AND ${inGame('blue')})`);
});

test('a click beside no drag reaches the chart below the brush: a dot opens its Pokémon', async () => {
  const area = explorer.card('Height and weight').locator('.area-brush');
  await area.scrollIntoViewIfNeeded();
  const box = await area.boundingBox();
  if (box === null) throw new Error('no plot');
  const detail = page.getByRole('dialog');
  for (let step = 0; step < 200 && (await detail.count()) === 0; step += 1) {
    await page.mouse.click(box.x + box.width * 0.3 + step * 3, box.y + box.height * 0.5);
  }
  await detail.getByText('Where it came from').waitFor();
  await chipsBecome([]);
});

test('a box is drawn, moved, joined by another with Shift, and let go', async () => {
  const area = explorer.card('Height and weight').locator('.area-brush');
  await page.getByRole('button', { name: 'Choose by box' }).click();
  await explorer.drag(area, [0.3, 0.3], [0.5, 0.6]);
  await chipsBecome([/^Height \(m\) .*, Weight \(kg\)/]);
  const [drawn] = await explorer.chips();
  await explorer.drag(area, [0.4, 0.4], [0.5, 0.5]);
  await expect.poll(async () => (await explorer.chips())[0], PATIENCE).not.toBe(drawn);
  await chipsBecome([/^Height \(m\) .*, Weight \(kg\)/]);
  await page.keyboard.down('Shift');
  await explorer.drag(area, [0.05, 0.7], [0.25, 0.95]);
  await page.keyboard.up('Shift');
  await chipsBecome(['2 areas in Height (m) × Weight (kg)']);
  await expect.poll(() => area.locator('polygon').count()).toBe(2);
  await undo();
  await chipsBecome([/^Height \(m\) .*, Weight \(kg\)/]);
  await area.focus();
  await page.keyboard.press('Escape');
  await chipsBecome([]);
});

test('a lasso is drawn by keys alone', async () => {
  await page.getByRole('button', { name: 'Choose by lasso' }).click();
  await page.keyboard.press('Tab');
  const area = explorer.card('Height and weight').locator('.area-brush');
  for (let tabs = 0; tabs < 5; tabs += 1) {
    if (await page.evaluate(`document.activeElement.matches('.area-brush')`)) break;
    await page.keyboard.press('Tab');
  }
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press('ArrowUp', 'ArrowUp', 'ArrowUp', 'Space', 'ArrowRight', 'ArrowRight', 'ArrowRight');
  await press('Space', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Space');
  await chipsBecome(['Lasso in Height (m) × Weight (kg)']);
  await press('ArrowDown', 'ArrowDown', 'Space', 'Enter');
  expect((await area.locator('polygon').getAttribute('points'))?.split(' ')).toHaveLength(4);
  await press('Escape');
  await chipsBecome([]);
});

test('of several types or games a Pokémon has any or all, as the panel is switched', async () => {
  const types = page.getByRole('group', { name: 'Types' });
  await types.getByRole('button', { name: /^Water/ }).click();
  await expect.poll(() => types.getByRole('radio').count(), PATIENCE).toBe(0);
  await types.getByRole('button', { name: /^Ground/ }).click();
  await chipsBecome(['Type: Water or Ground']);
  await types.getByRole('radio', { name: 'all of these' }).check();
  await chipsBecome(['Type: Water and Ground']);
  await countBecomes(`list_has_all([type_1, type_2], ['water', 'ground'])`);
  const games = page.getByRole('group', { name: 'Games' });
  await games.getByLabel('Red', { exact: false }).first().check();
  await games.getByLabel('Leafgreen', { exact: false }).first().check();
  await games.getByRole('radio', { name: 'all of these' }).check();
  await chipsBecome(['Type: Water and Ground', 'Game: Red and LeafGreen']);
  await countBecomes(
    `list_has_all([type_1, type_2], ['water', 'ground'])
     AND list_has_all(games, ['red', 'leafgreen'])`,
  );
});

test('a range is drawn, moved and widened; a bar’s click keeps its bin', async () => {
  const brush = explorer.brush('Stat total');
  const range = async () => {
    const text = (await brush.getAttribute('aria-valuetext')) ?? '';
    return text.split(' to ').map(Number) as [number, number];
  };
  await explorer.drag(brush, [0.2, 0.5], [0.4, 0.5]);
  const [low, high] = await range();
  await explorer.drag(brush, [0.3, 0.5], [0.5, 0.5]);
  await expect.poll(async () => (await range())[0], PATIENCE).toBeGreaterThan(low);
  const [movedLow, movedHigh] = await range();
  expect(Math.abs(movedHigh - movedLow - (high - low))).toBeLessThan(0.3);
  await page.keyboard.down('Shift');
  await explorer.drag(brush, [0.05, 0.5], [0.1, 0.5]);
  await page.keyboard.up('Shift');
  await expect.poll(async () => (await range())[0], PATIENCE).toBeLessThan(low);
  expect((await range())[1]).toBe(movedHigh);
  await page.keyboard.press('Escape');
  await explorer.clickAt(explorer.brush('BMI'), 0.1, 0.7);
  await chipsBecome(['BMI (kg/m²) 30 to below 40']);
  await countBecomes('bmi >= 30 AND bmi < 40');
});

test('a bar’s range says the person’s numbers wherever it stands, and which end is outside', async () => {
  await explorer.clickAt(explorer.brush('BMI'), 0.1, 0.7);
  await chipsBecome(['BMI (kg/m²) 30 to below 40']);
  const spoken = await page
    .getByRole('slider', { name: /^BMI.*: choose a range$/ })
    .evaluateAll((all) => all.map((slider) => slider.getAttribute('aria-valuetext')));
  expect(spoken).toEqual(['30 to below 40', '30 to below 40']);
  await page.locator('.chip-text').click();
  const editor = page.getByRole('dialog', { name: /^BMI/ });
  await expect.poll(() => editor.getByLabel('From').inputValue()).toBe('30');
  await expect.poll(() => editor.getByLabel('To below').inputValue()).toBe('40');
  const without = editor.getByRole('checkbox', { name: 'Without 40 itself' });
  await expect.poll(() => without.isChecked()).toBe(true);
  // Applied as it stands it is the same filter; with its end it says so.
  await page.keyboard.press('Enter');
  await editor.waitFor({ state: 'detached' });
  await chipsBecome(['BMI (kg/m²) 30 to below 40']);
  await page.locator('.chip-text').click();
  await without.uncheck();
  await editor.getByRole('button', { name: 'Apply' }).click();
  await chipsBecome(['BMI (kg/m²) 30–40']);
  await countBecomes('bmi BETWEEN 30 AND 40');
  await page.locator('.chip-text').click();
  await editor.getByLabel('To', { exact: true }).fill('1,234.5');
  await editor.getByRole('checkbox', { name: 'Without 1,234.5 itself' }).check();
  await editor.getByLabel('From').fill('1234.5');
  await editor.getByText('Nothing is from 1234.5 to below it.').waitFor();
  await editor.getByLabel('From').fill('');
  await editor.getByRole('button', { name: 'Apply' }).click();
  await chipsBecome(['BMI (kg/m²) below 1,234.5']);
  await page.keyboard.press('Control+k');
  await page
    .getByRole('combobox', { name: 'Search Pokémon and commands' })
    .fill('remove filter bmi');
  await page.getByRole('option', { name: 'Remove filter BMI (kg/m²) below 1,234.5' }).waitFor();
  await page.keyboard.press('Escape');
});

test('a card that shows its table is copied and saved like one that shows its chart', async () => {
  const title = 'Height and weight';
  await explorer.chooseInMenu(title, 'Show data table');
  const row = explorer.card(title).locator('tbody tr').first();
  await expect
    .poll(async () => (await row.innerText()).split('\t'), PATIENCE)
    .toEqual(['1', 'Bulbasaur', '0.7 m', '6.9 kg', 'Grass']);
  await explorer.chooseInMenu(title, 'Copy data');
  await page.getByText('Copied 649 rows with headers.').waitFor();
  const copied = (await page.evaluate<string>('navigator.clipboard.readText()')).split('\r\n');
  expect(copied.slice(0, 2).map((line) => line.split('\t'))).toEqual([
    ['Number', 'Name', 'Height (m)', 'Weight (kg)', 'First type'],
    ['1', 'Bulbasaur', '0.7', '6.9', 'grass'],
  ]);
  for (const kind of ['PNG', 'SVG']) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      explorer.chooseInMenu(title, `Save as ${kind}`),
    ]);
    expect(download.suggestedFilename()).toBe(`height-and-weight.${kind.toLowerCase()}`);
  }
  await explorer.chooseInMenu(title, 'Show chart');
});

test('built charts filter like the rest, each bar exactly what it counts', async () => {
  await buildChart('bar', { 'By (x)': 'attack', Aggregate: 'count', Colour: 'hp' });
  const card = explorer.card('Pokémon by attack');
  await explorer.clickAt(card.locator('.range-brush'), 0.345, 0.7);
  await chipsBecome([/^Attack \d+–\d+$/]);
  const [from = 0, to = 0] = ((await explorer.chips())[0] ?? '').match(/\d+/g)?.map(Number) ?? [];
  // Bins are ten wide and open to the right.
  expect([from % 10, to - from]).toEqual([0, 9]);
  await countBecomes(`attack BETWEEN ${from} AND ${to}`);
  await explorer.drag(card.locator('.range-brush'), [0.7, 0.5], [0.9, 0.5]);
  await chipsBecome([/^Attack/]);
  await card.getByRole('button', { name: 'Clear' }).click();
  await buildChart('bar', { 'By (x)': 'type_1', Aggregate: 'median', 'Of (y)': 'defense' });
  const types = explorer.card('Median defense by first type').getByRole('listbox');
  await types.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await chipsBecome(['First type: Bug or Dark']);
  await countBecomes("type_1 IN ('bug', 'dark')");
});

const REFUSED = [
  ['broken', '{', 'The view file is not JSON.'],
  ['newer', '{"pokeview": 3}', 'The view file has format 3'],
  [
    'a range of names',
    '{"pokeview": 1, "filters": [{"kind": "range", "column": "name", "min": 1}]}',
    'the column “name” holds no numbers',
  ],
  [
    'a histogram of names',
    '{"pokeview": 1, "cards": [{"id": "a", "kind": "histogram", "title": "x", "column": "name"}]}',
    'the column “name” holds no numbers',
  ],
  ['huge', `{"pokeview": 1, "title": "${'x'.repeat(5_000_001)}"}`, 'too large to be a view'],
] as const;

test('a view file that cannot be one is refused in words, and the screen stays', async () => {
  const path = join(await temporaryFolder(), 'mine.pokeview.json');
  await explorer.drag(explorer.brush('BMI'), [0.1, 0.5], [0.3, 0.5]);
  await chipsBecome([/^BMI/]);
  const cards = () => page.locator('.cards .card h2').allInnerTexts();
  const before = [await explorer.chips(), await cards()];
  const dismiss = page.getByRole('status', { name: 'Messages' }).getByRole('button', {
    name: 'Dismiss',
  });
  for (const [what, text, words] of REFUSED) {
    // So that what an earlier one said is not taken for what this one says.
    while ((await dismiss.count()) > 0) await dismiss.first().click();
    await page.getByText(words).waitFor({ state: 'detached' });
    await writeFile(path, text);
    await page.getByRole('button', { name: 'View', exact: true }).click();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('menuitem', { name: 'Open view…' }).click(),
    ]);
    await chooser.setFiles(path);
    await page.getByText(words).last().waitFor();
    expect([what, await explorer.chips(), await cards()]).toEqual([what, ...before]);
    expect(await page.locator('.card [role="alert"]').count()).toBe(0);
  }
});

test('table and charts are there again after a restart; the filters are not', async () => {
  await page.locator('[data-header="weight_kg"]').click();
  await page.locator('[data-header="bmi"]').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.getByRole('button', { name: 'BMI: column menu' }).click();
  await page.getByRole('menuitem', { name: 'Pin to the left' }).click();
  await page.getByRole('menuitem', { name: 'Pin to the left' }).waitFor({ state: 'detached' });
  await explorer.drag(explorer.brush('BMI'), [0.1, 0.5], [0.3, 0.5]);
  await chipsBecome([/^BMI/]);
  const shown = async () => ({
    columns: await page
      .locator('[data-header]')
      .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-header'))),
    pinned: await page
      .locator('[data-header][data-pinned]')
      .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-header'))),
    width: (await page.locator('[data-header="bmi"]').boundingBox())?.width,
    sorted: await page.locator('[data-header="weight_kg"]').getAttribute('aria-sort'),
    cards: await page.locator('.cards .card h2').allInnerTexts(),
  });
  const before = await shown();
  expect(before.pinned).toContain('bmi');
  expect(before.sorted).toBe('ascending');
  expect(before.cards).toContain('Pokémon by attack');
  await expect
    .poll(async () => (await app.call('app.start', {})).settings.workspace?.pinned, PATIENCE)
    .toContain('bmi');
  expect(await trouble()).toEqual([]);
  await page.close();
  app.kill('SIGTERM');
  await app.ended;
  app = await serveReadyApp(data, (work) => void atEnd.unshift(work));
  await openPage(app);
  await expect.poll(shown, PATIENCE).toEqual(before);
  await chipsBecome([]);
});

test('a first answer that failed costs nobody the table and charts as they were left', async () => {
  const shown = () => page.locator('.cards .card h2').allInnerTexts();
  const before = await shown();
  expect(before).toContain('Pokémon by attack');
  expect(await trouble()).toEqual([]);
  // Stays in place: taken away while the page loads, it can lose other requests for good.
  let left = 1;
  await page.route('**/call/app.start', (route) => (left-- > 0 ? route.abort() : route.continue()));
  await page.goto(await app.link());
  await page.getByRole('button', { name: 'Try again' }).click();
  await explorer.ready();
  await expect.poll(shown, PATIENCE).toEqual(before);
  await page.locator('[data-header="speed"]').click();
  await expect
    .poll(async () => (await app.call('app.start', {})).settings.workspace?.sort, PATIENCE)
    .toEqual([{ column: 'speed', direction: 'asc' }]);
  const kept = (await app.call('app.start', {})).settings.workspace;
  expect(kept?.cards).toHaveLength(before.length);
  expect(kept?.pinned).toContain('bmi');
  // The one request that was cut off is told on the console; a page of its own listens from here.
  await page.close();
  await openPage(app);
});

test('nothing broke the policy or failed meanwhile', async () => {
  expect(await trouble()).toEqual([]);
});
