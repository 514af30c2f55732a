import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { pageTrouble } from '../e2e/page-trouble';
import { pokemonDocument } from '../helpers/documents';
import { gatherInto } from '../helpers/gather-into';
import { processInto } from '../helpers/land-documents';
import { newPage } from '../helpers/launch-chromium';
import { PokeapiServer } from '../helpers/pokeapi-server';
import { serveApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';

/**
 * Six Pokémon that are hard on charts: all 1 m tall and of 50 HP, number 1 weighs nothing, number
 * 2's weight is not known, and only the even ones have a base experience.
 */
const WEIGHTS = [0, null, 5, 10, 20, 200];
const STATS = ['hp', 'attack', 'defense', 'special-attack', 'special-defense', 'speed'];
const PATIENCE = { timeout: 30_000, interval: 50 };

let page: Page;
let explorer: ExplorerPage;
let trouble: () => Promise<string[]>;
const atEnd: (() => Promise<void>)[] = [];
const later = (work: () => Promise<void>) => void atEnd.unshift(work);

beforeAll(async () => {
  const documents = WEIGHTS.map((weight, index) => {
    const id = index + 1;
    const body = pokemonDocument({
      id,
      weight,
      height: 10,
      base_experience: id % 2 === 0 ? id * 10 : null,
      types: [
        { slot: 1, type: { name: id % 2 === 0 ? 'fire' : 'water', url: '' } },
        ...(id > 3 ? [{ slot: 2, type: { name: 'flying', url: '' } }] : []),
      ],
      stats: STATS.map((name) => ({
        base_stat: name === 'hp' ? 50 : id * 10,
        effort: 0,
        stat: { name, url: '' },
      })),
    });
    return { id, name: `mon-${id}`, body: Buffer.from(JSON.stringify(body)) };
  });
  const server = await new PokeapiServer(documents).listen();
  later(() => server.close());
  const data = await temporaryFolder(later);
  await gatherInto(data, server);
  await processInto(data);
  const app = await serveApp(data, later);
  page = await newPage(later, { viewport: { width: 1440, height: 1400 } });
  page.setDefaultTimeout(30_000);
  trouble = await pageTrouble(page, app.origin);
  await page.goto(app.url);
  explorer = new ExplorerPage(page);
  await explorer.ready();
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

afterEach(async () => {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+c');
  await expect.poll(() => explorer.chips(), PATIENCE).toEqual([]);
});

const chips = (wanted: string[]) => expect.poll(() => explorer.chips(), PATIENCE).toEqual(wanted);
const counted = (n: number) => expect.poll(() => explorer.count(), PATIENCE).toBe(n);
const typeChip = (type: string) =>
  page.getByRole('group', { name: 'Types' }).getByRole('button', { name: new RegExp(`^${type}`) });

async function openView(view: object): Promise<void> {
  const path = join(await temporaryFolder(), 'mine.pokeview.json');
  await writeFile(path, JSON.stringify({ pokeview: 1, ...view }));
  await page.getByRole('button', { name: 'View', exact: true }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('menuitem', { name: 'Open view…' }).click(),
  ]);
  await chooser.setFiles(path);
}

const CARDS = [
  { id: 'a', kind: 'scatter', title: 'Size', x: 'attack', y: 'weight_kg', log: true, width: 6 },
  { id: 'b', kind: 'histogram', title: 'HP', column: 'hp', bins: 10 },
  { id: 'c', kind: 'histogram', title: 'Attack', column: 'attack', bins: 10 },
  { id: 'd', kind: 'histogram', title: 'Base experience', column: 'base_experience' },
  { id: 'e', kind: 'group', title: 'By height', x: 'height_m', aggregate: 'count' },
  { id: 'f', kind: 'types', title: 'Types', width: 5 },
  { id: 'g', kind: 'group', title: 'By second type', x: 'type_2', aggregate: 'count' },
  {
    id: 'h',
    kind: 'group',
    title: 'Experience by attack',
    x: 'attack',
    y: 'base_experience',
    aggregate: 'median',
  },
];

test('a page that has just been loaded has no focus, so nothing is framed', async () => {
  await expect.poll(() => page.evaluate('document.activeElement?.tagName')).toBe('BODY');
});

test('a view without sources is shown in the controls of what it filters', async () => {
  await openView({
    cards: CARDS,
    filters: [
      { kind: 'types', values: ['flying'] },
      { kind: 'games', values: ['red'] },
      { kind: 'search', text: 'mon' },
      { kind: 'range', column: 'attack', min: 20, max: 59 },
    ],
  });
  await counted(2);
  await chips(['Type: Flying', 'Game: Red', 'Search: “mon”', 'Attack 20–59']);
  await expect.poll(() => typeChip('Flying').getAttribute('aria-pressed')).toBe('true');
  await expect.poll(() => page.getByRole('checkbox', { name: /^Red/ }).isChecked()).toBe(true);
  await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('mon');
  await expect
    .poll(() => explorer.brush('Attack').getAttribute('aria-valuetext'), PATIENCE)
    .toBe('20 to 59');
  // Under all but its own: numbers 2 to 5, of which 3 and 5 are water.
  await expect.poll(() => typeChip('Water').innerText()).toMatch(/ 2$/);
});

test('a column of one value has a bar that can be brushed', async () => {
  for (const [card, chip] of [
    ['HP', 'HP 50'],
    ['By height', 'Height (m) 1'],
  ] as const) {
    await explorer.drag(explorer.brush(card), [0.2, 0.5], [0.4, 0.5]);
    await chips([chip]);
    await counted(6);
    await page.keyboard.press('Alt+c');
    await chips([]);
  }
});

test('what a chart leaves out is said on its card', async () => {
  const note = (card: string) => explorer.card(card).locator('.card-note');
  await expect
    .poll(() => note('Size').innerText(), PATIENCE)
    .toBe('1 without a value · 1 not shown: weight 0 on a log axis');
  await expect.poll(() => note('Base experience').innerText()).toBe('3 without a value');
  await expect.poll(() => note('HP').count()).toBe(0);
  // Those that have no second type have a bar, so they are not left out.
  await expect.poll(() => note('By second type').count()).toBe(0);
  await expect
    .poll(() => note('Experience by attack').innerText())
    .toBe('3 without base experience');
  await typeChip('Water').click();
  await expect.poll(() => note('Size').innerText(), PATIENCE).toMatch(/^1 not shown/);
});

test('side and card of one column are one filter and say the same numbers', async () => {
  await typeChip('Flying').click();
  await counted(3);
  const types = async () => {
    const rows = await explorer.cardData('Types');
    return Object.fromEntries(rows.map(([type, first, second]) => [type, +first! + +second!]));
  };
  await expect.poll(() => types()).toEqual({ Fire: 3, Flying: 3, Water: 3 });
  for (const [type, n] of [
    ['Fire', 3],
    ['Flying', 3],
    ['Water', 3],
  ] as const) {
    await expect.poll(() => typeChip(type).innerText()).toBe(`${type} ${n}`);
  }
  // Another one, chosen in the card, joins the one that was chosen at the side.
  const keys = explorer.card('Types').getByRole('listbox');
  await keys.focus();
  await page.keyboard.press('Enter');
  await chips(['Type: Flying or Fire']);
  await expect.poll(() => typeChip('Fire').getAttribute('aria-pressed')).toBe('true');
});

test('the first range by keys stands where there are data', async () => {
  await explorer.brush('Attack').focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await explorer.chips()).length, PATIENCE).toBe(1);
  // From the bin that holds the first quarter to the one that ends with the third: 20 to 50.
  await counted(4);
});

