import { type Screen, SCREENS, useApp } from '../../state/app-store';
import { useExplore } from '../../state/explore-store';
import { DEFAULT_CARDS } from '../../state/cards';
import { cancelExport, EXPORT_FORMATS, exportData, FORMAT_NAMES } from '../export/export-data';
import { cancelRefresh, startRefresh } from '../refresh/refresh-panel-store';
import { saveTheme } from '../settings/save-settings';
import { openView, saveView } from '../views/view-actions';
import { closeOverlay, showOverlay, useOverlays } from './overlays';

export interface Command {
  id: string;
  title: string;
  group: 'Go to' | 'Data' | 'Filters' | 'Dashboard' | 'Looks' | 'Help';
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

/** Everything the app can be told to do: for the palette, the shortcuts and the native menu. */
export const COMMANDS: readonly Command[] = [
  ...SCREENS.map((screen, index): Command => ({
    id: `show-${screen}`,
    title: SCREEN_NAMES[screen],
    group: 'Go to',
    shortcut: `alt+${index + 1}`,
    whileTyping: true,
    run: () => useApp.getState().show(screen),
  })),
  {
    id: 'refresh',
    title: 'Refresh data',
    group: 'Data',
    shortcut: 'alt+r',
    whileTyping: true,
    run: () => void startRefresh(),
  },
  {
    id: 'refresh-force',
    title: 'Refresh data, fetching every document again',
    group: 'Data',
    run: () => void startRefresh(true),
  },
  {
    id: 'refresh-cancel',
    title: 'Cancel the refresh',
    group: 'Data',
    run: () => void cancelRefresh(),
  },
  ...EXPORT_FORMATS.map((format): Command => ({
    id: `export-seen-${format}`,
    title: `Export what is seen as ${FORMAT_NAMES[format]}`,
    group: 'Data',
    run: () => void exportData(format, 'seen'),
  })),
  ...EXPORT_FORMATS.map((format): Command => ({
    id: `export-everything-${format}`,
    title: `Export everything as ${FORMAT_NAMES[format]}`,
    group: 'Data',
    run: () => void exportData(format, 'everything'),
  })),
  {
    id: 'export-cancel',
    title: 'Cancel the export',
    group: 'Data',
    run: () => void cancelExport(),
  },
  {
    id: 'undo',
    title: 'Undo the last filter',
    group: 'Filters',
    shortcut: 'mod+z',
    run: () => useExplore.getState().undo(),
  },
  {
    id: 'redo',
    title: 'Redo the filter',
    group: 'Filters',
    shortcut: 'mod+shift+z',
    run: () => useExplore.getState().redo(),
  },
  {
    id: 'clear-all',
    title: 'Clear all filters',
    group: 'Filters',
    shortcut: 'alt+c',
    run: () => useExplore.getState().clearAll(),
  },
  {
    id: 'add-chart',
    title: 'Add a chart…',
    group: 'Dashboard',
    shortcut: 'alt+n',
    whileTyping: true,
    run: () => showOverlay('builder'),
  },
  {
    id: 'save-view',
    title: 'Save view…',
    group: 'Dashboard',
    shortcut: 'mod+s',
    whileTyping: true,
    run: () => void saveView(),
  },
  {
    id: 'open-view',
    title: 'Open view…',
    group: 'Dashboard',
    shortcut: 'mod+o',
    whileTyping: true,
    run: () => void openView(),
  },
  {
    id: 'default-cards',
    title: 'Default charts',
    group: 'Dashboard',
    run: () => useExplore.getState().setCards(DEFAULT_CARDS),
  },
  {
    id: 'theme-system',
    title: 'Theme: system',
    group: 'Looks',
    run: () => void saveTheme('system'),
  },
  { id: 'theme-light', title: 'Theme: light', group: 'Looks', run: () => void saveTheme('light') },
  { id: 'theme-dark', title: 'Theme: dark', group: 'Looks', run: () => void saveTheme('dark') },
  {
    id: 'palette',
    title: 'Search and commands',
    group: 'Help',
    shortcut: 'mod+k',
    whileTyping: true,
    run: () =>
      useOverlays.getState().shown === 'palette' ? closeOverlay() : showOverlay('palette'),
  },
  {
    id: 'help',
    title: 'Keyboard shortcuts',
    group: 'Help',
    shortcut: '?',
    run: () => showOverlay('shortcuts'),
  },
];

/** Runs a command by its id; one that is not known (an older menu) does nothing. */
export function runCommand(id: string): void {
  COMMANDS.find((command) => command.id === id)?.run();
}
