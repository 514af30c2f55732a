import { fork } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { constants, setPriority, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { writeOrders } from '../../scripts/invented-orders';
import { settingsSchema } from '../../src/preload/contract/settings';
import { initialScripts } from '../helpers/initial-scripts';
import { launchChromium } from '../helpers/launch-chromium';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { type BenchRow, benchTable, median, ms } from './bench-table';
import { Drags } from './drags';
import { benchRisk } from './risk-bench';
import { benchStep, ORDERS_STEP, POKEMON_STEP } from './question-bench';
import {
  chartsPainted,
  emptyPageMoves,
  firstPaint,
  installProbe,
  lastPainted,
  readProbe,
  restartProbe,
} from './probe-page';

/**
 * What the explorer costs on the screen, in a real Chromium on the built app: brushes by real
 * pointer events until every card, the tiles and the table are painted, with and without a
 * refresh under way; the first charts after page load against the same bundle in an empty
 * page; and the same of 1,000,000 rows, with bare DuckDB beside the questions. Run alone by `tsx tests/bench/explorer-bench.ts`.
 */
/** Of drags; of page loads, which are short and vary more, three times as many. */
const ROUNDS = Number(process.env['POKEDEX_BENCH_ROUNDS'] ?? '5');
const VIEWPORT = { width: 1440, height: 1000 };
const LARGE = 1_000_000;
const STEPS = 40;
/** A mouse reports about as often as a screen shows. */
const STEP_MS = 16;
const RENDERER = resolve(import.meta.dirname, '../../out/renderer');
/** The page's own files and scripts, and nothing to render into: main.tsx gives up at its end. */
const EMPTY_PAGE = 'bench-empty.html';

const cleanups: (() => Promise<unknown>)[] = [];
const atEnd = (work: () => Promise<unknown>) => void cleanups.push(work);
try {
  const data = await mkdtemp(join(tmpdir(), 'pokedex-explorer-bench-'));
  atEnd(() => rm(data, { recursive: true, force: true }));
  const app = await serveReadyApp(data, (work) => atEnd(work));
  const browser = await launchChromium();
  atEnd(() => browser.close());
  const rows = [
    await scriptSize(),
    ...(await benchFirstChart(app, browser)),
    await benchStep('649 Pokémon', app, undefined, POKEMON_STEP(join(data, 'pokemon.parquet')), 20),
    ...(await benchBrush(app, browser)),
    ...(await benchLarge(browser)),
  ];
  process.stdout.write(`\n${benchTable('Explorer', rows)}`);
} finally {
  for (const work of cleanups.reverse()) await work();
}

async function scriptSize(): Promise<BenchRow> {
  const names = initialScripts(RENDERER);
  const sizes = await Promise.all(names.map((name) => stat(join(RENDERER, name))));
  const bytes = sizes.reduce((sum, { size }) => sum + size, 0);
  const all = await readdir(join(RENDERER, 'assets'));
  return {
    what: 'initial JavaScript',
    ours: `${(bytes / 1000).toFixed(0)} kB`,
    against: '',
    theirs: '',
    ratio: '',
    limit: `≤ 1,500 kB (${all.filter((name) => name.endsWith('.js')).length} files in all)`,
  };
}

/** Page load to the first chart and to all charts in sight, against the same bundle in an empty page. */
async function benchFirstChart(app: ServedApp, browser: Browser): Promise<BenchRow[]> {
  const empty = join(RENDERER, EMPTY_PAGE);
  const html = await readFile(join(RENDERER, 'index.html'), 'utf8');
  await writeFile(empty, html.replace('<div id="root"></div>', ''));
  atEnd(() => rm(empty, { force: true }));
  const rounds: { first: number; all: number; empty: number }[] = [];
  const context = await browser.newContext({ viewport: VIEWPORT });
  const enter = await context.newPage();
  await enter.goto(await app.link());
  await enter.close();
  for (let round = 0; round <= ROUNDS * 3; round += 1) {
    const measured = { first: 0, all: 0, empty: 0 };
    // Each goes first in turn.
    const order = round % 2 === 0 ? (['ours', 'empty'] as const) : (['empty', 'ours'] as const);
    for (const which of order) {
      const page = await context.newPage();
      await installProbe(page);
      if (which === 'empty') {
        await page.goto(`${app.origin}/${EMPTY_PAGE}`);
        measured.empty = await firstPaint(page);
      } else {
        await page.goto(app.origin);
        const { first, all } = await chartsPainted(page);
        measured.first = first;
        measured.all = all;
      }
      await page.close();
    }
    if (round > 0) rounds.push(measured);
  }
  await context.close();
  const row = (what: string, of: 'first' | 'all', limit: string): BenchRow => ({
    what,
    ours: ms(median(rounds.map((round) => round[of]))),
    against: 'empty page, same bundle',
    theirs: ms(median(rounds.map((round) => round.empty))),
    ratio: median(rounds.map((round) => round[of] / round.empty)).toFixed(2),
    limit,
  });
  return [
    row('first chart after page load', 'first', '≤ 1.6'),
    row('all charts in sight after page load', 'all', ''),
  ];
}

/** A table of orders, opened from the list of recent files; see scripts/invented-orders.ts. */
async function benchLarge(browser: Browser): Promise<BenchRow[]> {
  const data = await mkdtemp(join(tmpdir(), 'pokedex-explorer-bench-'));
  atEnd(() => rm(data, { recursive: true, force: true }));
  const orders = join(data, 'orders.parquet');
  await writeOrders(orders, LARGE);
  const app = await serveReadyApp(data, (work) => atEnd(work), ['--open', orders]);
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  await installProbe(page);
  await page.goto(await app.link());
  const opened = await openingTimes(app, page);
  const [table] = (await app.call('datasets.list', {})).open;
  const step = await benchStep('1,000,000 rows', app, table?.key, ORDERS_STEP(orders), 20);
  const risk = await benchRisk(app, table?.key ?? '', orders, ROUNDS);
  await page.waitForTimeout(3000);
  const cards = ['Price', 'Items', 'Items and Price'];
  await dragAll(page, undefined, undefined, cards);
  const drags = new Drags();
  for (let round = 0; round < ROUNDS; round += 1) await dragAll(page, drags, undefined, cards);
  const other = await context.newPage();
  const empty = await emptyPageMoves(other, STEPS * ROUNDS, STEP_MS);
  await context.close();
  const row = (what: string, of: 'answered' | 'drawn', limit: string): BenchRow => {
    const ours = ms(median(opened.map((times) => times[of])));
    return { what, ours, against: '', theirs: '', ratio: '', limit };
  };
  return [
    row('1,000,000 rows of Parquet: chosen to described', 'answered', ''),
    row('1,000,000 rows of Parquet: chosen to first rows drawn', 'drawn', '≤ 1000 ms'),
    step,
    ...risk,
    ...drags.rows(', 1,000,000 rows', empty, '≤ 150 ms'),
  ];
}

/** From the click that opens the table to its answer and to its first rows. */
async function openingTimes(app: ServedApp, page: Page) {
  const rounds: { answered: number; drawn: number }[] = [];
  const first = page.locator('[data-row="0"] [data-column="order_id"]');
  for (let round = 0; round < ROUNDS; round += 1) {
    await first.waitFor();
    await page.waitForTimeout(3000);
    const [table] = (await app.call('datasets.list', {})).open;
    if (table !== undefined) await app.call('datasets.close', { dataset: table.key });
    await page.getByRole('button', { name: 'Table: Pokémon' }).click();
    const recent = page.getByRole('menuitem', { name: /^orders\.parquet/ });
    await recent.waitFor();
    await page.waitForTimeout(500);
    const start = performance.now();
    const asked = page.waitForRequest(
      (request) =>
        request.url().endsWith('explore.ask') && /order_id/.test(request.postData() ?? ''),
    );
    await recent.click();
    await asked;
    const answered = performance.now() - start;
    await first.waitFor();
    rounds.push({ answered, drawn: performance.now() - start });
  }
  return rounds;
}

async function benchBrush(app: ServedApp, browser: Browser): Promise<BenchRow[]> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  await installProbe(page);
  await page.goto(await app.link());
  await firstPaint(page);
  await page.waitForTimeout(1000);
  await dragAll(page);
  const still = new Drags();
  for (let round = 0; round < ROUNDS; round += 1) await dragAll(page, still);
  const other = await context.newPage();
  const empty = await emptyPageMoves(other, STEPS * ROUNDS, STEP_MS);
  await other.close();
  const busy = new Drags();
  // Takes as long as some sixty drags: it makes way for them.
  await refreshing(app, async (running) => {
    while (running()) await dragAll(page, busy, running);
  });
  await context.close();
  return [...still.rows('', empty), ...busy.rows(', while a refresh runs', empty)];
}

