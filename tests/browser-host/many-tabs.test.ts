import { cp, rename, symlink, writeFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { PATIENCE } from '../e2e/published-file';
import { ENDLESS } from '../helpers/endless';
import { newContext, newPage } from '../helpers/launch-chromium';
import { rounds } from '../helpers/rounds';
import { CLI } from '../helpers/run-cli';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { temporaryFolder } from '../helpers/temporary-folder';

/** Eight are more than a browser opens connections; the test after this one has that many always. */
const TABS = rounds(3, 8);

const scheme = (page: Page) => page.locator('html').getAttribute('data-mantine-color-scheme');

test(
  `${TABS} tabs all answer and all hear; after a restart they go on, with what is true now`,
  { timeout: 300_000 },
  async () => {
    const data = await snapshotData();
    const app = await serveReadyApp(data);
    const context = await newContext(onTestFinished, { viewport: { width: 1280, height: 800 } });
    // Many pages of one browser start here, perhaps beside another test.
    context.setDefaultTimeout(90_000);
    await (await context.newPage()).goto(app.url);
    const tabs: ExplorerPage[] = [];
    for (let number = 0; number < TABS; number += 1) {
      const page = await context.newPage();
      await page.goto(app.origin);
      const tab = new ExplorerPage(page);
      await tab.ready();
      // Charts that nobody looks at here would only be drawn again and again.
      if (number < TABS - 1) await tab.show('Settings');
      tabs.push(tab);
    }
    const last = tabs.at(-1)?.page;
    if (last === undefined) throw new Error('no tab');
    await last.getByRole('searchbox').fill('mew');
    await last.locator('.selected-count').getByText('2 of 649').waitFor();
    await app.call('settings.save', { settings: { theme: 'dark' } });
    for (const { page } of tabs) await expect.poll(() => scheme(page), PATIENCE).toBe('dark');

    // The settings alone say which: where tabs heard each other's storage too, two of different
    // themes would have set each other back for ever, all of them at once.
    const [first] = tabs;
    if (first === undefined) throw new Error('no tab');
    const written = await first.page.evaluateHandle<string[]>(`(() => {
      const values = [];
      addEventListener('storage', ({ newValue }) => values.push(newValue));
      localStorage.setItem('mantine-color-scheme-value', 'light');
      return values;
    })()`);
    await last.waitForTimeout(500);
    for (const { page } of tabs) expect(await scheme(page)).toBe('dark');
    expect(await written.jsonValue()).toEqual([]);

    // The program ends, and another one takes its port.
    app.kill('SIGKILL');
    await app.ended;
    await last.getByRole('alert').getByText('does not answer').waitFor();
    const again = await serveReadyApp(data, undefined, ['--port', new URL(app.origin).port]);
    await last.getByRole('alert').getByText('does not know this page any more').waitFor();
    await expect.poll(() => last.locator('.card canvas').count()).toBeGreaterThan(0);
    const entered = await context.newPage();
    await entered.goto(await again.link());
    await new ExplorerPage(entered).ready();
    // By itself, with its filter; and it hears again.
    await last.getByRole('alert').waitFor({ state: 'detached' });
    await last.locator('.selected-count').getByText('2 of 649').waitFor();
    await again.call('settings.save', { settings: { theme: 'light' } });
    for (const { page } of tabs) await expect.poll(() => scheme(page), PATIENCE).toBe('light');
  },
);

const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true }).click();

test(
  'with a long query in each of eight tabs, the cards of another one answer, and so does each tab',
  { timeout: 150_000 },
  async () => {
    const app = await serveReadyApp(await snapshotData());
    const context = await newContext(onTestFinished, { viewport: { width: 1280, height: 800 } });
    const other = await context.newPage();
    await other.goto(app.url);
    await new ExplorerPage(other).ready();
    const tabs: Page[] = [];
    for (let number = 0; number < 8; number += 1) {
      const page = await context.newPage();
      await page.goto(app.origin);
      await new ExplorerPage(page).show('SQL');
      await page.locator('.cm-content').fill(ENDLESS);
      await run(page);
      await page.getByRole('button', { name: 'Cancel' }).waitFor();
      tabs.push(page);
    }
    await other.bringToFront();
    await other.getByRole('searchbox').fill('mew');
    await other.locator('.selected-count').getByText('2 of 649').waitFor();
    // A page that is opened now starts too.
    const late = await context.newPage();
    await late.goto(app.origin);
    await new ExplorerPage(late).ready();
    for (const page of tabs) {
      await page.bringToFront();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('Cancelled.').waitFor();
    }
    // One that is closed takes its query along.
    const [first, second] = tabs;
    if (first === undefined || second === undefined) throw new Error('no tab');
    await first.bringToFront();
    await run(first);
    await first.getByRole('button', { name: 'Cancel' }).waitFor();
    await first.close({ runBeforeUnload: true });
    await second.bringToFront();
    await second.locator('.cm-content').fill('SELECT 40 + 2 AS answer');
    await run(second);
    await second.getByRole('cell', { name: '42' }).waitFor();
  },
);

