import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What may go wrong in one theme alone. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * What axe-core finds on the page in both themes, a line each; its places move no more by then.
 * Everything is looked at in the light one, and what goes by colour in the dark one again.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(200);
    // Evaluated by the debugger, which the page's policy does not bind; once for each page that is loaded.
    if (await page.evaluate(`typeof axe === 'undefined'`)) await page.evaluate(AXE);
    const runOnly = colorScheme === 'light' ? undefined : COLOURS;
    const { violations } = await page.evaluate<AxeResults>(
      `axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], runOnly })})`,
    );
    for (const { id, nodes } of violations) {
      for (const node of nodes)
        found.push(`${colorScheme} ${id}: ${node.html} ${node.failureSummary ?? ''}`);
    }
  }
  return found;
}
