import type { MenuCommand } from '../../../preload/contract/menu-commands';
import { type Screen, SCREENS, useApp } from '../../state/app-store';
import type { Card } from '../../../preload/contract/cards';
import { useExplore } from '../../state/explore-store';
import type { Selection } from '../../state/selections';
import { describeFilter } from '../../state/filter-words';
import { setDock, useDock } from '../explore/dock-store';
import {
  cancelExport,
  EXPORT_CHOICES,
  exportData,
  type ExportScope,
  useExport,
} from '../export/export-data';
import { type Notice, sayFailed, takeUndo, useNotices } from '../help/notices';
import { loadCode } from '../load-code';
import { cancelRefresh, startRefresh } from '../refresh/refresh-panel-store';
import { saveTheme } from '../settings/save-settings';
import { showLog } from '../settings/show-log';
import { resetColumns } from '../table/use-column-layout';
import { clearComparison, clearSort, removeCard, showDefaultCards } from '../undo/arranging';
import { undoLast } from '../undo/undo-last';
import { openView, saveView } from '../views/view-actions';
import { closeOverlay, editCard, showOverlay, useOverlays } from './overlays';

export interface Command {
  id: string;
  title: string;
  group: 'Go to' | 'Data' | 'Filters' | 'Table' | 'SQL' | 'Dashboard' | 'Looks' | 'Help' | 'Charts';
  /** As isShortcut reads it. */
  shortcut?: string;
  /** Another one that does the same. */
  also?: string;
  /**
   * Also where text is being typed. `after-the-field` leaves the key to the field, which has an
   * undo of its own, and comes when the field had nothing to do.
   */
  whileTyping?: true | 'after-the-field';
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
  'selection.undo': undoLast,
  'selection.redo': () => useExplore.getState().redo(),
  'selection.clear': () => useExplore.getState().clearAll(),
  'search.focus': focusSearch,
  'view.save': () => void saveView(),
  'view.open': () => void openView(),
  'palette.open': togglePalette,
  'help.shortcuts': () => showOverlay('shortcuts'),
  'help.log': () => void showLog(),
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
    run: () => void startRefresh({ force: true }),
  },
  {
    id: 'refresh.cancel',
    title: 'Cancel the refresh',
    group: 'Data',
    run: MENU_RUNS['refresh.cancel'],
  },
  { id: 'export.open', title: 'Export…', group: 'Data', run: MENU_RUNS['export.open'] },
  ...exportCommands('seen', 'Export what is seen'),
  ...exportCommands('everything', 'Export everything'),
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
    title: 'Undo',
    group: 'Filters',
    shortcut: 'mod+z',
    whileTyping: 'after-the-field',
    run: MENU_RUNS['selection.undo'],
  },
  {
    id: 'selection.redo',
    title: 'Redo the filter',
    also: 'mod+y',
    group: 'Filters',
    shortcut: 'mod+shift+z',
    whileTyping: 'after-the-field',
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
    run: clearSort,
  },
  {
    id: 'table.focus',
    title: 'Go to the table',
    group: 'Table',
    shortcut: 'alt+t',
    whileTyping: true,
    run: () => inExplorer('[role="grid"] [tabindex="0"]', focus),
  },
  {
    id: 'table.copy',
    title: 'Table: copy with headers',
    group: 'Table',
    run: () => inExplorer('.dock [data-action="copy-table"]', press),
  },
  {
    id: 'table.columns',
    title: 'Table: choose columns…',
    group: 'Table',
    run: () => inExplorer('.dock [data-action="choose-columns"]', press),
  },
  {
    id: 'table.fold',
    title: 'Table: show or fold away',
    group: 'Table',
    run: () => {
      show('explore');
      setDock({ open: !useDock.getState().open });
    },
  },
  {
    id: 'sql.run',
    title: 'Run the query',
    group: 'SQL',
    run: () => {
      show('sql');
      inConsole(({ runQuery }) => runQuery());
    },
  },
  {
    id: 'sql.cancel',
    title: 'Cancel the query',
    group: 'SQL',
    run: () => inConsole(({ cancelQuery }) => cancelQuery()),
  },
  {
    id: 'sql.forget',
    title: 'Forget the queries that were run',
    group: 'SQL',
    run: () => inConsole(({ clearHistory }) => clearHistory()),
  },
  {
    id: 'compare.clear',
    title: 'Compare: take everybody out',
    group: 'Data',
    run: clearComparison,
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
    run: showDefaultCards,
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
  { id: 'help.log', title: 'Show log', group: 'Help', run: MENU_RUNS['help.log'] },
];

/** What can be done as things are: everything above, and with each chart and filter that is there. */
export function commandsNow(): Command[] {
  const { cards, selections } = useExplore.getState();
  return [
    ...COMMANDS,
    ...useNotices.getState().notices.flatMap(undoCommand),
    ...selections.map(filterCommand),
    ...cards.flatMap(chartCommands),
  ];
}

function undoCommand({ key, text, undo }: Notice): Command[] {
  if (undo === null) return [];
  const run = () => takeUndo(key);
  return [{ id: `undo.${key}`, title: `Undo: ${text}`, group: 'Dashboard', run }];
}

function filterCommand({ source, filter }: Selection): Command {
  return {
    id: `filter.remove.${source}`,
    title: `Remove filter ${describeFilter(filter)}`,
    group: 'Filters',
    run: () => useExplore.getState().select(source, null),
  };
}

function chartCommands(card: Card, index: number): Command[] {
  const menu = `.cards > :nth-child(${index + 1}) .card-tools [aria-haspopup="menu"]`;
  const of = `“${card.title}”`;
  return [
    {
      id: `chart.menu.${card.id}`,
      title: `Chart ${of}: table, full screen, copy, save…`,
      group: 'Charts',
      run: () => inExplorer(menu, press),
    },
    {
      id: `chart.edit.${card.id}`,
      title: `Edit chart ${of}…`,
      group: 'Charts',
      run: () => editCard(card),
    },
    {
      id: `chart.remove.${card.id}`,
      title: `Remove chart ${of}`,
      group: 'Charts',
      run: () => removeCard(card),
    },
  ];
}

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

function focusSearch(): void {
  inExplorer('.sidebar input[type="search"]', focus);
}

/** The console comes with its screen. */
function inConsole(act: (console: typeof import('../sql/SqlScreen')) => void): void {
  loadCode(() => import('../sql/SqlScreen'))
    .then(act)
    .catch(sayFailed);
}

/** Frames in which a screen that was not shown has been drawn. */
const MOST_FRAMES = 120;

/** Does something with what stands on the Explore screen, which may have to be drawn first. */
function inExplorer(selector: string, act: (element: HTMLElement) => void, frames = 0): void {
  show('explore');
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(selector);
    if (element !== null) act(element);
    else if (frames < MOST_FRAMES) inExplorer(selector, act, frames + 1);
  });
}

function focus(element: HTMLElement): void {
  element.focus();
}

function press(element: HTMLElement): void {
  element.scrollIntoView({ block: 'nearest' });
  element.focus();
  element.click();
}

function exportCommands(scope: ExportScope, verb: string): Command[] {
  return EXPORT_CHOICES.map((choice) => ({
    id: `export.${scope}.${choice.name}`,
    title: `${verb} as ${choice.name}`,
    group: 'Data',
    run: () => void exportData(choice, scope),
  }));
}
