import {
  type CommandId,
  commandOf,
  isCommandId,
  type Need,
  type Screen,
} from '../../../preload/contract/commands';
import { tableCommandOf } from '../../../preload/contract/table-commands';
import { useApp } from '../../state/app-store';
import { useDatasets } from '../../state/datasets';
import { publishedTitle, useDescribed } from '../../state/described';
import { useExplore } from '../../state/explore-store';
import { draftOfSelection } from '../alerts/alert-draft';
import { setDock, useDock } from '../explore/dock-store';
import { cancelExport, useExport } from '../export/export-data';
import { openProtectedExport } from '../export/protected-export-store';
import { sayFailed } from '../help/notices';
import { loadCode } from '../load-code';
import { cancelRefresh, startRefresh } from '../refresh/refresh-panel-store';
import { saveTheme } from '../settings/save-settings';
import { showLog } from '../settings/show-log';
import { resetColumns } from '../table/use-column-layout';
import { clearComparison, clearSort, showDefaultCards } from '../../undo/arranging';
import { redo, undo, useHistory } from '../../undo/history';
import { openView, saveView } from '../views/view-actions';
import { inExplorer } from './in-explorer';
import { closeOverlay, showOverlay, useOverlays } from './overlays';

/** What each command of the contract's table does, once its screen is shown. */
const RUNS: Record<CommandId, () => void> = {
  'go.explore': () => show('explore'),
  'go.compare': () => show('compare'),
  'go.sql': () => show('sql'),
  'go.changes': () => show('changes'),
  'go.alerts': () => show('alerts'),
  'go.privacy': () => show('privacy'),
  'go.settings': () => show('settings'),
  'file.open': () => inOpening(({ openFrom }) => openFrom('file')),
  'file.folder': () => inOpening(({ openFrom }) => openFrom('folder')),
  'file.reading': () => inOpening(({ showSheet }) => showSheet(true)),
  'file.reload': () => inOpening(({ reloadShown }) => reloadShown()),
  'file.close': () => inOpening(({ closeShown }) => closeShown()),
  'view.open': () => void openView(),
  'view.save': () => void saveView(),
  'chart.add': () => showOverlay('builder'),
  'cards.default': showDefaultCards,
  'refresh.start': () => void startRefresh(),
  'refresh.force': () => void startRefresh({ force: true }),
  'alert.new': draftOfSelection,
  'refresh.cancel': () => void cancelRefresh(),
  'export.open': () => useExport.setState({ menuOpen: true }),
  'export.protected': () => openProtectedExport(),
  'export.cancel': () => void cancelExport(),
  'selection.undo': undo,
  'selection.redo': redo,
  'selection.clear': () => useExplore.getState().clearAll(),
  'search.focus': () => inExplorer('.sidebar input[type="search"]', 'focus'),
  'columns.default': resetColumns,
  'sort.clear': clearSort,
  'table.focus': () => inExplorer('[role="grid"] [tabindex="0"]', 'focus'),
  'table.copy': () => inExplorer('.dock [data-action="copy-table"]', 'press'),
  'table.columns': () => inExplorer('.dock [data-action="choose-columns"]', 'press'),
  'table.fold': () => setDock({ open: !useDock.getState().open }),
  'table.usual': () => setDock({ open: true, height: null }),
  'table.third': () => setDock({ open: true, height: 'third' }),
  'table.half': () => setDock({ open: true, height: 'half' }),
  'table.full': () => setDock({ open: true, height: 'full' }),
  'rows.dense': () => setDock({ rows: 28 }),
  'rows.medium': () => setDock({ rows: 36 }),
  'rows.tall': () => setDock({ rows: 48 }),
  'sql.run': () => inConsole(({ runQuery }) => runQuery()),
  'sql.cancel': () => inConsole(({ cancelQuery }) => cancelQuery()),
  'sql.forget': () => inConsole(({ clearHistory }) => clearHistory()),
  'compare.clear': clearComparison,
  'theme.system': () => void saveTheme('system'),
  'theme.light': () => void saveTheme('light'),
  'theme.dark': () => void saveTheme('dark'),
  'palette.open': togglePalette,
  'help.shortcuts': () => showOverlay('shortcuts'),
  'help.log': () => void showLog(),
};

/** Whether what a command needs is there. */
const IS_THERE: Record<Need, () => boolean> = {
  'a filter': () => useExplore.getState().selections.length > 0,
  'a step to undo': () => useHistory.getState().past.length > 0,
  'a step to redo': () => useHistory.getState().future.length > 0,
  'a running refresh': () => useApp.getState().refresh.state === 'running',
  'a running export': () => useExport.getState().running !== null,
  'a comparison': () => useExplore.getState().compared.length > 0,
  'an opened table': () => useDescribed.getState().opened !== null,
  'an opened CSV': () => (useDescribed.getState().opened?.csv ?? null) !== null,
  'a sort order': () => useExplore.getState().sort.length > 0,
};

/** Whether a command has anything to do as things are. */
export function holdsNow(id: CommandId): boolean {
  const needs = commandOf(id)?.needs;
  return needs === undefined || IS_THERE[needs]();
}

/** Runs a command by its id. One that is not known (an older menu) or does not hold does nothing. */
export function runCommand(id: string): void {
  if (!isCommandId(id)) return runTableCommand(id);
  if (!holdsNow(id)) return;
  const screen = commandOf(id)?.screen;
  if (screen !== undefined) show(screen);
  RUNS[id]();
}

/** One that there is because of a table: chosen in an older menu, its table may be gone. */
function runTableCommand(id: string): void {
  const command = tableCommandOf(id, useDatasets.getState(), publishedTitle());
  if (command === null) return;
  const { does, of, name } = command;
  inOpening((opening) => {
    if (does === 'show') return opening.switchTo(of);
    if (of === null) return;
    return does === 'close' ? opening.closeTable(of, name) : opening.openRecent(of, name);
  });
}

/** What opens tables is loaded once the screen is drawn. */
function inOpening(
  act: (opening: typeof import('../open/open-actions')) => void | Promise<void>,
): void {
  loadCode(() => import('../open/open-actions'))
    .then(act)
    .catch(sayFailed);
}

function show(screen: Screen): void {
  useApp.getState().show(screen);
}

function togglePalette(): void {
  if (useOverlays.getState().shown === 'palette') closeOverlay();
  else showOverlay('palette');
}

/** The console is loaded with its screen. */
function inConsole(act: (console: typeof import('../sql/SqlScreen')) => void): void {
  loadCode(() => import('../sql/SqlScreen'))
    .then(act)
    .catch(sayFailed);
}
