import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { copySnapshotData } from '../helpers/snapshot-data';
import { atSuiteEnd } from '../helpers/suite-end';
import { REFRESH_FROM_SNAPSHOT } from './bundled-source';
import { ExplorerPage } from './explorer-page';
import { BROWSER_HOST, type OpenedApp } from './hosts';

/** Everything on the page that would move, shadow trees and what stands before and after included. */
const MOVING = `(() => {
  const longest = (text) => Math.max(...text.split(',').map((part) => parseFloat(part)));
  const found = new Set();
  const look = (root) => {
    for (const element of root.querySelectorAll('*')) {
      for (const part of [null, '::before', '::after']) {
        const style = getComputedStyle(element, part);
        const name = element.tagName + '.' + element.getAttribute('class') + (part ?? '');
        if (style.animationName !== 'none' && longest(style.animationDuration) > 0.01) {
          found.add(name + ' is animated by ' + style.animationName);
        }
        if (style.transitionProperty !== 'none' && longest(style.transitionDuration) > 0.01) {
          found.add(name + ' takes ' + style.transitionDuration + ' to change');
        }
        if (style.scrollBehavior === 'smooth') found.add(name + ' scrolls smoothly');
      }
      if (element.shadowRoot !== null) look(element.shadowRoot);
    }
  };
  look(document);
  return [...found];
})()`;

/** Counts, from then on, the frames in which each canvas is cleared to be drawn again. */
const COUNT_DRAWINGS = `
  globalThis.drawings = new Map();
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...rect) {
    const frames = globalThis.drawings.get(this.canvas) ?? new Set();
    frames.add(document.timeline.currentTime);
    globalThis.drawings.set(this.canvas, frames);
    return clear.apply(this, rect);
  };
`;
const MOST_FRAMES = `Math.max(0, ...[...globalThis.drawings.values()].map((frames) => frames.size))`;

describe.sequential('with reduced motion', () => {
  const atEnd = atSuiteEnd();
  let page: Page;
  let app: OpenedApp;
  let explorer: ExplorerPage;

  beforeAll(async () => {
    app = await BROWSER_HOST.open(atEnd, copySnapshotData);
    ({ page } = app);
    explorer = new ExplorerPage(page);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.addInitScript({ content: COUNT_DRAWINGS });
    await page.reload();
    await explorer.ready();
  });

  const PLACES: Record<string, () => Promise<void>> = {
    'the explorer, filtered': async () => {
      await explorer.drag(explorer.brush('BMI'), [0.1, 0.5], [0.3, 0.5]);
    },
    'a card’s menu': async () => {
      await page.getByRole('button', { name: 'Types: menu' }).click();
      await page.getByRole('menuitem', { name: 'Full screen' }).waitFor();
    },
    'the palette': async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.getByRole('listbox', { name: 'Results' }).waitFor();
    },
    'the help sheet': async () => {
      await page.keyboard.press('Escape');
      await page.locator('h1').first().click();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    },
    'the chart builder': async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Alt+n');
      await page.getByRole('dialog', { name: 'Add a chart' }).waitFor();
    },
    'the refresh panel': async () => {
      await page.keyboard.press('Escape');
      await page.evaluate(REFRESH_FROM_SNAPSHOT);
      await page.keyboard.press('Alt+r');
      await page.getByRole('region', { name: 'Refresh', exact: true }).waitFor();
    },
    'the detail': async () => {
      await explorer.cell(0, 'name').click();
      await page.getByRole('dialog').getByText('Where it came from').waitFor();
    },
    compare: async () => explorer.show('Compare'),
    sql: async () => {
      await explorer.show('SQL');
      await page.locator('.cm-content').focus();
      await page.keyboard.type(' ');
    },
    changes: async () => explorer.show('Changes'),
    settings: async () => explorer.show('Settings'),
  };

  test.each(Object.keys(PLACES))('nothing moves in %s', async (name) => {
    await PLACES[name]?.();
    await page.waitForTimeout(100);
    expect(await page.evaluate(MOVING)).toEqual([]);
  });

  test('a chart is there with its answer, not on its way', async () => {
    await explorer.show('Explore');
    await explorer.card('Games').locator('canvas').first().waitFor();
    await page.waitForTimeout(500);
    await page.evaluate('globalThis.drawings.clear()');
    await page.keyboard.press('Control+z');
    await page.waitForTimeout(1000);
    const frames = await page.evaluate<number>(MOST_FRAMES);
    expect(frames).toBeGreaterThan(0);
    expect(frames).toBeLessThan(5);
  });
});
