/**
 * Commands of the renderer that Electron's menu also offers, by the id that `command.chosen`
 * carries. Accelerators in Electron's spelling; null where the menu shows none.
 */
export const MENU_COMMANDS = {
  'view.open': { label: 'Open view…', accelerator: 'CmdOrCtrl+O' },
  'view.save': { label: 'Save view…', accelerator: 'CmdOrCtrl+S' },
  'export.open': { label: 'Export…', accelerator: 'CmdOrCtrl+E' },
  'selection.undo': { label: 'Undo selection', accelerator: null },
  'selection.redo': { label: 'Redo selection', accelerator: null },
  'selection.clear': { label: 'Clear selection', accelerator: 'CmdOrCtrl+Shift+Backspace' },
  'search.focus': { label: 'Find…', accelerator: 'CmdOrCtrl+F' },
  'palette.open': { label: 'Command palette…', accelerator: 'CmdOrCtrl+K' },
  'go.explore': { label: 'Explore', accelerator: 'CmdOrCtrl+1' },
  'go.compare': { label: 'Compare', accelerator: 'CmdOrCtrl+2' },
  'go.sql': { label: 'SQL console', accelerator: 'CmdOrCtrl+3' },
  'go.settings': { label: 'Settings…', accelerator: 'CmdOrCtrl+,' },
  'refresh.start': { label: 'Refresh data', accelerator: 'CmdOrCtrl+R' },
  'refresh.cancel': { label: 'Stop refreshing', accelerator: null },
  'help.shortcuts': { label: 'Keyboard shortcuts', accelerator: 'CmdOrCtrl+/' },
  'help.log': { label: 'Show log', accelerator: null },
} as const satisfies Record<string, { label: string; accelerator: string | null }>;

export type MenuCommand = keyof typeof MENU_COMMANDS;
