import type { ExportFormat } from '../../../preload/contract/export-formats';
import type { DecimalMark } from '../../../preload/contract/spreadsheet-text';
import { call } from '../../bridge';
import { useApp } from '../../state/app-store';
import { savedSentence } from '../export/saved-sentence';
import { sayDone } from '../help/notices';
import { loadCode } from '../load-code';
import { takeSavedFile } from '../take-saved-file';
import { withResult } from './console-store';

/** Saves a query's whole result as a file, also the rows that are not shown; says how that ended. */
export function saveResult(
  format: ExportFormat,
  spreadsheet: DecimalMark | null = null,
): Promise<void> {
  return withResult(async (asked) => {
    const saved = await call('sql.save', { ...asked, format, spreadsheet });
    takeSavedFile(saved);
    sayDone(savedSentence(saved, 'the result'));
  });
}

/** Opens a query's whole result as a table of its own, and shows it. */
export function exploreResult(): Promise<void> {
  return withResult(async (asked) => {
    const dataset = await call('sql.explore', asked);
    const { showOpened } = await loadCode(() => import('../open/show-dataset'));
    showOpened(dataset);
    useApp.getState().show('explore');
  });
}
