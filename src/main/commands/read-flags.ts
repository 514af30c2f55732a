import type { ExportFormat } from '../../preload/contract/export-formats';
import type { DecimalMark } from '../../preload/contract/spreadsheet-text';
import type { CommonOptions } from './options';

/** The reading commands' options and limits. */

/** Rows a query prints at most: a longer table is not read, and takes long to draw. */
export const MAX_ROWS = { table: 1_000, json: 100_000, csv: 100_000 };
/** How long a query may take. */
export const TIME_LIMIT_MS = 60_000;

/** A CSV as spreadsheets open it. */
export interface SpreadsheetFlags {
  forSpreadsheets?: true;
  decimal?: DecimalMark;
}

export interface ExportFlags extends CommonOptions, SpreadsheetFlags {
  out: string;
  format?: ExportFormat;
  view?: string;
  from?: string;
  version?: number;
  pseudonymised?: true;
  rekey?: true;
  mapping?: string;
  k?: number;
  quasi?: string[];
}

export interface HistoryFlags extends CommonOptions {
  files?: true;
}

export type QueryFormat = 'table' | 'json' | 'csv';

/** A file that a query sees as a table. */
export interface NamedPath {
  name: string;
  path: string;
}

export interface QueryFlags extends CommonOptions, SpreadsheetFlags {
  format: QueryFormat;
  version?: number;
  with?: NamedPath[];
}

export interface ChangesFlags extends CommonOptions {
  from?: number;
  to?: number;
}