async function buildOf(kind: string, column: string) {
  await page.keyboard.press('Alt+n');
  const builder = page.getByRole('dialog', { name: 'Add a chart' });
  await builder.locator(`input[value="${kind}"]`).check();
  await builder.getByLabel('Column').selectOption(column);
  return builder;
}

test('a number of bins is typed, kept within its bounds when it is left, and told as drawn', async () => {
  const builder = await buildOf('histogram', 'attack');
  const bins = builder.getByLabel('Bins, about');
  for (const [typed, left, said] of [
    // From 10 to 60: a step of 5 comes nearest to 15 of 3.3, one of 20 to 2 of 25.
    ['15', '15', '11 bins of 5, so that their edges are round.'],
    ['100', '100', '51 bins of 1, so that their edges are round.'],
    ['1', '2', '4 bins of 20, so that their edges are round.'],
    ['999', '200', '51 bins of 1, so that their edges are round.'],
  ] as const) {
    await bins.click();
    await bins.press('Control+a');
    await bins.pressSequentially(typed);
    await expect.poll(() => bins.inputValue()).toBe(typed);
    await bins.press('Tab');
    await expect.poll(() => bins.inputValue(), PATIENCE).toBe(left);
    await builder.getByText(said).waitFor();
  }
  await page.keyboard.press('Escape');
  await builder.waitFor({ state: 'detached' });
});

