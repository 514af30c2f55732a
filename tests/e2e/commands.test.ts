import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Command, COMMANDS, type CommandId } from '../../src/preload/contract/commands';
import { ENDLESS } from '../helpers/endless';
import { silentPort } from '../helpers/silent-address';
import { copySnapshotData } from '../helpers/snapshot-data';
import { temporaryFolder } from '../helpers/temporary-folder';
import { atSuiteEnd } from '../helpers/suite-end';
import { REFRESH_FROM_SNAPSHOT, refreshFrom } from './bundled-source';
import { ExplorerPage } from './explorer-page';
import { BROWSER_HOST, type OpenedApp } from './hosts';
import { PATIENCE } from './published-file';

const TABLE = Object.entries<Command>(COMMANDS);
const ALL_TITLES = TABLE.map(([, { title }]) => title);

/** Commands with a key are tried in shortcuts.test.ts, the export’s end in export-progress.test.ts. */
type WithKey = { [Id in CommandId]: (typeof COMMANDS)[Id] extends { keys: unknown } ? Id : never };
type Chosen = Exclude<CommandId, WithKey[CommandId] | 'export.cancel'>;

describe.sequential('a command of the table, chosen in the palette,', () => {
  const atEnd = atSuiteEnd();
  let page: Page;
  let app: OpenedApp;
  let explorer: ExplorerPage;

  const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
  const refresh = () => page.getByRole('region', { name: 'Refresh', exact: true });
  const choose = (id: CommandId) => explorer.command(COMMANDS[id].title);
  const offered = async () => {
    await page.keyboard.press('Control+k');
    const options = page.getByRole('listbox', { name: 'Results' }).getByRole('option');
    await options.first().waitFor();
    const titles = await options.locator('[data-title]').allInnerTexts();
    await page.keyboard.press('Escape');
    await page
      .getByRole('combobox', { name: /^Search .*commands$/ })
      .waitFor({ state: 'detached' });
    return titles;
  };

  const rowHeight = () =>
    explorer
      .grid()
      .locator('[data-row]')
      .first()
      .evaluate((row) => row.offsetHeight);
  /** The table's part of the explorer; the usual one is of the window. */
  const dockShare = () =>
    page.locator('.dock').evaluate((dock) => dock.offsetHeight / dock.parentElement.offsetHeight);
  const chartsShown = async () => Number(await explorer.card('BMI').isVisible());
  const sized = async (id: CommandId, measured: () => Promise<number>, wanted: number) => {
    await choose(id);
    await expect.poll(measured, PATIENCE).toBeCloseTo(wanted, 1);
  };

  const tableIs = (title: string) =>
    page.getByRole('button', { name: `Table: ${title}` }).waitFor();
  const openCities = async () => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.keyboard.press('Control+o'),
    ]);
    await chooser.setFiles({
      ...{ name: 'cities.csv', mimeType: 'text/csv' },
      buffer: Buffer.from('city,size\nBonn,1\n'),
    });
    const sheet = page.getByRole('dialog', { name: 'How “cities.csv” is read' });
    await sheet.waitFor();
    // What has the focus says that all is right.
    await page.keyboard.press('Enter');
    await sheet.waitFor({ state: 'detached' });
    await tableIs('cities.csv');
  };

  const EFFECTS: Record<Chosen, () => Promise<void>> = {
    'cards.default': async () => {
      await explorer.command('Remove chart “Stat total”');
      await explorer.card('Stat total').waitFor({ state: 'detached' });
      await choose('cards.default');
      await explorer.card('Stat total').waitFor();
    },
    'file.folder': async () => {
      const folder = join(await temporaryFolder(atEnd), 'parts');
      await mkdir(folder);
      await writeFile(join(folder, 'a.ndjson'), '{"a":1}\n');
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        choose('file.folder'),
      ]);
      await chooser.setFiles(folder);
      await tableIs('parts');
      await explorer.command('Show table “Pokémon”');
      await tableIs('Pokémon');
    },
    'file.reading': async () => {
      await openCities();
      await choose('file.reading');
      const sheet = page.getByRole('dialog', { name: 'How “cities.csv” is read' });
      await sheet.waitFor();
      await page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'detached' });
    },
    // The file stays open over these.
    'file.reload': async () => {
      await choose('file.reload');
      await tableIs('cities.csv');
    },
    'file.close': async () => {
      await choose('file.close');
      await tableIs('Pokémon');
    },
    'alert.new': async () => {
      await choose('alert.new');
      const form = page.getByRole('dialog', { name: 'New alert' });
      await form.getByText(/^Would have fired in/).waitFor();
      await page.keyboard.press('Escape');
      await form.waitFor({ state: 'detached' });
    },
    'export.protected': async () => {
      await choose('export.protected');
      const form = page.getByRole('dialog', { name: 'Export without names' });
      await form.getByText(/^A key for each Pokémon in place of its name/).waitFor();
      await page.keyboard.press('Escape');
      await form.waitFor({ state: 'detached' });
    },
    'refresh.force': async () => {
      await page.evaluate(REFRESH_FROM_SNAPSHOT);
      await choose('refresh.force');
      await refresh().getByText('1,351 documents fetched').waitFor();
      await refresh().getByRole('button', { name: 'Close' }).click();
    },
    'refresh.cancel': async () => {
      await page.evaluate(refreshFrom(`http://127.0.0.1:${await silentPort('127.0.0.1')}/`));
      await choose('refresh.force');
      await choose('refresh.cancel');
      await refresh()
        .getByText(/cancelled/i)
        .first()
        .waitFor();
      await refresh().getByRole('button', { name: 'Close' }).click();
      await expect.poll(() => offered()).not.toContain(COMMANDS['refresh.cancel'].title);
    },
    'export.open': async () => {
      await choose('export.open');
      await page.getByRole('menuitem', { name: /^Everything.*, as CSV$/ }).waitFor();
      await page.keyboard.press('Escape');
    },
    'columns.default': async () => {
      const before = await explorer.columns();
      await choose('table.columns');
      const shown = page.getByRole('list', { name: 'Columns in the table, left to right' });
      await shown.getByRole('checkbox').last().click();
      await page.keyboard.press('Escape');
      await expect.poll(() => explorer.columns(), PATIENCE).not.toEqual(before);
      await choose('columns.default');
      await expect.poll(() => explorer.columns(), PATIENCE).toEqual(before);
    },
    'sort.clear': async () => {
      await explorer.grid().locator('[data-header="name"]').focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => explorer.cellText(0, 'name'), PATIENCE).toBe('Abomasnow');
      await choose('sort.clear');
      await expect.poll(() => explorer.cellText(0, 'name'), PATIENCE).toBe('Bulbasaur');
    },
    'table.copy': async () => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await choose('table.copy');
      const copied = () => page.evaluate<string>('navigator.clipboard.readText()');
      await expect.poll(async () => (await copied()).trim().split('\n').length, PATIENCE).toBe(650);
    },
    'table.columns': async () => {
      await explorer.show('SQL');
      await choose('table.columns');
      await page.getByRole('list', { name: 'Columns in the table, left to right' }).waitFor();
      await page.keyboard.press('Escape');
    },
    'table.fold': async () => {
      await explorer.show('SQL');
      await choose('table.fold');
      await explorer.card('BMI').waitFor();
      await explorer.grid().waitFor({ state: 'detached' });
      await choose('table.fold');
      await explorer.grid().waitFor();
    },
    'table.third': () => sized('table.third', dockShare, 0.33),
    'table.half': () => sized('table.half', dockShare, 0.5),
    'table.full': () => sized('table.full', chartsShown, 0),
    'table.usual': () => sized('table.usual', dockShare, 0.25),
    'rows.dense': () => sized('rows.dense', rowHeight, 28),
    'rows.medium': () => sized('rows.medium', rowHeight, 36),
    'rows.tall': () => sized('rows.tall', rowHeight, 48),
    'sql.run': async () => {
      await choose('sql.run');
      await page.getByRole('table', { name: 'Result' }).waitFor();
    },
    'sql.cancel': async () => {
      await explorer.show('SQL');
      await explorer.writeSql(ENDLESS);
      await choose('sql.run');
      await page.getByRole('button', { name: 'Cancel', exact: true }).waitFor();
      await choose('sql.cancel');
      await page.getByText('Cancelled.', { exact: true }).waitFor();
    },
    'sql.forget': async () => {
      await explorer.show('SQL');
      const history = page.getByRole('button', { name: 'History' });
      await expect.poll(() => history.isEnabled(), PATIENCE).toBe(true);
      await choose('sql.forget');
      await expect.poll(() => history.isDisabled(), PATIENCE).toBe(true);
    },
    'compare.clear': async () => {
      const mark = explorer.grid().locator('[data-row="0"] [data-action="compare"]');
      await expect.poll(() => explorer.cellText(0, 'name'), PATIENCE).toBe('Bulbasaur');
      await explorer.cell(0, 'name').focus();
      await page.keyboard.press('Space');
      await expect.poll(() => mark.getAttribute('aria-label'), PATIENCE).toBe('compared');
      await explorer.show('Compare');
      const compared = page.getByRole('button', { name: 'Take Bulbasaur out' });
      await compared.waitFor();
      await choose('compare.clear');
      await compared.waitFor({ state: 'detached' });
    },
    'theme.light': async () => {
      await choose('theme.light');
      await expect.poll(scheme, PATIENCE).toBe('light');
    },
    'theme.dark': async () => {
      await choose('theme.dark');
      await expect.poll(scheme, PATIENCE).toBe('dark');
    },
    'theme.system': async () => {
      await page.emulateMedia({ colorScheme: 'light' });
      await choose('theme.system');
      await expect.poll(scheme, PATIENCE).toBe('light');
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect.poll(scheme, PATIENCE).toBe('dark');
    },
    'help.log': async () => {
      const log = await app.savedFile(() => choose('help.log'));
      expect(log.toString('utf8')).toMatch(/ started \d/);
    },
  };

  beforeAll(async () => {
    app = await BROWSER_HOST.open(atEnd, copySnapshotData);
    ({ page } = app);
    explorer = new ExplorerPage(page);
    await explorer.ready();
  });

  test('is offered where it has something to do', async () => {
    const titles = (await offered()).filter((title) => ALL_TITLES.includes(title));
    const wanted = TABLE.filter(([id, { needs }]) => needs === undefined && id !== 'palette.open');
    expect(titles.sort()).toEqual(wanted.map(([, { title }]) => title).sort());

    await explorer.drag(explorer.brush('BMI'), [0.1, 0.5], [0.3, 0.5]);
    await expect.poll(offered, PATIENCE).toContain('Clear all filters');
    await expect.poll(() => offered()).toContain('Undo the last step');
    await expect.poll(() => offered()).not.toContain('Redo the last step');
    await page.keyboard.press('Control+z');
    await expect.poll(offered, PATIENCE).toContain('Redo the last step');
    await expect.poll(() => offered()).not.toContain('Clear all filters');
  });

  test.each(Object.entries(EFFECTS))('%s does what it says', async (_id, effect) => {
    await explorer.show('Explore');
    await effect();
  });

  test('and a key is heard as the keyboard means it', async () => {
    await explorer.show('Explore');
    await page.locator('h1').click();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    // With a window over the screen a key is taken from the browser, and does nothing.
    const isTaken = (press: object) => {
      const given = JSON.stringify({ ...press, bubbles: true, cancelable: true });
      return page.evaluate<boolean>(
        `!document.body.dispatchEvent(new KeyboardEvent('keydown', ${given}))`,
      );
    };
    expect(await isTaken({ key: 's', code: 'KeyS', ctrlKey: true })).toBe(true);
    expect(await isTaken({ key: 's', code: 'KeyS', metaKey: true })).toBe(true);
    expect(await isTaken({ key: 's', code: 'KeyS' })).toBe(false);
    // AltGr is Ctrl and Alt at once on Windows, and types a sign.
    expect(await isTaken({ key: 'ś', code: 'KeyS', ctrlKey: true, altKey: true })).toBe(false);
    // Alt changes what a key types on a Mac: the place of the key counts.
    expect(await isTaken({ key: '¡', code: 'Digit1', altKey: true })).toBe(true);
    expect(await isTaken({ key: 'ç', code: 'KeyC', altKey: true })).toBe(true);
    expect(await isTaken({ key: 'c', code: 'KeyC' })).toBe(false);
    // A sign is a sign whether or not the keyboard needs Shift for it.
    expect(await isTaken({ key: '?', code: 'Minus', shiftKey: true })).toBe(true);
    expect(await isTaken({ key: '?', code: 'KeyM' })).toBe(true);
    expect(await isTaken({ key: '/', code: 'Digit7', shiftKey: true })).toBe(true);
    await page.keyboard.press('Escape');
  });

  test('nothing went wrong meanwhile', async () => {
    expect(await app.trouble()).toEqual([]);
  });
});
