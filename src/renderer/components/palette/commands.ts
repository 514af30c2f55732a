import { EXPORT_FORMATS } from '../../../preload/contract/export-formats';
import type { MenuCommand } from '../../../preload/contract/menu-commands';
import { type Screen, SCREENS, useApp } from '../../state/app-store';
import { useExplore } from '../../state/explore-store';
import { DEFAULT_CARDS } from '../../state/default-cards';
import { cancelExport, exportData, FORMAT_NAMES, useExport } from '../export/export-data';
import { cancelRefresh, startRefresh } from '../refresh/refresh-panel-store';
import { saveTheme } from '../settings/save-settings';
import { resetColumns } from '../table/use-column-layout';
import { openView, saveView } from '../views/view-actions';
import { closeOverlay, showOverlay, useOverlays } from './overlays';

export interface Command {
  id: string;
  title: string;
  group: 'Go to' | 'Data' | 'Filters' | 'Table' | 'Dashboard' | 'Looks' | 'Help';
  /** As isShortcut reads it. */
  shortcut?: string;
  /** Also where text is being typed; not so for undo, which the text field has of its own. */
  whileTyping?: boolean;
  run(): void;
}

const SCREEN_NAMES: Record<Screen, string> = {
  explore: 'Explore',
  compare: 'Compare',
  sql: 'SQL',
  changes: 'Changes',
  settings: 'Settings',
};

/** What the native menu can ask for: each of its ids has an answer here. */
const MENU_RUNS: Record<MenuCommand, () => void> = {
  'go.explore': () => show('explore'),
  'go.compare': () => show('compare'),
  'go.sql': () => show('sql'),
  'go.settings': () => show('settings'),
  'refresh.start': () => void startRefresh(),
  'refresh.cancel': () => void cancelRefresh(),
  'export.open': () => useExport.setState({ menuOpen: true }),
  'selection.undo': () => useExplore.getState().undo(),
  'selection.redo': () => useExplore.getState().redo(),
  'selection.clear': () => useExplore.getState().clearAll(),
  'search.focus': focusSearch,
  'view.save': () => void saveView(),
  'view.open': () => void openView(),
  'palette.open': togglePalette,
  'help.shortcuts': () => showOverlay('shortcuts'),
};

