import { create } from 'zustand';
import { wantK } from '../../state/risk';
import type { ExportScope } from './export-data';

/** How a file that shall name nobody is made. */
export interface ProtectedExport {
  scope: ExportScope;
  /** By its name among the export menu's. */
  choice: string;
  pseudonymised: boolean;
  rekey: boolean;
  /** Generalised until rows are alike in the columns that the meter is set to. */
  isAlike: boolean;
}

interface State extends ProtectedExport {
  opened: boolean;
}

export const useProtectedExport = create<State>(() => ({
  opened: false,
  scope: 'seen',
  choice: 'Parquet',
  pseudonymised: true,
  rekey: false,
  isAlike: false,
}));

/** Opens the window; with `k`, set to make so many rows alike. */
export function openProtectedExport({ k }: { k?: number } = {}): void {
  if (k !== undefined) wantK(k);
  useProtectedExport.setState({ opened: true, ...(k === undefined ? {} : { isAlike: true }) });
}

export function closeProtectedExport(): void {
  useProtectedExport.setState({ opened: false });
}

export function setProtectedExport(part: Partial<ProtectedExport>): void {
  useProtectedExport.setState(part);
}
