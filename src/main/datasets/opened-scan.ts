import type { CsvDialect } from '../base/duckdb-scan';
import type { Scan, ScanColumn, ScanNote } from '../base/scan';
import type { EncodingName } from './text-encoding';

export type DatasetFormat = 'parquet' | 'csv' | 'json' | 'arrow' | 'delta';

/** What is opened, ready to be read. */
export interface OpenedScan extends Scan {
  /** Of the file or folder, for titles and sentences. */
  readonly name: string;
  readonly format: DatasetFormat;
  readonly rows: number;
  /** How a CSV was read; null for what is none. */
  readonly csv: CsvReading | null;
  /** Removes what was unpacked or converted for it; `from` cannot be read afterwards. */
  close(): Promise<void>;
}

/** How a CSV is read: what a person is shown, and may correct. */
export interface CsvReading {
  dialect: CsvDialect;
  encoding: EncodingName;
  header: boolean;
  decimal: '.' | ',';
  /** DuckDB's type per column. */
  types: Readonly<Record<string, string>>;
}

/** What a person has corrected; the rest is found out. */
export interface CsvChoices {
  delimiter?: string;
  quote?: string;
  escape?: string;
  header?: boolean;
  skip?: number;
  encoding?: EncodingName;
  decimal?: '.' | ',';
  types?: Readonly<Record<string, string>>;
}

/** One format's part of an opened scan. */
export interface Reading {
  from: string;
  columns: readonly ScanColumn[];
  notes: readonly ScanNote[];
  rows: number;
  csv: CsvReading | null;
}
