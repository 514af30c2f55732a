import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Workspace } from '../../src/preload/contract/settings';
import { usualColumns, usualPins } from '../../src/renderer/state/usual-columns';
import { pageTrouble } from '../e2e/page-trouble';
import { POKEMON, POKEMON_VIEW } from '../helpers/described-pokemon';
import { pokemonDocument } from '../helpers/documents';
import { gatherInto } from '../helpers/gather-into';
import { processInto } from '../helpers/land-documents';
import { newContext } from '../helpers/launch-chromium';
import { PokeapiServer, type ServedDocument } from '../helpers/pokeapi-server';
import { type ServedApp, serveApp } from '../helpers/served-app';
import { type AtTestEnd, temporaryFolder } from '../helpers/temporary-folder';

/** One pixel of red, as a PNG. */
const DOT =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==';

const STATS = ['hp', 'attack', 'defense', 'special-attack', 'special-defense', 'speed'];

export interface TablePage {
  page: Page;
  app: ServedApp;
  source: string;
  documents: ServedDocument[];
  trouble(): Promise<string[]>;
}

/**
 * The app in Chromium over 250 gathered Pokémon: number n weighs n kg, is 1 m tall, fire where n
 * is even and water where it is odd, with every base stat n. Only number 1 has a sprite.
 */
export async function openTablePage(atEnd: AtTestEnd): Promise<TablePage> {
  const documents = Array.from({ length: 250 }, (_, index) => document(index + 1));
  const server = await new PokeapiServer(documents).listen();
  atEnd(() => server.close());
  const data = await temporaryFolder(atEnd);
  await gatherInto(data, server);
  await processInto(data);
  await mkdir(join(data, 'sprites'), { recursive: true });
  await writeFile(join(data, 'sprites', '1.png'), Buffer.from(DOT, 'base64'));
  const app = await serveApp(data, atEnd);
  const context = await newContext(atEnd, { viewport: { width: 1600, height: 1000 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: app.origin });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const trouble = await pageTrouble(page, app.origin);
  await page.goto(app.url);
  await cell(page, 0, 'name').getByText('Mon-1').waitFor();
  return { page, app, source: server.url, documents, trouble };
}

const USUAL: Workspace = {
  columns: [...usualColumns({ described: POKEMON, firstView: POKEMON_VIEW })],
  sort: [],
  pinned: [...usualPins({ described: POKEMON })],
  widths: {},
  cards: [...(POKEMON_VIEW.cards ?? [])],
  compared: [],
  dock: { open: true, height: null, rows: null },
};

/** Loads the page again with the usual table: the app would show it as it was left. */
export async function startAfresh({ app, page }: TablePage): Promise<void> {
  await page.evaluate(LEAVE);
  // A tab keeps its filters over a reload.
  await page.evaluate('sessionStorage.clear()');
  // Left by the page itself, so that its process stays, with the code it has compiled.
  await page.evaluate(`location.replace('about:blank')`);
  await page.waitForURL('about:blank');
  await app.call('settings.save', { settings: { workspace: USUAL } });
  await page.goto(app.url);
  await cell(page, 0, 'name').getByText('Mon-1').waitFor();
}

/** What a page does as it is left, awaited: a save still on its way would come after our own. */
const LEAVE = `(async () => {
  const sent = [];
  const send = window.fetch;
  window.fetch = (...request) => {
    const answer = send(...request);
    sent.push(answer);
    return answer;
  };
  dispatchEvent(new Event('pagehide'));
  await Promise.allSettled(sent);
})()`;

function document(id: number): ServedDocument {
  const type = id % 2 === 0 ? 'fire' : 'water';
  const body = pokemonDocument({
    id,
    weight: id * 10,
    height: 10,
    types: [{ slot: 1, type: { name: type, url: '' } }],
    stats: STATS.map((stat) => ({ base_stat: id, effort: 0, stat: { name: stat, url: '' } })),
  });
  return { id, name: `mon-${id}`, body: Buffer.from(JSON.stringify(body)) };
}

/** A column's header cell. */
export function header(page: Page, column: string) {
  return page.locator(`[data-header=${JSON.stringify(column)}]`);
}

/** The cell of a row, counted from 0, under a column that is on the screen. */
export function cell(page: Page, row: number, column: string) {
  return page.locator(`[data-row="${row}"] [data-column=${JSON.stringify(column)}]`);
}

/** The shown columns' names, left to right. */
export function shownColumns(page: Page): Promise<(string | null)[]> {
  return page
    .locator('[data-header]')
    .evaluateAll((cells) => cells.map((found) => found.getAttribute('data-header')));
}

/** Where the grid's focus is: `row column`, the header being row −1. */
export function focusedCell(page: Page): Promise<string | null> {
  return page
    .locator('[data-cell]:focus')
    .getAttribute('data-cell', { timeout: 1000 })
    .catch(() => null);
}
