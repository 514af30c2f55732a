/** What the pipeline says it did. Shapes of `--json` documents; counts are documents or rows. */

export interface Failure {
  /** Missing where the list entry gave no usable number. */
  id?: number | undefined;
  name?: string | undefined;
  reason: string;
}

export interface GatherReport {
  /** A URL, or `bundled`. */
  source: string;
  /** The API that the snapshot's facts come from; null for a URL. */
  origin: string | null;
  /** When the facts were served, ISO 8601: now for a URL, the snapshot's own date for `bundled`. */
  gathered_at: string;
  listed: number;
  /** Documents whose body was transferred, or read from the snapshot, in this run. */
  fetched: number;
  not_modified: number;
  /** Landed by an interrupted run of the same gather and therefore not asked for again. */
  resumed: number;
  /** Documents that left the list and were deleted from landing. */
  removed: number;
  failed: Failure[];
  retries: number;
  /** Bytes of bodies as transferred, list pages included. */
  bytes: number;
  duration_ms: number;
}

export interface ProcessReport {
  games: string[] | 'all';
  /** Of `games` those that no document names: misspelt, or not in this source. */
  unmatched_games: string[];
  /** Documents in landing. */
  documents: number;
  /** Documents read and shaped in this run; the others were unchanged since the last one. */
  documents_read: number;
  in_scope: number;
  /** Null where nothing changed, so nothing was published. */
  version: number | null;
  inserted: number;
  updated: number;
  deleted: number;
  /** True where pokemon.parquet was written, also when only a lost publish was made good. */
  published: boolean;
  /** What a person should know of beside: what another program did to the tables, what was repaired. */
  notes: string[];
  duration_ms: number;
}

export type RefreshReport = Omit<GatherReport, 'duration_ms'> &
  Omit<ProcessReport, 'duration_ms'> & { duration_ms: number };

/** One dataset version, as `history --json` lists it. */
export interface VersionEntry {
  version: number;
  /** Null where the tables' logs no longer tell it. */
  timestamp: string | null;
  source: string | null;
  gathered_at: string | null;
  games: string[] | 'all' | null;
  /** The program that made it, where it was another one: it says nothing of source and games. */
  program: string | null;
  /** Counts are null where they can no longer be told. */
  rows: number | null;
  inserted: number | null;
  updated: number | null;
  deleted: number | null;
  /** False where its files were vacuumed: it is listed but can no longer be read. */
  kept: boolean;
}

/** One field-level change. `column`, `before` and `after` are null for insert and delete. */
export interface ChangeEntry {
  version: number;
  timestamp: string;
  change: 'insert' | 'update' | 'delete';
  id: number;
  name: string;
  column: string | null;
  before: unknown;
  after: unknown;
}

export interface GatherProgress {
  phase: 'gather';
  done: number;
  /** Null until the list is known. */
  total: number | null;
  bytes: number;
  retries: number;
  failed: number;
  /** Set while the source asked for a pause: the moment it ends, epoch milliseconds. */
  paused_until: number | null;
}

export interface ProcessProgress {
  phase: 'process';
  step: 'read' | 'commit';
}

/** Rows written of the rows to be written. */
export interface ExportProgress {
  rows: number;
  total: number;
}

export type Progress = GatherProgress | ProcessProgress;
