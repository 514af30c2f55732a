import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { MENU_COMMANDS, type MenuCommand } from '../../preload/contract/menu-commands';
import { showAbout } from './about';
import type { Emit } from './events';
import { openExternalLink } from './external-links';

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The native menu: the renderer's commands by id, and the system's own roles. */
export function setupMenu(window: () => BrowserWindow | null, emit: Emit): void {
  const command = (id: MenuCommand): MenuItemConstructorOptions => {
    const { label, accelerator } = MENU_COMMANDS[id];
    return {
      id,
      label,
      click: () => emit('command.chosen', id),
      ...(accelerator === null ? {} : { accelerator }),
    };
  };
  const about: MenuItemConstructorOptions = {
    id: 'about',
    label: `About ${app.getName()}`,
    click: () => void showAbout(window()),
  };
  const onMac = process.platform === 'darwin';

  const template: MenuItemConstructorOptions[] = [
    ...(onMac ? [macMenu(about, command('go.settings'))] : []),
    {
      label: '&File',
      submenu: [
        command('view.open'),
        command('view.save'),
        SEPARATOR,
        command('export.open'),
        SEPARATOR,
        ...(onMac ? [] : [command('go.settings'), SEPARATOR]),
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
        command('selection.undo'),
        command('selection.redo'),
        command('selection.clear'),
        SEPARATOR,
        command('search.focus'),
      ],
    },
    {
      label: '&View',
      submenu: [
        command('palette.open'),
        SEPARATOR,
        command('go.explore'),
        command('go.compare'),
        command('go.sql'),
        SEPARATOR,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...developerItems(),
      ],
    },
    { label: '&Data', submenu: [command('refresh.start'), command('refresh.cancel')] },
    {
      role: 'help',
      submenu: [
        command('help.shortcuts'),
        command('help.log'),
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

function macMenu(
  about: MenuItemConstructorOptions,
  settings: MenuItemConstructorOptions,
): MenuItemConstructorOptions {
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
function developerItems(): MenuItemConstructorOptions[] {
  return app.isPackaged ? [] : [SEPARATOR, { role: 'toggleDevTools' }];
}
