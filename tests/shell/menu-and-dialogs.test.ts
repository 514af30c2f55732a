import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Command, commandOf, COMMANDS } from '../../src/preload/contract/commands';
import { sheetLines } from '../e2e/shortcut-sheet';
import { PATIENT } from './patient';
import { sharedApp } from './shared-app';

const app = await sharedApp();
const page = await app.page();

const MENU_NAMES = { file: 'File', edit: 'Edit', view: 'View', data: 'Data', help: 'Help' };
const IN_MENU = Object.entries<Command>(COMMANDS).flatMap(([id, { menu, title }]) =>
  menu === undefined ? [] : [[id, { menu, title }] as const],
);

describe('the native menu', () => {
  it('has each command that the table gives it once, in its menu, by its title', async () => {
    const items = (await app.ask('menu')).filter(({ id }) => id !== null && id in COMMANDS);
    const found = items.map(({ id, path }) => [id, path.replace('&', '').replace('help', 'Help')]);
    const wanted = IN_MENU.map(([id, { menu, title }]) => [id, `${MENU_NAMES[menu]} › ${title}`]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
    expect(items).toHaveLength(wanted.length);
  });

  it('shows the keys that a browser would keep for itself', async () => {
    const items = await app.ask('menu');
    const keys = items.flatMap(({ id, accelerator }) =>
      id !== null && accelerator !== null ? [[id, accelerator]] : [],
    );
    expect(Object.fromEntries(keys)).toEqual({
      'file.open': 'CmdOrCtrl+O',
      'view.open': 'CmdOrCtrl+Shift+O',
      'view.save': 'CmdOrCtrl+S',
      'export.open': 'CmdOrCtrl+E',
      'selection.clear': 'CmdOrCtrl+Shift+Backspace',
      'search.focus': 'CmdOrCtrl+F',
      'palette.open': 'CmdOrCtrl+K',
      'go.explore': 'CmdOrCtrl+1',
      'go.compare': 'CmdOrCtrl+2',
      'go.sql': 'CmdOrCtrl+3',
      'go.changes': 'CmdOrCtrl+4',
      'go.alerts': 'CmdOrCtrl+5',
      'go.privacy': 'CmdOrCtrl+6',
      'go.settings': 'CmdOrCtrl+,',
      'refresh.start': 'CmdOrCtrl+R',
      'help.shortcuts': 'CmdOrCtrl+/',
    });
  });

  it('and the help sheet name the same keys', async () => {
    await page.getByRole('button', { name: 'Refresh data' }).waitFor();
    await app.ask('clickMenu', { id: 'help.shortcuts' });
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    const sheet = new Map((await sheetLines(page)).map(({ name, keys }) => [name, keys.join('+')]));
    for (const { id, accelerator } of await app.ask('menu')) {
      const command = id === null ? null : commandOf(id);
      if (command === null || accelerator === null) continue;
      expect(sheet.get(`${command.group}: ${command.title}`)).toBe(
        accelerator.replace('CmdOrCtrl', 'Ctrl'),
      );
    }
    await page.keyboard.press('Escape');
  });

  it('gives no accelerator to two items', async () => {
    const taken = (await app.ask('menu')).flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(taken).size).toBe(taken.length);
  });

  it('sends a chosen command to the page', async () => {
    await page.evaluate(`window.pokedex.on('command.chosen', (id) => { window.chosen = id; })`);
    for (const [id] of IN_MENU) {
      await app.ask('clickMenu', { id });
      await page.waitForFunction((wanted) => Reflect.get(globalThis, 'chosen') === wanted, id);
    }
  });

  it('names the tables that are open and those that were, and shows, closes and opens them', async () => {
    const path = join(app.userData, 'salt & pepper.ndjson');
    await writeFile(path, '{"a":1}\n');
    await app.ask('prepareAnswer', {
      kind: 'open',
      answer: { canceled: false, filePaths: [path] },
    });
    await app.ask('clickMenu', { id: 'file.open' });
    const shown = (title: string) =>
      page.getByRole('button', { name: `Table: ${title}` }).waitFor(PATIENT);
    await shown('salt & pepper.ndjson');
    const named = async (menu: string) =>
      (await app.ask('menu')).filter((item) => item.path.startsWith(`&File › ${menu} › `));
    const click = async (menu: string, at: number) =>
      app.ask('clickMenu', { id: (await named(menu))[at]?.id ?? '' });
    // A single & would mark the letter of a key.
    expect((await named('Show table')).map((item) => item.path)).toEqual([
      '&File › Show table › Pokémon',
      '&File › Show table › salt && pepper.ndjson',
    ]);
    await click('Show table', 0);
    await shown('Pokémon');
    await click('Show table', 1);
    await shown('salt & pepper.ndjson');
    await click('Close table', 0);
    await shown('Pokémon');
    await expect.poll(() => named('Close table')).toEqual([]);
    await click('Open recent', 0);
    await shown('salt & pepper.ndjson');
    await app.ask('clickMenu', { id: 'file.close' });
    await shown('Pokémon');
  });

  it('opens the log’s folder, where what a packaged app has to say is found', async () => {
    await app.ask('clickMenu', { id: 'help.log' });
    await expect
      .poll(async () => (await app.ask('records')).openedFolders.at(-1))
      .toMatch(/[\\/]log$/);
    const folder = (await app.ask('records')).openedFolders.at(-1) ?? '';
    expect(await readFile(join(folder, 'pokedex.log'), 'utf8')).toMatch(
      / started \d.* in Electron /,
    );
  });

  it('keeps the system’s own editing commands for text fields', async () => {
    const roles = (await app.ask('menu')).map(({ role }) => role);
    expect(roles).toEqual(
      expect.arrayContaining(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'quit']),
    );
  });

  it('tells in its about box every version a bug report needs', async () => {
    await app.ask('clickMenu', { id: 'about' });
    const { dialogs } = await app.ask('records');
    const box = dialogs.findLast(({ kind }) => kind === 'message')?.options;
    expect(box).toMatchObject({ message: 'Pokédex Explorer 0.1.0' });
    const detail = String(Reflect.get(Object(box), 'detail'));
    expect(detail).toMatch(/^Electron \S+\nChromium \S+\nNode\.js \d+\.\S+\nDuckDB 1\.5\.\S+\n/);
  });
});

