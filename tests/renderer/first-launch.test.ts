import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { newPage } from '../helpers/launch-chromium';
import { serveApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';

const PATIENCE = { timeout: 30_000, interval: 50 };

const provenance = (page: Page) => page.locator('.provenance').innerText();

test('data made while the page’s first answer is on its way are not forgotten when it arrives', async ({
  onTestFinished,
}) => {
  const app = await serveApp(await temporaryFolder());
  const page = await newPage(onTestFinished);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  // On a busy machine the answer comes later, to a question of its own.
  onTestFinished(() => page.unrouteAll({ behavior: 'ignoreErrors' }));
  const isStart = (text: string) => text.includes('"first_view"');
  await page.route(/\/(call\/app\.start|answer\/\w+)$/, async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    if (!isStart(text)) return route.fulfill({ response });
    const { result } = JSON.parse(text) as { result: object };
    await held;
    const refresh = {
      state: 'running',
      progress: null,
      started_at: new Date().toISOString(),
      scheduled: false,
    };
    await route.fulfill({
      response,
      json: { ok: true, result: { ...result, dataset: null, refresh } },
    });
  });
  await page.addInitScript(`
    window.heard = (async () => {
      const headers = { 'x-pokedex-key': localStorage.getItem('pokedex-key') ?? '' };
      const { body } = await fetch('/events', { headers });
      let text = '';
      for await (const piece of body.pipeThrough(new TextDecoderStream())) {
        text += piece;
        if (text.includes('"dataset.changed"')) return;
      }
    })();
  `);
  await page.goto(app.url);
  await page.evaluate('heard');
  // Not shown before the answer: it brings the order in which the data are to be shown.
  await expect.poll(() => provenance(page)).toBe('Preparing the data…');
  const answered = page.waitForResponse(async (response) => isStart(await response.text()));
  release();
  await (await answered).finished();
  await expect.poll(() => provenance(page), PATIENCE).toContain('649 of 1,351');
  // The settings screen shows what the answer brought, so by then it was taken in.
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('Pokédex Explorer 0.1.0').waitFor();
  await expect.poll(() => provenance(page)).toContain('649 of 1,351');
  await expect
    .poll(() => page.getByRole('button', { name: 'Refresh data' }).isVisible())
    .toBe(true);
});

test('a shortcut pressed as soon as anything is drawn is heard', async ({ onTestFinished }) => {
  const app = await serveApp(await temporaryFolder());
  const page = await newPage(onTestFinished);
  await page.addInitScript(`
    const drawn = new MutationObserver(() => {
      if (document.querySelector('.rail') === null) return;
      drawn.disconnect();
      const key = { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true, cancelable: true };
      window.taken = !document.body.dispatchEvent(new KeyboardEvent('keydown', key));
    });
    drawn.observe(document, { childList: true, subtree: true });
  `);
  await page.goto(app.url);
  await page.getByRole('combobox', { name: 'Search Pokémon and commands' }).waitFor();
  // Else the browser would have done what it does with Ctrl+K.
  expect(await page.evaluate('window.taken')).toBe(true);
});

test('a data folder that cannot be used is named, and works once it can', async ({
  onTestFinished,
}) => {
  const data = join(await temporaryFolder(), 'data');
  await mkdir(dirname(data), { recursive: true });
  await writeFile(data, 'a file where the folder should be');
  const app = await serveApp(data);
  const page = await newPage(onTestFinished);
  await page.goto(app.url);
  await page.locator('main').getByText(`${data} is a file, not a folder.`).waitFor();
  await expect.poll(() => provenance(page)).toBe('There is no data yet');

  await rm(data);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => provenance(page), PATIENCE).toContain('649 of 1,351');
  await page.locator('.card canvas').first().waitFor();
});

test('damaged tables are named, rather than waited for', async ({ onTestFinished }) => {
  const data = await temporaryFolder();
  const log = join(data, 'tables/pokemon/_delta_log');
  await mkdir(log, { recursive: true });
  await writeFile(join(log, '00000000000000000000.json'), 'no log');
  const app = await serveApp(data);
  const page = await newPage(onTestFinished);
  await page.goto(app.url);
  await page.locator('main').getByText('The tables are damaged', { exact: false }).waitFor();
  await expect.poll(() => provenance(page)).toBe('There is no data yet');
});
