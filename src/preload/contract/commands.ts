/** In the order of the rail. */
export const SCREENS = [
  'explore',
  'compare',
  'sql',
  'changes',
  'alerts',
  'privacy',
  'settings',
] as const;
export type Screen = (typeof SCREENS)[number];

/** The menus that hold the app's commands. */
export type MenuName = 'file' | 'edit' | 'view' | 'data' | 'help';

/** What has to be there before a command has anything to do. */
export type Need =
  | 'a filter'
  | 'a step to undo'
  | 'a step to redo'
  | 'a running refresh'
  | 'a running export'
  | 'a comparison'
  | 'an opened table'
  | 'an opened CSV'
  | 'a sort order';

export type CommandGroup =
  | 'Go to'
  | 'Tables'
  | 'Data'
  | 'Filters'
  | 'Table'
  | 'SQL'
  | 'Dashboard'
  | 'Looks'
  | 'Help'
  | 'Charts';

/**
 * A command as the menu, the palette and the help sheet show it. Keys are written as
 * `mod+shift+z`: `mod` is ⌘ on a Mac and Ctrl elsewhere.
 */
export interface Command {
  title: string;
  group: CommandGroup;
  /** Other words that the palette finds it by. */
  words?: string;
  /** Keys that the page listens to, in every host. The help sheet names the first. */
  keys?: readonly string[];
  /**
   * The native menu's key where it differs, because a browser keeps that key for itself. Null where
   * the menu shows no key, because the system's own menu item has it.
   */
  menuKey?: string | null;
  /**
   * Whether the keys also work while text is being typed. `after-the-field` leaves the key to the
   * field, which has an undo of its own; the command runs when the field had nothing to do.
   */
  whileTyping?: true | 'after-the-field';
  /** Absent where the native menu does not show it. */
  menu?: MenuName;
  /** The screen it works on, which is shown first. Absent where it works on any. */
  screen?: Screen;
  /** Without it the command does nothing, and the palette leaves it out. */
  needs?: Need;
}

