import { beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from '../helpers/axe';
import { copySnapshotData } from '../helpers/snapshot-data';
import { atSuiteEnd } from '../helpers/suite-end';
import { REFRESH_FROM_SNAPSHOT } from './bundled-source';
import { ExplorerPage } from './explorer-page';
import { BROWSER_HOST, type OpenedApp } from './hosts';

type Place = (app: OpenedApp, explorer: ExplorerPage) => Promise<void>;

const PLACES: Record<string, Place> = {
  explore: async (_app, explorer) => explorer.show('Explore'),
  'explore, filtered': async (app, explorer) => {
    await explorer.show('Explore');
    await explorer.drag(explorer.brush('BMI'), [0.1, 0.5], [0.3, 0.5]);
    // Rows that wait for a newer answer are drawn pale, from a moment after they are asked.
    await app.page.waitForTimeout(1_500);
    await explorer.grid().and(app.page.locator('[aria-busy="false"]')).waitFor();
  },
  'the refresh panel': async (app, explorer) => {
    await explorer.show('Explore');
    await app.page.evaluate(REFRESH_FROM_SNAPSHOT);
    await app.page.getByRole('button', { name: 'Refresh data', exact: true }).click();
    await app.page.getByRole('region', { name: 'Refresh', exact: true }).waitFor();
  },
  'the export menu': async (app) => {
    await app.page.keyboard.press('Escape');
    await app.page.getByRole('button', { name: 'Export', exact: true }).click();
    await app.page.getByRole('menuitem', { name: /^Everything.*, as CSV$/ }).waitFor();
  },
  'the chart builder': async (app, explorer) => {
    await app.page.keyboard.press('Escape');
    await explorer.command('Add a chart');
    await app.page.getByRole('dialog', { name: 'Add a chart' }).waitFor();
  },
  'a card in full screen': async (app, explorer) => {
    await app.page.keyboard.press('Escape');
    await app.page.getByRole('dialog', { name: 'Add a chart' }).waitFor({ state: 'detached' });
    await explorer.chooseInMenu('Types', 'Full screen');
    await explorer.card('Types').and(app.page.locator('[data-full]')).waitFor();
  },
  'a card’s menu': async (app) => {
    await app.page.getByRole('button', { name: 'Types: menu' }).click();
    await app.page.getByRole('menuitem', { name: 'Leave full screen' }).waitFor();
  },
  detail: async (app, explorer) => {
    await app.page.getByRole('menuitem', { name: 'Leave full screen' }).click();
    await explorer.grid().locator('[data-row="0"] [role=gridcell]').nth(3).click();
    await app.page.getByRole('dialog').getByText('Where it came from').waitFor();
  },
  compare: async (app, explorer) => {
    await app.page.getByRole('dialog').getByRole('button', { name: 'Compare' }).click();
    await app.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await explorer.show('Compare');
    await app.page.locator('main').getByRole('table').waitFor();
  },
  sql: async (app, explorer) => {
    await explorer.show('SQL');
    await app.page.getByRole('button', { name: 'Run', exact: true }).click();
    await app.page.getByRole('region', { name: 'Result' }).waitFor();
  },
  changes: async (app, explorer) => {
    await explorer.show('Changes');
    await app.page.getByRole('region', { name: 'Changed Pokémon' }).waitFor();
  },
  settings: async (_app, explorer) => explorer.show('Settings'),
  palette: async (app) => {
    await app.page.keyboard.press('Control+k');
    await app.page.getByRole('listbox', { name: 'Results' }).waitFor();
  },
  shortcuts: async (app, explorer) => {
    await app.page.keyboard.press('Escape');
    await explorer.command('Keyboard shortcuts');
    await app.page.getByRole('dialog').waitFor();
  },
};

/** Looked at in the first host: the page is the same in all. */
describe.sequential('axe-core finds nothing', () => {
  const atEnd = atSuiteEnd();
  let app: OpenedApp;
  let explorer: ExplorerPage;

  beforeAll(async () => {
    app = await BROWSER_HOST.open(atEnd, copySnapshotData);
    await app.page.emulateMedia({ reducedMotion: 'reduce' });
    explorer = new ExplorerPage(app.page);
    await explorer.ready();
  });

  for (const [name, open] of Object.entries(PLACES)) {
    test(`on ${name}, light and dark`, async () => {
      await open(app, explorer);
      expect(await axeFindings(app.page)).toEqual([]);
    });
  }
});
