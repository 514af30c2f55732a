import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import {
  COMMAND_IDS,
  type CommandId,
  commandOf,
  COMMANDS,
  menuKeyOf,
  type MenuName,
} from '../../preload/contract/commands';
import type { Datasets } from '../../preload/contract/opened';
import { type TableCommand, tableCommands } from '../../preload/contract/table-commands';
import { printable, shortened } from '../../preload/contract/printable';
import { showAbout } from './about';
import type { Emit } from './events';
import { openExternalLink } from './external-links';

type Item = MenuItemConstructorOptions;

const LONGEST_NAME = 60;
const SEPARATOR: Item = { type: 'separator' };
const SETTINGS: CommandId = 'go.settings';

/** What the menu shows of the tables: those that are open, and those that were. */
export type MenuTables = Pick<Datasets, 'open' | 'recent'>;

/** The native menu: the app's commands by id, and the system's own roles. */
export function setupMenu(
  window: () => BrowserWindow | null,
  emit: Emit,
  { tables, published }: { tables: MenuTables; published: string },
): void {
  const onMac = process.platform === 'darwin';
  const about: Item = {
    id: 'about',
    label: `About ${app.getName()}`,
    click: () => void showAbout(window()),
  };
  /** The table's commands for one menu; a line stands between two groups. */
  const commands = (menu: MenuName): Item[] => {
    // A Mac has the settings in the menu of the app.
    const ids = commandsOf(menu).filter((id) => !onMac || id !== SETTINGS);
    return ids.flatMap((id, index) => {
      const before = ids[index - 1];
      const starts = before !== undefined && COMMANDS[before].group !== COMMANDS[id].group;
      return starts ? [SEPARATOR, itemOf(id, emit)] : [itemOf(id, emit)];
    });
  };
  const template: Item[] = [
    ...(onMac ? [macMenu(about, itemOf(SETTINGS, emit))] : []),
    {
      label: '&File',
      submenu: [
        ...tableMenus(tableCommands(tables, published), emit),
        SEPARATOR,
        ...commands('file'),
        SEPARATOR,
        { role: onMac ? 'close' : 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        SEPARATOR,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        SEPARATOR,
        ...commands('edit'),
      ],
    },
    {
      label: '&View',
      submenu: [
        ...commands('view'),
        SEPARATOR,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...developerItems(),
      ],
    },
    { label: '&Data', submenu: commands('data') },
    {
      role: 'help',
      submenu: [
        ...commands('help'),
        {
          id: 'pokeapi',
          label: 'About PokéAPI',
          click: () => openExternalLink('https://pokeapi.co/about'),
        },
        ...(onMac ? [] : [SEPARATOR, about]),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** A menu of tables to show, of tables to close and of recent ones; none where it would be empty. */
function tableMenus(all: readonly TableCommand[], emit: Emit): Item[] {
  const menus: [label: string, does: TableCommand['does']][] = [
    ['Show table', 'show'],
    ['Close table', 'close'],
    ['Open recent', 'recent'],
  ];
  return menus.flatMap(([label, does]) => {
    const items = all
      .filter((one) => one.does === does)
      .map(({ id, name }): Item => ({
        id,
        label: menuText(name),
        click: () => emit('command.chosen', id),
      }));
    return items.length === 0 ? [] : [{ label, submenu: items }];
  });
}

/** In a menu `&` marks the letter of a key. */
function menuText(name: string): string {
  return shortened(printable(name), LONGEST_NAME).replaceAll('&', '&&');
}

function commandsOf(menu: MenuName): CommandId[] {
  return COMMAND_IDS.filter((id) => commandOf(id)?.menu === menu);
}

function itemOf(id: CommandId, emit: Emit): Item {
  const key = menuKeyOf(COMMANDS[id]);
  return {
    id,
    label: COMMANDS[id].title,
    click: () => emit('command.chosen', id),
    ...(key === null ? {} : { accelerator: acceleratorOf(key) }),
  };
}

/** A key in Electron's spelling: `CmdOrCtrl+Shift+Backspace`. */
function acceleratorOf(key: string): string {
  const parts = key.split('+');
  return parts
    .map((part) => (part === 'mod' ? 'CmdOrCtrl' : part.charAt(0).toUpperCase() + part.slice(1)))
    .join('+');
}

function macMenu(about: Item, settings: Item): Item {
  return {
    label: app.getName(),
    submenu: [
      about,
      SEPARATOR,
      settings,
      SEPARATOR,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      SEPARATOR,
      { role: 'quit' },
    ],
  };
}

/** A packaged app has no developer tools: the page in it is not for typing code into. */
function developerItems(): Item[] {
  return app.isPackaged ? [] : [SEPARATOR, { role: 'toggleDevTools' }];
}