/** Every command of the app that does not depend on which charts and filters there are. */
export const COMMANDS = {
  'go.explore': {
    title: 'Explore',
    group: 'Go to',
    words: 'charts dashboard',
    keys: ['alt+1'],
    menuKey: 'mod+1',
    whileTyping: true,
    menu: 'view',
  },
  'go.compare': {
    title: 'Compare',
    group: 'Go to',
    keys: ['alt+2'],
    menuKey: 'mod+2',
    whileTyping: true,
    menu: 'view',
  },
  'go.sql': {
    title: 'SQL',
    group: 'Go to',
    words: 'console query',
    keys: ['alt+3'],
    menuKey: 'mod+3',
    whileTyping: true,
    menu: 'view',
  },
  'go.changes': {
    title: 'Changes',
    group: 'Go to',
    words: 'history versions',
    keys: ['alt+4'],
    menuKey: 'mod+4',
    whileTyping: true,
    menu: 'view',
  },
  'go.alerts': {
    title: 'Alerts',
    group: 'Go to',
    words: 'rules notifications fired',
    keys: ['alt+5'],
    menuKey: 'mod+5',
    whileTyping: true,
    menu: 'view',
  },
  'go.privacy': {
    title: 'Privacy',
    group: 'Go to',
    words: 'gdpr re-identification anonymous pseudonymised k-anonymity erasure protection',
    keys: ['alt+6'],
    menuKey: 'mod+6',
    whileTyping: true,
    menu: 'view',
  },
  'go.settings': {
    title: 'Settings',
    group: 'Go to',
    words: 'preferences options',
    keys: ['alt+7'],
    menuKey: 'mod+,',
    whileTyping: true,
    menu: 'view',
  },
  'file.open': {
    title: 'Open file…',
    group: 'Tables',
    words: 'parquet csv json arrow table',
    keys: ['mod+o'],
    whileTyping: true,
    menu: 'file',
  },
  'file.folder': {
    title: 'Open folder…',
    group: 'Tables',
    words: 'delta spark hive table',
    menu: 'file',
  },
  'file.reading': {
    title: 'How the file is read…',
    group: 'Tables',
    words: 'csv encoding header decimals types',
    menu: 'file',
    needs: 'an opened CSV',
  },
  'file.reload': {
    title: 'Read the file again',
    group: 'Tables',
    words: 'reload changed',
    menu: 'file',
    needs: 'an opened table',
  },
  'file.close': {
    title: 'Close the table',
    group: 'Tables',
    menu: 'file',
    needs: 'an opened table',
  },
  'view.open': {
    title: 'Open view…',
    group: 'Dashboard',
    keys: ['mod+shift+o'],
    whileTyping: true,
    menu: 'file',
  },
  'view.save': {
    title: 'Save view…',
    group: 'Dashboard',
    keys: ['mod+s'],
    whileTyping: true,
    menu: 'file',
  },
  'chart.add': {
    title: 'Add a chart…',
    group: 'Dashboard',
    words: 'new card',
    keys: ['alt+n'],
    menuKey: null,
    whileTyping: true,
    menu: 'view',
  },
  'cards.default': { title: 'Default charts', group: 'Dashboard', words: 'reset cards' },
  'refresh.start': {
    title: 'Refresh data',
    group: 'Data',
    words: 'update gather fetch',
    keys: ['alt+r'],
    menuKey: 'mod+r',
    whileTyping: true,
    menu: 'data',
  },
  'refresh.force': {
    title: 'Refresh data, fetching every document again',
    group: 'Data',
    words: 'update gather force',
    menu: 'data',
  },
  'alert.new': {
    title: 'Alert me when this changes…',
    group: 'Data',
    words: 'rule notify watch filters columns',
    menu: 'view',
  },
  'refresh.cancel': {
    title: 'Cancel the refresh',
    group: 'Data',
    words: 'stop',
    menu: 'data',
    needs: 'a running refresh',
  },
  'export.open': {
    title: 'Export…',
    group: 'Data',
    words: 'save download',
    menuKey: 'mod+e',
    menu: 'file',
  },
  'export.protected': {
    title: 'Export without names…',
    group: 'Data',
    words: 'pseudonymised anonymous k-anonymity privacy save',
    menu: 'file',
  },
  'export.cancel': {
    title: 'Cancel the export',
    group: 'Data',
    words: 'stop',
    needs: 'a running export',
  },
  'selection.undo': {
    title: 'Undo the last step',
    group: 'Filters',
    words: 'back',
    keys: ['mod+z'],
    menuKey: null,
    whileTyping: 'after-the-field',
    menu: 'edit',
    needs: 'a step to undo',
  },
  'selection.redo': {
    title: 'Redo the last step',
    group: 'Filters',
    keys: ['mod+shift+z', 'mod+y'],
    menuKey: null,
    whileTyping: 'after-the-field',
    menu: 'edit',
    needs: 'a step to redo',
  },
  'selection.clear': {
    title: 'Clear all filters',
    group: 'Filters',
    words: 'remove selection',
    keys: ['alt+c'],
    menuKey: 'mod+shift+backspace',
    menu: 'edit',
    needs: 'a filter',
  },
  'search.focus': {
    title: 'Search in the explorer',
    group: 'Filters',
    words: 'find',
    keys: ['/'],
    menuKey: 'mod+f',
    menu: 'edit',
    screen: 'explore',
  },
  'columns.default': {
    title: 'Table: the usual columns',
    group: 'Table',
    words: 'reset default',
    screen: 'explore',
  },
  'sort.clear': {
    title: 'Table: clear the order',
    group: 'Table',
    words: 'sort',
    needs: 'a sort order',
  },
  'table.focus': {
    title: 'Go to the table',
    group: 'Table',
    keys: ['alt+t'],
    menuKey: null,
    whileTyping: true,
    menu: 'view',
    screen: 'explore',
  },
  'table.copy': { title: 'Table: copy with headers', group: 'Table', screen: 'explore' },
  'table.columns': { title: 'Table: choose columns…', group: 'Table', screen: 'explore' },
  'table.fold': { title: 'Table: show or fold away', group: 'Table', screen: 'explore' },
  'table.usual': { title: 'Table: usual height', group: 'Table', words: 'size', screen: 'explore' },
  'table.third': {
    title: 'Table: a third',
    group: 'Table',
    words: 'size height',
    screen: 'explore',
  },
  'table.half': { title: 'Table: half', group: 'Table', words: 'size height', screen: 'explore' },
  'table.full': {
    title: 'Table: full, charts hidden',
    group: 'Table',
    words: 'size height',
    screen: 'explore',
  },
  'rows.dense': { title: 'Table: dense rows', group: 'Table', words: 'density', screen: 'explore' },
  'rows.medium': {
    title: 'Table: medium rows',
    group: 'Table',
    words: 'density',
    screen: 'explore',
  },
  'rows.tall': { title: 'Table: tall rows', group: 'Table', words: 'density', screen: 'explore' },
  'sql.run': { title: 'Run the query', group: 'SQL', screen: 'sql' },
  'sql.cancel': { title: 'Cancel the query', group: 'SQL', words: 'stop' },
  'sql.forget': { title: 'Forget the queries that were run', group: 'SQL', words: 'history' },
  'compare.clear': {
    title: 'Compare: take everybody out',
    group: 'Data',
    words: 'clear remove all',
    needs: 'a comparison',
  },
  'theme.system': { title: 'Theme: system', group: 'Looks', words: 'appearance' },
  'theme.light': { title: 'Theme: light', group: 'Looks', words: 'appearance bright' },
  'theme.dark': { title: 'Theme: dark', group: 'Looks', words: 'appearance night' },
  'palette.open': {
    title: 'Search and commands',
    group: 'Help',
    keys: ['mod+k'],
    whileTyping: true,
    menu: 'view',
  },
  'help.shortcuts': {
    title: 'Keyboard shortcuts',
    group: 'Help',
    words: 'keys',
    keys: ['?'],
    menuKey: 'mod+/',
    menu: 'help',
  },
  'help.log': { title: 'Show log', group: 'Help', menu: 'help' },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof COMMANDS;

/** Null for an id that is not known, as an older page or menu may send one. */
export function commandOf(id: string): Command | null {
  return isCommandId(id) ? COMMANDS[id] : null;
}

export function isCommandId(id: string): id is CommandId {
  return Object.hasOwn(COMMANDS, id);
}

export const COMMAND_IDS = Object.keys(COMMANDS).filter(isCommandId);

/** The key that stands beside a command in the native menu. */
export function menuKeyOf({ keys, menuKey }: Command): string | null {
  return menuKey === undefined ? (keys?.[0] ?? null) : menuKey;
}

/** The key that the palette and the help sheet name: in a window of its own, the menu's. */
export function shownKeyOf(command: Command, hasMenu: boolean): string | null {
  const own = command.keys?.[0] ?? null;
  return hasMenu && command.menu !== undefined ? (menuKeyOf(command) ?? own) : own;
}
