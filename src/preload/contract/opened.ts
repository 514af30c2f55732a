import { z } from 'zod';
import { type ColumnCorrections, columnCorrectionsSchema } from './column-corrections';
import type { DatasetDescriptor, DatasetKey } from './descriptor';
import type { ErrorShape } from './errors';
import { columnName } from './filters';
import type { NewView } from './view-format';

/** What a person has opened beside the published data: files, folders, Delta tables. */

/** Encodings of text that can be opened. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type EncodingName = (typeof ENCODINGS)[number];

const sign = z.string().min(1).max(4);

/** What a person has corrected of a CSV; the rest is found out. */
export const csvChoicesSchema = z.strictObject({
  delimiter: sign.exactOptional(),
  quote: sign.exactOptional(),
  escape: sign.exactOptional(),
  header: z.boolean().exactOptional(),
  /** Lines before the header, or before the first row where there is no header. */
  skip: z.int().min(0).max(1_000_000).exactOptional(),
  encoding: z.enum(ENCODINGS).exactOptional(),
  decimal: z.enum(['.', ',']).exactOptional(),
  /** DuckDB's type for columns by name. */
  types: z.record(columnName, z.string().max(100)).exactOptional(),
});

export type CsvChoices = z.infer<typeof csvChoicesSchema>;

/** How a CSV is read: what a person is shown, and may correct. */
export interface CsvReading {
  dialect: { delimiter: string; quote: string; escape: string; skip: number; header: boolean };
  encoding: EncodingName;
  header: boolean;
  decimal: '.' | ',';
  /** DuckDB's type per column. */
  types: Readonly<Record<string, string>>;
}

/** One sentence about the rows: a column kept as text, lines that could not be read. */
export interface OpenedNote {
  readonly column?: string;
  /** How many values, lines or columns it is about. */
  readonly count: number;
  readonly what: string;
}

/** One open table, described: what the page needs to show it. Names, never paths. */
export interface OpenedDataset {
  described: DatasetDescriptor;
  firstView: NewView;
  notes: readonly OpenedNote[];
  /** Null for what is not a CSV. */
  csv: CsvReading | null;
  /** What of it a person has corrected. */
  corrected: CsvChoices;
  /** What of its columns a person has corrected: `described` has it already. */
  columns: ColumnCorrections;
}

/** A table whose columns a person has corrected, as it is seen from then on. */
export type CorrectedColumns = Pick<OpenedDataset, 'described' | 'firstView' | 'columns'>;

export interface OpenTable {
  key: DatasetKey;
  title: string;
  kind: DatasetDescriptor['kind'];
  rows: number;
  /** The name it has in SQL. */
  sqlName: string;
  /** Its files are no longer as they were when they were read. */
  changed: boolean;
}

/** A table that was opened before, by a name of its own instead of its path. */
export interface RecentTable {
  id: string;
  title: string;
  kind: DatasetDescriptor['kind'];
  rows: number;
  opened_at: string;
}

export interface Datasets {
  open: OpenTable[];
  /** The last opened one first; none that is open. */
  recent: RecentTable[];
  /** What was last asked for from outside the page, by the command line or the system; null: nothing. */
  asked: Asked | null;
  /** What was asked for from there and could not be opened, the last ones. */
  refused: readonly Refused[];
}

/** Each time that something is asked for has an id, larger than those before, also of another run. */
export interface Asked {
  id: number;
  key: DatasetKey;
}

export interface Refused {
  id: number;
  error: ErrorShape;
}

export type OpenOutcome = { kind: 'opened'; dataset: OpenedDataset } | { kind: 'cancelled' };

export const datasetKey = z.string().min(1).max(100);
const uploadId = z.string().regex(/^[0-9a-f]{32}$/);

export const DATASET_CALLS = {
  /**
   * Opens what the person chooses in a dialog, opened before, or has handed to the page; a version of
   * the published data, by itself or to be seen against another one; or what changed in all of them.
   */
  'datasets.open': z.discriminatedUnion('from', [
    z.strictObject({ from: z.enum(['file', 'folder']) }),
    z.strictObject({ from: z.literal('recent'), id: z.string().min(1).max(100) }),
    z.strictObject({ from: z.literal('upload'), id: uploadId }),
    z.strictObject({
      from: z.literal('version'),
      version: z.int().positive(),
      against: z.int().positive().exactOptional(),
    }),
    /** What changed, up to the version that is shown. */
    z.strictObject({ from: z.literal('changes') }),
  ]),
  'datasets.list': z.strictObject({}),
  'datasets.describe': z.strictObject({ dataset: datasetKey }),
  'datasets.close': z.strictObject({ dataset: datasetKey }),
  /** Reads the files again; the answer has another key where they have changed. */
  'datasets.reload': z.strictObject({ dataset: datasetKey }),
  /** Reads a CSV again with what a person has corrected, which is remembered for that file. */
  'datasets.correct': z.strictObject({ dataset: datasetKey, csv: csvChoicesSchema }),
  /**
   * Corrects how columns are looked at; of the published data where it is not said otherwise. All
   * that was corrected before is replaced. Remembered for that table.
   */
  'columns.correct': z.strictObject({
    dataset: datasetKey.exactOptional(),
    columns: columnCorrectionsSchema,
  }),
} as const;

export interface DatasetResults {
  'datasets.open': OpenOutcome;
  'datasets.list': Datasets;
  'datasets.describe': OpenedDataset;
  'datasets.close': null;
  'datasets.reload': OpenedDataset;
  'datasets.correct': OpenedDataset;
  'columns.correct': CorrectedColumns;
}
