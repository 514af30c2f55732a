import { beforeAll, describe, expect, test } from 'vitest';
import { pokemonDocument } from '../helpers/documents';
import { gatherInto } from '../helpers/gather-into';
import { processInto } from '../helpers/land-documents';
import { PokeapiServer, type ServedDocument } from '../helpers/pokeapi-server';
import { atSuiteEnd } from '../helpers/suite-end';
import { ExplorerPage } from './explorer-page';
import { hostsFor, type OpenedApp } from './hosts';
import { PATIENCE } from './published-file';

/** Ways in which text could come alive: as HTML, as SVG, as a chart's template or rich text. */
const MARKUP = [
  (field: string) => `<img src=x onerror="globalThis.executed='${field}'">`,
  (field: string) => `<svg onload="globalThis.executed='${field}'">`,
  (field: string) => `"><script>globalThis.executed='${field}'</script>`,
  (field: string) => `{b}{${field}|<iframe srcdoc="<script>top.executed='${field}'</script>">}`,
];
const STATS = ['hp', 'attack', 'defense', 'special-attack', 'special-defense', 'speed'];
const COUNT = 12;

/** Markup in every text field that a document and the list have. */
function documents(round: number): ServedDocument[] {
  return Array.from({ length: COUNT }, (_, index) => {
    const id = index + 1;
    const text = (field: string) => `${MARKUP[index % MARKUP.length]?.(field)}${round} ${field}`;
    const named = (field: string) => ({ name: text(field), url: `javascript:${text('url')}` });
    const name = `${text('name')} ${id}`;
    const body = pokemonDocument({
      id,
      name,
      height: 5 + id,
      weight: 50 * id,
      base_experience: 10 * id,
      types: [
        { slot: 1, type: named('type_1') },
        { slot: 2, type: named('type_2') },
      ],
      abilities: [{ slot: 1, is_hidden: false, ability: named('ability') }],
      game_indices: [
        { game_index: id, version: { name: 'red', url: '' } },
        { game_index: id, version: named('game') },
      ],
      species: named('species'),
      sprites: { front_default: `javascript:${text('sprite')}` },
      stats: [
        ...STATS.map((stat) => ({ base_stat: 10 * id, effort: 0, stat: { name: stat, url: '' } })),
        { base_stat: 1, effort: 0, stat: named('stat') },
      ],
    });
    return { id, name, body: Buffer.from(JSON.stringify(body)) };
  });
}

/** Two versions, so that there are changes of text to show. */
async function publishMarkup(data: string): Promise<void> {
  const server = await new PokeapiServer(documents(1)).listen();
  try {
    for (const round of [1, 2]) {
      server.documents = documents(round);
      await gatherInto(data, server);
      await processInto(data, { games: 'all' });
    }
  } finally {
    await server.close();
  }
}

