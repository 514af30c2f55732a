import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { axeFindings } from '../helpers/axe';
import { newContext } from '../helpers/launch-chromium';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { filesWith } from '../privacy/canaries';

const PASSPHRASE = 'correct horse battery staple';
const CANARIES = ['Bulbasaur', 'Charizard', 'Venusaur'];

test('protected in the app: unlocked nothing is in the clear on the disk, locked nothing on a screen', async () => {
  const data = await snapshotData();
  const temporary = await mkdtemp(join(tmpdir(), 'pokedex-canary-'));
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = temporary;
  onTestFinished(async () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    await rm(temporary, { recursive: true, force: true });
  });
  const app = await serveReadyApp(data);
  const context = await newContext(onTestFinished, { viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(app.url);
  const explorer = new ExplorerPage(page);
  const open = async () => {
    await explorer.show('Privacy');
    await page.getByRole('tab', { name: 'Protection' }).click();
  };
  const rowOf = async (name: string) => {
    await page.getByRole('tab', { name: 'Protection' }).waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: name }).first().waitFor();
  };
  const text = () => page.locator('body').innerText();
  // The folder for downloads is made before.
  await app.call('file.save', { name: 'first', kind: 'csv', content: 'hp\n1\n' });
  await app.call('sql.remember', { sql: "SELECT * FROM pokemon WHERE name = 'Charizard'" });

  await open();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel('New passphrase').fill(PASSPHRASE);
  await page.getByLabel('The same again').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Protect the data' }).click();
  const sheet = await page.getByLabel('Recovery sheet').innerText();
  expect(sheet).toMatch(/([0-9A-Z]{4}-){6}[0-9A-Z]{4}\s+([0-9A-Z]{4}-){6}[0-9A-Z]{4}/);
  await page.getByRole('button', { name: 'I have it on paper' }).click();

  // Unlocked and in use: what a query, a version and a history make of it is in memory alone.
  await rowOf('Bulbasaur');
  const { version } = await app.call('sql.run', { sql: 'SELECT * FROM pokemon, range(3)' });
  await app.call('sql.explore', { sql: 'SELECT * FROM pokemon', version });
  await app.call('changes.list', { version });
  await app.call('export.data', { format: 'csv', view: null });
  await app.call('explore.provenance', { id: 1 });
  expect(await filesWith([data, temporary], CANARIES)).toEqual([]);

  await open();
  await page.getByRole('button', { name: 'Lock now' }).click();
  await page.getByRole('button', { name: 'Locked' }).waitFor();
  await rowOf('Redacted');
  for (const screen of [
    'Explore',
    'Compare',
    'SQL',
    'Changes',
    'Alerts',
    'Privacy',
    'Settings',
  ] as const) {
    await explorer.show(screen);
    expect(await text()).not.toMatch(/bulbasaur|charizard|venusaur/i);
  }
  expect(await app.call('sql.history', {})).toEqual([]);
  const shown = await app.call('sql.run', {
    sql: 'SELECT count(DISTINCT name) AS n, max("order") AS o FROM pokemon',
  });
  expect(shown.rows).toEqual([[1, null]]);
  expect(await filesWith([data, temporary], CANARIES)).toEqual([]);

  // A refresh goes on, without a page that sees it.
  const started = new Date().toISOString();
  await app.call('settings.save', { settings: { source: 'bundled', games: ['red'] } });
  await app.call('refresh.start', {});
  const newest = async () => (await app.call('history.list', {}))[0];
  await expect.poll(newest).toMatchObject({ version: version + 1, deleted: 498 });
  expect((await newest())?.timestamp ?? '').toMatch(new RegExp(`^${started.slice(0, 10)}`));
  expect(await filesWith([data, temporary], CANARIES)).toEqual([]);

  await open();
  await page.getByLabel('Passphrase or recovery code').fill('another passphrase');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByText('That is not the passphrase of this data folder.').waitFor();
  await page.getByLabel('Passphrase or recovery code').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await rowOf('Bulbasaur');
  expect(await app.call('sql.history', {})).toHaveLength(1);

  await open();
  await page.getByLabel('Passphrase or recovery code').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Switch the protection off' }).click();
  await rowOf('Bulbasaur');
  expect(
    (await app.call('access.log', {})).entries.map(({ what, how }) => `${what} ${how}`),
  ).toEqual([
    'export app, what a page shows as csv',
    'protection app, on',
    'export app, as csv',
    'unlock app',
    'protection app, off',
  ]);
});
