import type { CsvReading } from '../../preload/contract/opened';
import type { Scan, ScanColumn, ScanNote } from '../base/scan';
import type { Listing } from './listing';

export type DatasetFormat = 'parquet' | 'csv' | 'json' | 'arrow' | 'delta';

/** What is opened, ready to be read. */
export interface OpenedScan extends Scan {
  /** Of the file or folder, for titles and sentences. */
  readonly name: string;
  readonly format: DatasetFormat;
  readonly rows: number;
  /** Tells of files that come to an opened folder or pattern; null for one file, and for a Delta table. */
  readonly listing: Listing | null;
  /** How a CSV was read; null for what is none. */
  readonly csv: CsvReading | null;
  /** Removes what was unpacked or converted for it; `from` cannot be read afterwards. */
  close(): Promise<void>;
}

/** One format's part of an opened scan. */
export interface Reading {
  from: string;
  columns: readonly ScanColumn[];
  notes: readonly ScanNote[];
  rows: number;
  csv: CsvReading | null;
}
