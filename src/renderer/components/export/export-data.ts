import { create } from 'zustand';
import type { ExportFormat } from '../../../preload/contract/export-formats';
import type { ExportProgress } from '../../../preload/contract/reports';
import type { View } from '../../../preload/contract/view';
import { call, on } from '../../bridge';
import { useExplore } from '../../state/explore-store';
import { sayDone, sayFailed } from '../help/notices';
import { dataViewOf } from '../views/view-file';
import { takeSavedFile } from '../take-saved-file';
import { savedSentence } from './saved-sentence';

export const FORMAT_NAMES: Record<ExportFormat, string> = {
  parquet: 'Parquet',
  csv: 'CSV',
  json: 'JSON',
};

export type ExportScope = 'seen' | 'everything';

interface ExportState {
  /** The export under way, if any; one at a time. */
  running: { format: ExportFormat; since: number } | null;
  menuOpen: boolean;
  /** Null until the rows are known. */
  progress: ExportProgress | null;
}

export const useExport = create<ExportState>(() => ({
  running: null,
  menuOpen: false,
  progress: null,
}));

on('export.progressed', (progress) => useExport.setState({ progress }));

/** Exports what is seen (filters, columns, sort), or the whole dataset; says how it ended. */
export async function exportData(format: ExportFormat, scope: ExportScope): Promise<void> {
  if (useExport.getState().running !== null) return;
  const view: View | null = scope === 'seen' ? dataViewOf(useExplore.getState()) : null;
  useExport.setState({ running: { format, since: Date.now() }, progress: null });
  try {
    const saved = await call('export.data', { format, view });
    takeSavedFile(saved);
    sayDone(savedSentence(saved, FORMAT_NAMES[format]));
  } catch (error) {
    sayFailed(error);
  } finally {
    useExport.setState({ running: null });
  }
}

export async function cancelExport(): Promise<void> {
  try {
    await call('export.cancel', {});
  } catch (error) {
    sayFailed(error);
  }
}
