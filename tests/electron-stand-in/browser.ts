import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumOptions } from '../helpers/launch-chromium';
import { routeElsewhere } from './route-page';

/** The one Chromium behind all windows. */
export interface StandInBrowser {
  context: BrowserContext;
  version: string;
  /** Where a test's own Playwright connects. */
  endpoint: string;
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

export async function startBrowser(): Promise<StandInBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'pokedex-stand-in-'));
  const options = await chromiumOptions();
  const context = await chromium.launchPersistentContext(profile, {
    ...options,
    args: [...(options.args ?? []), '--remote-debugging-port=0'],
    viewport: { width: 1440, height: 900 },
  });
  await routeElsewhere(context);
  const port = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n')[0];
  let blank = context.pages()[0] ?? null;
  return {
    context,
    version: context.browser()?.version() ?? 'unknown',
    endpoint: `http://127.0.0.1:${port}`,
    async newPage() {
      const page = blank ?? (await context.newPage());
      blank = null;
      return page;
    },
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
