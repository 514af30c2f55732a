import type { ComponentType } from 'react';
import { create } from 'zustand';
import { EXPORT_FORMATS, type ExportFormat } from '../../../preload/contract/export-formats';
import type { CallInput, ExportedFile } from '../../../preload/contract/calls';
import type { ExportProgress } from '../../../preload/contract/reports';
import type { DecimalMark } from '../../../preload/contract/spreadsheet-text';
import type { NewView } from '../../../preload/contract/view-format';
import { call, on } from '../../bridge';
import { ownId } from '../../own-id';
import { useApp } from '../../state/app-store';
import { askedKey } from '../../state/described';
import { useExplore } from '../../state/explore-store';
import { humanCount } from '../../words/counts';
import { sayDone, sayFailed } from '../help/notices';
import { dataViewOf } from '../views/view-file';
import { takeSavedFile } from '../take-saved-file';
import { savedSentence } from './saved-sentence';

export const FORMAT_NAMES: Record<ExportFormat, string> = {
  parquet: 'Parquet',
  csv: 'CSV',
  json: 'JSON',
};

export interface ExportChoice {
  name: string;
  format: ExportFormat;
  /** How decimals are written in a CSV for spreadsheets; null for exact data. */
  spreadsheet: DecimalMark | null;
}

/** What the menu offers. A spreadsheet's decimal mark is that of its own language, not the app's. */
export const EXPORT_CHOICES: readonly ExportChoice[] = [
  ...EXPORT_FORMATS.map((format) => ({ name: FORMAT_NAMES[format], format, spreadsheet: null })),
  { name: 'CSV for spreadsheets, as 1.5', format: 'csv', spreadsheet: 'point' },
  { name: 'CSV for spreadsheets, as 1,5', format: 'csv', spreadsheet: 'comma' },
];

export type ExportScope = 'seen' | 'everything';

/** What is done to the rows so that they name nobody. */
export type ExportProtection = Pick<
  CallInput<'export.data'>,
  'pseudonymised' | 'rekey' | 'k' | 'quasi'
>;

interface ExportState {
  /** The export under way, if any; one at a time. */
  running: { id: string; format: ExportFormat; since: number } | null;
  menuOpen: boolean;
  /** Null until the rows are known. */
  progress: ExportProgress | null;
  /** What is offered on the SQL screen, which brings it along; null until that is loaded. */
  ResultChoices: ComponentType | null;
}

export const useExport = create<ExportState>(() => ({
  running: null,
  menuOpen: false,
  progress: null,
  ResultChoices: null,
}));

// All pages hear of all exports; this one shows its own.
on('export.progressed', ({ id, progress }) => {
  if (useExport.getState().running?.id === id) useExport.setState({ progress });
});

/** Exports what is seen (filters, columns, sort), or the whole dataset; says how it ended. */
export async function exportData(
  { format, spreadsheet }: Omit<ExportChoice, 'name'>,
  scope: ExportScope,
  protection: ExportProtection = {},
): Promise<void> {
  if (useExport.getState().running !== null) return;
  const view: NewView | null = scope === 'seen' ? dataViewOf(useExplore.getState()) : null;
  const id = ownId();
  const version = useApp.getState().dataset?.version;
  useExport.setState({ running: { id, format, since: Date.now() }, progress: null });
  try {
    const dataset = askedKey();
    const of = dataset === undefined ? { version } : { dataset };
    const saved = await call('export.data', {
      ...{ id, ...of, format, view, spreadsheet },
      ...protection,
    });
    takeSavedFile(saved);
    sayDone(exportedSentence(saved, FORMAT_NAMES[format]));
  } catch (error) {
    sayFailed(error);
  } finally {
    useExport.setState({ running: null, progress: null });
  }
}

/** The same sentence, and what was reached where rows were made alike. */
function exportedSentence(saved: ExportedFile, what: string): string | null {
  const sentence = savedSentence(saved, what);
  const { protection } = saved;
  if (sentence === null || protection === undefined) return sentence;
  const left = protection.suppressed === 0 ? 'none' : humanCount(protection.suppressed);
  return `${sentence} k = ${protection.k === null ? 'none' : humanCount(protection.k)}, rows left out: ${left}.`;
}

export async function cancelExport(): Promise<void> {
  const { running } = useExport.getState();
  if (running === null) return;
  try {
    await call('export.cancel', { id: running.id });
  } catch (error) {
    sayFailed(error);
  }
}