test(
  'a screen whose code or looks did not come once is loaded again, and a reload is offered',
  { timeout: 90_000 },
  async () => {
    // A build of its own, whose files can be taken away.
    const copy = await temporaryFolder();
    await cp(resolve(CLI, '../..'), join(copy, 'out'), { recursive: true });
    const root = resolve(import.meta.dirname, '../..');
    for (const name of ['node_modules', 'resources', 'package.json']) {
      await symlink(join(root, name), join(copy, name));
    }
    const app = await serveReadyApp(
      await snapshotData(),
      undefined,
      [],
      join(copy, 'out/main/cli.js'),
    );
    const page = await newPage(onTestFinished);
    await page.goto(app.url);
    const explorer = new ExplorerPage(page);
    await explorer.ready();
    const assets = join(copy, 'out/renderer/assets');
    const files = (pattern: RegExp) =>
      readdirSync(assets)
        .filter((name) => pattern.test(name))
        .map((name) => join(assets, name));
    const code = files(/^(?:Settings|Changes)Screen-.*\.js$/);
    const looks = files(/^CompareScreen-.*\.css$/);
    expect([code.length, looks.length]).toEqual([2, 1]);
    for (const path of [...code, ...looks]) await rename(path, `${path}.away`);

    const failed = page.getByRole('alert').getByText('A part of the app could not be loaded.');
    await explorer.show('Settings');
    await failed.waitFor();
    await explorer.show('Compare');
    await failed.waitFor();
    await expect
      .poll(() => page.getByRole('button', { name: 'Reload the page' }).isVisible())
      .toBe(true);
    for (const path of [...code, ...looks]) await rename(`${path}.away`, path);

    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Compare' }).waitFor();
    const styled = `[...document.styleSheets].some(({ href }) => href?.includes('CompareScreen'))`;
    await expect.poll(() => page.evaluate(styled)).toBe(true);
    // Leaving and coming back is enough too.
    await explorer.show('Settings');
    await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
    await page.context().close();

    // What several screens share, below a screen's own code: a browser asks for it only once per page.
    const shared = files(/^Combobox-.*\.js$/);
    expect(shared.length).toBe(1);
    for (const path of shared) await rename(path, `${path}.away`);
    const next = await newPage(onTestFinished);
    await next.goto(await app.link());
    await new ExplorerPage(next).ready();
    await new ExplorerPage(next).show('Settings');
    await next.getByRole('alert').getByText('A part of the app could not be loaded.').waitFor();
    for (const path of shared) await rename(`${path}.away`, path);
    await next.getByRole('button', { name: 'Reload the page' }).click();
    // The screen stays over a reload.
    await next.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
    await next.context().close();
  },
);

test(
  'other data under the same version’s number: the page says once that it has to be reloaded',
  { timeout: 90_000 },
  async () => {
    const app = await serveReadyApp(await snapshotData());
    const context = await newContext(onTestFinished);
    const last = await context.newPage();
    await last.goto(app.url);
    await new ExplorerPage(last).ready();
    app.kill('SIGKILL');
    await app.ended;
    const others = await temporaryFolder();
    await writeFile(join(others, 'settings.json'), '{"games":["red"]}');
    const other = await serveReadyApp(others, undefined, ['--port', new URL(app.origin).port]);
    await context.newPage().then((page) => page.goto(other.url));
    const outdated = last.getByRole('alert').getByText('is not the one this page began with');
    await outdated.waitFor();
    await last.getByRole('button', { name: 'Reload the page' }).click();
    await outdated.waitFor({ state: 'detached' });
    await last.locator('.provenance').getByText('151 of 1,351').waitFor();
    await context.close();
  },
);