/** A drag over each histogram and a box over the scatter, each let go by Escape. */
async function dragAll(
  page: Page,
  drags?: Drags,
  running = () => true,
  cards = ['BMI', 'Base experience', 'Stat total', 'Height and weight'],
): Promise<void> {
  for (const card of cards) {
    if (!running()) return;
    const place = page
      .locator('.cards')
      .getByRole('region', { name: card, exact: true })
      .locator('.range-brush, .area-brush');
    await place.scrollIntoViewIfNeeded();
    const box = await place.boundingBox();
    if (box === null) throw new Error(`${card} is not on the screen`);
    const at = (share: number) => [box.x + box.width * share, box.y + box.height * share] as const;
    await page.mouse.move(...at(0.1));
    await restartProbe(page);
    await page.mouse.down();
    for (let step = 1; step <= STEPS; step += 1) {
      await page.mouse.move(...at(0.1 + (0.8 * step) / STEPS));
      await page.waitForTimeout(STEP_MS);
    }
    await page.mouse.up();
    await lastPainted(page);
    // What comes after that would be seen.
    await page.waitForTimeout(300);
    drags?.add(await readProbe(page));
    await page.keyboard.press('Escape');
    await page.waitForTimeout(300);
  }
}

/** Full-size documents from a loopback server, fetched and published while `work` goes on. */
async function refreshing(
  app: ServedApp,
  work: (running: () => boolean) => Promise<void>,
): Promise<void> {
  const server = fork(join(import.meta.dirname, 'serve-full-size.ts'), {
    execArgv: ['--import', 'tsx'],
  });
  try {
    // The real source stands elsewhere: what it takes of this machine's processors is not the app's.
    if (server.pid !== undefined) setPriority(server.pid, constants.priority.PRIORITY_LOW);
    const { url } = await new Promise<{ url: string }>((answer) => server.once('message', answer));
    const settings = settingsSchema.parse({ source: url, sprites: false });
    await app.call('settings.save', { settings });
    let running = true;
    const refresh = app.refresh(true).finally(() => (running = false));
    await work(() => running);
    const ended = await refresh;
    if (ended.state !== 'done') throw new Error(`the refresh ended as ${JSON.stringify(ended)}`);
  } finally {
    server.disconnect();
  }
}
