import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Database, quotedText } from '../../src/main/base/duckdb';
import { ExplorerPage } from '../e2e/explorer-page';
import { whenBusy } from '../helpers/busy-machine';
import { servedMany } from '../helpers/documents';
import { newPage } from '../helpers/launch-chromium';
import { queryRows } from '../helpers/parquet-rows';
import { PokeapiServer } from '../helpers/pokeapi-server';
import { runCli } from '../helpers/run-cli';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';

const ROWS = 600_000;

let app: ServedApp;
let page: Page;
/** Where the app makes its downloads. */
let temporary: string;
const atEnd: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const server = await new PokeapiServer(servedMany(100)).listen();
  const later = (work: () => Promise<void>) => void atEnd.unshift(work);
  const data = await temporaryFolder(later);
  await runCli(['refresh', '--source', server.url, '--data', data]);
  await server.close();
  await multiply(join(data, 'pokemon.parquet'));
  temporary = await temporaryFolder(later);
  vi.stubEnv('TMPDIR', temporary);
  app = await serveReadyApp(data, later);
  vi.unstubAllEnvs();
  // Without charts: a scatter is not made for so many dots.
  const { settings } = await app.call('app.start', {});
  const workspace = { columns: ['name' as const], sort: [], pinned: [], widths: {}, cards: [] };
  await app.call('settings.save', { settings: { ...settings, workspace } });
  page = await newPage(later, { viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(30_000);
  await page.goto(app.url);
  await page.locator('.selected-count').getByText('600,000').first().waitFor();
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

/** A dataset that takes a while to write: the published rows, many times over. */
async function multiply(path: string): Promise<void> {
  const database = await Database.open();
  try {
    const pairs = await database.rows<{ key: string; value: string }>(
      'SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata($path)',
      { path },
    );
    const metadata = pairs.map(({ key, value }) => `${quotedText(key)}: ${quotedText(value)}`);
    await database.run(
      `COPY (
         SELECT p.* REPLACE ((r.range * 100 + p.id)::INTEGER AS id)
         FROM read_parquet(${quotedText(path)}) AS p, range(${ROWS / 100}) AS r ORDER BY 1
       ) TO ${quotedText(`${path}.many`)} (FORMAT parquet, KV_METADATA {${metadata.join(', ')}})`,
    );
  } finally {
    database.close();
  }
  await rename(`${path}.many`, path);
}

async function exportEverything(format: string): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^Everything.*, as ${format}$`) }).click();
}

/** Run in the page: what stands beside the bar, which may be gone before it is asked for. */
const WATCH_BAR = `
  globalThis.saidOfExport = [];
  new MutationObserver(() => {
    const bar = document.querySelector('[role="progressbar"][aria-label="Rows exported"]');
    const words = bar?.closest('[role="status"]')?.querySelector('span')?.textContent;
    if (words) globalThis.saidOfExport.push(words);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
`;

/** What the app tells of its export, from `after` on. */
function told(after: number) {
  return app.events
    .slice(after)
    .flatMap((event) => (event.name === 'export.progressed' ? [event.payload.progress] : []));
}

test('an export says how many rows of how many are written, until the file is whole', async () => {
  const after = app.events.length;
  await page.evaluate(WATCH_BAR);
  const download = page.waitForEvent('download');
  // The slowest to write: Parquet may be whole before anything was told of it.
  await exportEverything('JSON');
  await app.event(
    ({ name, payload }) => name === 'export.progressed' && payload.progress !== null,
    after,
  );
  // Of another page's.
  await app.call('export.cancel', { id: 'another page' });
  const file = await (await download).path();
  await page.getByRole('button', { name: 'Export', exact: true }).waitFor();
  expect(await page.evaluate('globalThis.saidOfExport')).toContainEqual(
    expect.stringMatching(/^JSON: [\d,]+ of 600,000 rows$/),
  );
  const parts = told(after).flatMap((progress) => (progress === null ? [] : [progress.rows]));
  expect(parts).toEqual(parts.toSorted((a, b) => a - b));
  expect(told(after).at(-1)).toBeNull();
  const [read] = await queryRows<{ n: number }>(
    'SELECT count(DISTINCT id)::INTEGER AS n FROM read_json($file)',
    { file },
  );
  expect(read?.n).toBe(ROWS);
});

test.each([
  ['its button', () => page.getByRole('button', { name: 'Cancel', exact: true }).click()],
  ['its command', () => new ExplorerPage(page).command('Cancel the export')],
])('an export cancelled by %s leaves no file, and says nothing of success', async (_by, cancel) => {
  const after = app.events.length;
  await exportEverything('JSON');
  await app.event(
    ({ name, payload }) => name === 'export.progressed' && payload.progress !== null,
    after,
  );
  const asked = performance.now();
  await cancel();
  await page.getByRole('button', { name: 'Export', exact: true }).waitFor();
  // Soon; the rest is for a busy machine.
  expect(performance.now() - asked).toBeLessThan(whenBusy(4_000));
  expect(told(after).at(-1)).toBeNull();
  expect(told(after).some((progress) => progress?.rows === ROWS)).toBe(false);
  const left = await readdir(temporary, { recursive: true, withFileTypes: true });
  expect(left.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual([]);
  await expect
    .poll(() => page.getByRole('status', { name: 'Messages' }).getByText('Exported').count())
    .toBe(0);
});