describe.each(hostsFor('browser host'))('markup in every text field, in the $name,', ({ open }) => {
  const atEnd = atSuiteEnd();
  let app: OpenedApp;
  let explorer: ExplorerPage;
  const dialogs: string[] = [];

  beforeAll(async () => {
    app = await open(atEnd, publishMarkup);
    app.page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    explorer = new ExplorerPage(app.page);
    await explorer.ready();
  });

  /** Nothing of it ran, became an element, was asked for, or was stopped only by the policy. */
  const isOnlyText = async () => {
    const alive =
      '[onerror], [onload], img[src="x"], iframe, script:not([src]), [href^="javascript:"], [src^="javascript:"]';
    expect(await app.page.locator(alive).count()).toBe(0);
    expect(await app.page.evaluate<unknown>('globalThis.executed')).toBeUndefined();
    expect(dialogs).toEqual([]);
    expect(await app.trouble()).toEqual([]);
  };
  const literally = (text: string) => app.page.getByText(text, { exact: false }).first().waitFor();

  test('is text in the table, the chips and the sidebar', async () => {
    await explorer.grid().scrollIntoViewIfNeeded();
    const name = await explorer.cellText(0, 'name');
    expect(name).toBe(`<img src=x onerror="globalThis.executed='name'">2 name 1`);
    await expect.poll(() => explorer.cellText(3, 'type_1')).toContain('{type_1|<iframe');
    const filters = app.page.getByRole('complementary', { name: 'Filters' });
    await filters
      .getByRole('button', { name: /type_1/ })
      .first()
      .click();
    await expect
      .poll(() => explorer.chips(), PATIENCE)
      .toEqual([expect.stringContaining('type_1')]);
    await explorer.command('Clear all filters');
    const search = app.page.getByRole('searchbox', {
      name: 'Search name, number, types, abilities',
    });
    await search.fill(name);
    // Numbers 1, 5 and 9 carry the same markup.
    await expect.poll(() => explorer.count(), PATIENCE).toBe(3);
    await search.fill('');
    await expect.poll(() => explorer.count(), PATIENCE).toBe(COUNT);
    await isOnlyText();
  });

  test('is text in every chart’s tooltips and data table', async () => {
    const titles = await app.page.locator('.cards .card h2').allInnerTexts();
    expect(titles.length).toBeGreaterThan(6);
    let walked = 0;
    for (const title of titles) {
      const plot = explorer.card(title).locator('.plot');
      await plot.scrollIntoViewIfNeeded();
      const box = (await plot.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
      for (const x of [0.2, 0.4, 0.6, 0.8]) {
        for (const y of [0.15, 0.35, 0.55, 0.75]) {
          await app.page.mouse.move(box.x + box.width * x, box.y + box.height * y);
        }
      }
      // Names this long leave bars no room for a pointer; the keys show the same tips.
      const keys = explorer.card(title).locator('.category-keys');
      if ((await keys.count()) > 0) {
        await keys.focus();
        for (const key of ['ArrowDown', 'ArrowDown', 'End']) {
          await app.page.keyboard.press(key);
          await app.page.waitForTimeout(50);
        }
        walked += 1;
      }
      expect(await explorer.cardData(title)).not.toEqual([]);
    }
    expect(walked).toBeGreaterThan(2);
    await isOnlyText();
  });

  test('is text in the detail, its raw document, and the comparison', async () => {
    await explorer.cell(0, 'name').click();
    const panel = app.page.getByRole('dialog');
    await panel.getByRole('heading', { name: /^<img src=x/ }).waitFor();
    await panel.getByText('Raw JSON').click();
    for (const field of ['species', 'stats', 'abilities']) {
      await panel.getByText(field, { exact: true }).first().click();
    }
    await panel.getByRole('button', { name: 'Compare' }).click();
    await isOnlyText();
    await panel.getByRole('button', { name: 'Close' }).click();
    await explorer.cell(1, 'name').click();
    await panel.getByRole('button', { name: 'Compare' }).click();
    await panel.getByRole('button', { name: 'Close' }).click();
    await explorer.show('Compare');
    await app.page.locator('main').getByRole('table').waitFor();
    await literally('<svg onload=');
    await isOnlyText();
  });

  test('is text in the palette, the SQL result and its chart, and the changes', async () => {
    await app.page.keyboard.press('Control+k');
    await app.page.getByRole('combobox', { name: 'Search Pokémon and commands' }).fill('onerror');
    const options = app.page.getByRole('listbox', { name: 'Results' });
    await options
      .getByText('<img src=x', { exact: false })
      .first()
      // Types this long leave the name no room.
      .waitFor({ state: 'attached' });
    await isOnlyText();
    await app.page.keyboard.press('Escape');

    await explorer.show('SQL');
    await explorer.writeSql('SELECT name, type_1, abilities, games, species, weight FROM pokemon');
    await app.page.keyboard.press('Control+Enter');
    const result = app.page.getByRole('region', { name: 'Result' });
    await result.getByText('<img src=x', { exact: false }).first().waitFor();
    await isOnlyText();
    await result.getByText('Chart', { exact: true }).click();
    await result.locator('canvas').first().hover();
    await isOnlyText();

    await explorer.show('Changes');
    await literally(`<img src=x onerror="globalThis.executed='species'">1 species`);
    await isOnlyText();
  });
});