/** Everything the app can be told to do: for the palette, the shortcuts and the native menu. */
export const COMMANDS: readonly Command[] = [
  ...SCREENS.map((screen, index): Command => ({
    id: `go.${screen}`,
    title: SCREEN_NAMES[screen],
    group: 'Go to',
    shortcut: `alt+${index + 1}`,
    whileTyping: true,
    run: () => show(screen),
  })),
  {
    id: 'refresh.start',
    title: 'Refresh data',
    group: 'Data',
    shortcut: 'alt+r',
    whileTyping: true,
    run: MENU_RUNS['refresh.start'],
  },
  {
    id: 'refresh.force',
    title: 'Refresh data, fetching every document again',
    group: 'Data',
    run: () => void startRefresh(true),
  },
  {
    id: 'refresh.cancel',
    title: 'Cancel the refresh',
    group: 'Data',
    run: MENU_RUNS['refresh.cancel'],
  },
  { id: 'export.open', title: 'Export…', group: 'Data', run: MENU_RUNS['export.open'] },
  ...EXPORT_FORMATS.map((format): Command => ({
    id: `export.seen.${format}`,
    title: `Export what is seen as ${FORMAT_NAMES[format]}`,
    group: 'Data',
    run: () => void exportData(format, 'seen'),
  })),
  ...EXPORT_FORMATS.map((format): Command => ({
    id: `export.everything.${format}`,
    title: `Export everything as ${FORMAT_NAMES[format]}`,
    group: 'Data',
    run: () => void exportData(format, 'everything'),
  })),
  {
    id: 'export.cancel',
    title: 'Cancel the export',
    group: 'Data',
    run: () => void cancelExport(),
  },
  {
    id: 'search.focus',
    title: 'Search in the explorer',
    group: 'Filters',
    shortcut: '/',
    run: MENU_RUNS['search.focus'],
  },
  {
    id: 'selection.undo',
    title: 'Undo the last filter',
    group: 'Filters',
    shortcut: 'mod+z',
    run: MENU_RUNS['selection.undo'],
  },
  {
    id: 'selection.redo',
    title: 'Redo the filter',
    group: 'Filters',
    shortcut: 'mod+shift+z',
    run: MENU_RUNS['selection.redo'],
  },
  {
    id: 'selection.clear',
    title: 'Clear all filters',
    group: 'Filters',
    shortcut: 'alt+c',
    run: MENU_RUNS['selection.clear'],
  },
  {
    id: 'columns.default',
    title: 'Table: the usual columns',
    group: 'Table',
    run: () => {
      show('explore');
      resetColumns();
    },
  },
  {
    id: 'sort.clear',
    title: 'Table: clear the order',
    group: 'Table',
    run: () => useExplore.getState().setSort([]),
  },
  {
    id: 'table.focus',
    title: 'Go to the table',
    group: 'Table',
    shortcut: 'alt+t',
    whileTyping: true,
    run: () => focusInExplorer('[role="grid"] [tabindex="0"]'),
  },
  {
    id: 'compare.clear',
    title: 'Compare: take everybody out',
    group: 'Data',
    run: () => {
      const { compared, toggleCompared } = useExplore.getState();
      for (const id of compared) toggleCompared(id);
    },
  },
  {
    id: 'chart.add',
    title: 'Add a chart…',
    group: 'Dashboard',
    shortcut: 'alt+n',
    whileTyping: true,
    run: () => showOverlay('builder'),
  },
  {
    id: 'view.save',
    title: 'Save view…',
    group: 'Dashboard',
    shortcut: 'mod+s',
    whileTyping: true,
    run: MENU_RUNS['view.save'],
  },
  {
    id: 'view.open',
    title: 'Open view…',
    group: 'Dashboard',
    shortcut: 'mod+o',
    whileTyping: true,
    run: MENU_RUNS['view.open'],
  },
  {
    id: 'cards.default',
    title: 'Default charts',
    group: 'Dashboard',
    run: () => useExplore.getState().setCards(DEFAULT_CARDS),
  },
  {
    id: 'theme.system',
    title: 'Theme: system',
    group: 'Looks',
    run: () => void saveTheme('system'),
  },
  { id: 'theme.light', title: 'Theme: light', group: 'Looks', run: () => void saveTheme('light') },
  { id: 'theme.dark', title: 'Theme: dark', group: 'Looks', run: () => void saveTheme('dark') },
  {
    id: 'palette.open',
    title: 'Search and commands',
    group: 'Help',
    shortcut: 'mod+k',
    whileTyping: true,
    run: togglePalette,
  },
  {
    id: 'help.shortcuts',
    title: 'Keyboard shortcuts',
    group: 'Help',
    shortcut: '?',
    run: MENU_RUNS['help.shortcuts'],
  },
];

/** Runs a command by its id; one that is not known (an older menu) does nothing. */
export function runCommand(id: string): void {
  COMMANDS.find((command) => command.id === id)?.run();
}

function show(screen: Screen): void {
  useApp.getState().show(screen);
}

function togglePalette(): void {
  if (useOverlays.getState().shown === 'palette') closeOverlay();
  else showOverlay('palette');
}

/** What stands on the Explore screen, which may have to be drawn first. */
function focusSearch(): void {
  focusInExplorer('.sidebar input[type="search"]');
}

/** The screen may have to be drawn first, and draws its parts one after the other. */
const FOCUS_WAIT_FRAMES = 120;

function focusInExplorer(selector: string): void {
  show('explore');
  const focusOnceThere = (frames: number) => {
    const place = document.querySelector<HTMLElement>(selector);
    if (place !== null) place.focus();
    else if (frames > 0) requestAnimationFrame(() => focusOnceThere(frames - 1));
  };
  requestAnimationFrame(() => focusOnceThere(FOCUS_WAIT_FRAMES));
}