test('a box card names its own column, whichever that is', async () => {
  const builder = await buildOf('box', 'weight');
  await builder.getByRole('button', { name: 'Add to the dashboard' }).click();
  const card = explorer.card('Weight by type');
  const choice = card.getByLabel('Number to compare');
  await expect.poll(() => choice.inputValue(), PATIENCE).toBe('weight');
  await expect.poll(() => choice.locator('option:checked').innerText()).toBe('Weight (hg)');
});

test('a saved picture says how many, kept by what, from where and when, and has its legend', async () => {
  await typeChip('Flying').click();
  await counted(3);
  for (const [card, legend] of [
    ['Types', ['first type', 'second type']],
    ['Size', ['Fire', 'Water']],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      explorer.chooseInMenu(card, 'Save as SVG'),
    ]);
    const svg = await readFile(await download.path(), 'utf8');
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
    expect(texts).toEqual(
      expect.arrayContaining([card, '3 of 6 Pokémon: Type: Flying', ...legend]),
    );
    expect(svg).toMatch(/Source: 127\.0\.0\.1:\d+ on \d+ \w+ \d{4}</);
    // On white, whatever the screen is.
    expect(svg).toMatch(/<rect width="\d+" height="\d+" [^>]*fill="#ffffff"/);
  }
});

test('charts are as sharp as the screen, also after it has become another one', async () => {
  const session = await page.context().newCDPSession(page);
  const sharpness = () =>
    explorer
      .card('Attack')
      .locator('canvas')
      .evaluateAll((all) =>
        (all as unknown as { width: number; clientWidth: number }[]).map(
          ({ width, clientWidth }) => Math.round((width / clientWidth) * 100) / 100,
        ),
      );
  await expect.poll(sharpness, PATIENCE).toEqual([1, 1]);
  for (const deviceScaleFactor of [2, 1.5, 1]) {
    const [width, height] = [1440, 1400];
    await session.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor,
      mobile: false,
    });
    await explorer.card('Attack').scrollIntoViewIfNeeded();
    await expect.poll(sharpness, PATIENCE).toEqual([deviceScaleFactor, deviceScaleFactor]);
  }
  // The new chart hears clicks as the old one did: the bar of 30.
  await explorer.clickAt(explorer.brush('Attack'), 0.45, 0.9);
  await expect.poll(async () => (await explorer.chips()).length, PATIENCE).toBe(1);
});

test('a card in full screen keeps the filters and the legend', async () => {
  await typeChip('Flying').click();
  await counted(3);
  await explorer.chooseInMenu('Size', 'Full screen');
  const card = explorer.card('Size');
  await card.locator('.card-legend', { hasText: 'Water' }).waitFor();
  await card.getByRole('button', { name: 'Remove filter Type: Flying' }).click();
  await expect.poll(() => card.locator('.selected-count').innerText(), PATIENCE).toMatch(/^6 of 6/);
  await card.getByRole('button', { name: 'Leave full screen' }).click();
  await expect.poll(() => page.locator('[data-full]').count()).toBe(0);
});

test('on paper stand the filters and every chart, within the page', async () => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await typeChip('Flying').click();
  await counted(3);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.getByText('Type: Flying').first().waitFor();
  await expect.poll(() => page.locator('.sidebar').isVisible()).toBe(false);
  await expect.poll(() => page.locator('.dock').isVisible()).toBe(false);
  await expect.poll(() => page.locator('.cards .card').count()).toBe(9);
  // Within the 186 mm between A4's margins; no chart is wider than its card.
  for (const chart of await page.locator('.cards .echart').all()) {
    const [place, canvas] = [
      await chart.boundingBox(),
      await chart.locator('canvas').last().boundingBox(),
    ];
    expect([(place?.x ?? 0) + (place?.width ?? 0) < 703, canvas?.width]).toEqual([
      true,
      place?.width,
    ]);
  }
  const ground = 'getComputedStyle(document.body).backgroundColor';
  expect(await page.evaluate(ground)).toBe('rgb(255, 255, 255)');
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  await page.locator('.sidebar').waitFor();
});

test('nothing broke the policy or failed meanwhile', async () => {
  expect(await trouble()).toEqual([]);
});
