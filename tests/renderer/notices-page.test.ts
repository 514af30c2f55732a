import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { PATIENCE } from '../e2e/published-file';
import { newPage } from '../helpers/launch-chromium';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { atSuiteEnd } from '../helpers/suite-end';

describe('messages of what failed', { timeout: 120_000 }, () => {
  const atEnd = atSuiteEnd();
  let data: string;
  let page: Page;
  let explorer: ExplorerPage;

  beforeAll(async () => {
    data = await snapshotData(atEnd);
    const app = await serveReadyApp(data, atEnd);
    page = await newPage(atEnd, { viewport: { width: 1280, height: 800 } });
    await page.goto(app.url);
    explorer = new ExplorerPage(page);
    await explorer.ready();
  });

  const messages = () => page.getByRole('status', { name: 'Messages' }).locator('[data-tone]');

  /** A view that names a column there is not, which the message repeats. */
  async function openViewOf(column: string): Promise<void> {
    const path = join(data, `${column}.pokeview.json`);
    await writeFile(path, JSON.stringify({ pokeview: 1, columns: [column], filters: [] }));
    const chooser = page.waitForEvent('filechooser');
    await explorer.command('Open view…');
    await (await chooser).setFiles(path);
  }

  test('what fails again is counted in its one message', async () => {
    for (const times of [1, 2, 3, 4]) {
      await openViewOf('one');
      await expect
        .poll(() => messages().allInnerTexts(), PATIENCE)
        .toEqual([expect.stringContaining(times === 1 ? '“one”' : `(${times} times)`)]);
    }
  });

  test('of many failures the last three stay, and each can be put away', async () => {
    for (const column of ['two', 'three', 'four', 'five']) {
      await openViewOf(column);
      await messages()
        .filter({ hasText: `“${column}”` })
        .waitFor();
    }
    const texts = await messages().allInnerTexts();
    expect(texts.map((text) => /“(\w+)”/.exec(text)?.[1])).toEqual(['three', 'four', 'five']);
    const dismiss = messages().getByRole('button', { name: 'Dismiss' });
    for (const left of [2, 1, 0]) {
      await dismiss.first().click();
      await expect.poll(() => messages().count(), PATIENCE).toBe(left);
    }
  });
});