describe('dialogs', () => {
  const save = (name: string) =>
    page.evaluate(
      `window.pokedex.call('file.save', { name: ${JSON.stringify(name)}, kind: 'svg', content: '<svg/>' })`,
    );

  it('save where the person says', async () => {
    const filePath = join(app.userData, 'types.svg');
    await app.ask('prepareAnswer', { kind: 'save', answer: { canceled: false, filePath } });
    expect(await save('types.svg')).toMatchObject({
      ok: true,
      result: { kind: 'saved', path: filePath },
    });
    expect(await readFile(filePath, 'utf8')).toBe('<svg/>');
  });

  it('suggest the name and the kind', async () => {
    await save('types.svg');
    const { dialogs } = await app.ask('records');
    expect(dialogs.findLast(({ kind }) => kind === 'save')?.options).toMatchObject({
      defaultPath: expect.stringMatching(/types\.svg$/),
      filters: [{ name: 'SVG picture', extensions: ['svg'] }],
    });
  });

  it('write nothing where the person thinks better of it', async () => {
    expect(await save('types.svg')).toMatchObject({ ok: true, result: { kind: 'cancelled' } });
  });

  it('open a view file, and refuse one that is none with a sentence', async () => {
    const path = join(app.userData, 'mine.pokeview.json');
    const open = async (text: string) => {
      await writeFile(path, text);
      const answer = { canceled: false, filePaths: [path] };
      await app.ask('prepareAnswer', { kind: 'open', answer });
      return page.evaluate(`window.pokedex.call('view.open', {})`);
    };
    await expect
      .poll(() => open('{"pokeview":1,"title":"Mine"}'))
      .toMatchObject({
        ok: true,
        result: { pokeview: 2, title: 'Mine' },
      });
    await expect
      .poll(() => open('GIF89a'))
      .toMatchObject({ ok: false, error: { code: 'bad-view' } });
    expect(await page.evaluate(`window.pokedex.call('view.open', {})`)).toEqual({
      ok: true,
      result: null,
    });
  });
});

describe('the taskbar', () => {
  it('shows how far a refresh is, and nothing once it is over', async () => {
    await expect.poll(async () => (await app.ask('windows'))[0]?.progress.at(-1), PATIENT).toBe(-1);
    const shown = (await app.ask('windows'))[0]?.progress ?? [];
    const within = shown.filter((fraction) => fraction >= 0);
    expect(within.length).toBeGreaterThan(0);
    expect(within.every((fraction) => fraction <= 1)).toBe(true);
  });
});
