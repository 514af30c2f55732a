import type { FolderReport } from './folder-files';

/** What the pipeline says it did. Shapes of `--json` documents; counts are documents or rows. */

export interface Failure {
  /** Missing where the list entry gave no usable number. */
  id?: number | undefined;
  name?: string | undefined;
  /** As the list gives it; missing for a document that never was asked for by one. */
  url?: string | undefined;
  reason: string;
  /** Whether a copy of it landed before and is still there. */
  landed_before?: boolean | undefined;
}

/** A document that a version was published without, or with an earlier copy of, by a person's wish. */
export interface Missing {
  id?: number | undefined;
  name?: string | undefined;
  url?: string | undefined;
  reason: string;
  used: 'earlier copy' | 'left out';
}

/** Why a source as a whole, not a document of it, is the reason that documents failed. */
export interface Refusal {
  /** One sentence. */
  message: string;
  /** What the person can do, as one sentence. */
  hint: string;
  /** How many of the failed documents it is the reason for. */
  documents: number;
}

export interface GatherReport {
  /** A URL, `bundled` or `folder:PATH`. */
  source: string;
  /** The API that the snapshot's facts come from; null for a URL. */
  origin: string | null;
  /** When the facts were served, ISO 8601: now for a URL, the snapshot's own date for `bundled`. */
  gathered_at: string;
  listed: number;
  /** Documents whose body was transferred, or read from the snapshot or a folder's file, in this run. */
  fetched: number;
  not_modified: number;
  /** Landed by an interrupted run of the same gather and therefore not asked for again. */
  resumed: number;
  /** Not asked for by a scheduled gather, because the source said they stay as they are for longer. */
  fresh: number;
  /** Documents that left the list and were deleted from landing. */
  removed: number;
  /** Every document that did not arrive, also where it may be missing. */
  failed: Failure[];
  /** Null where each failed document has its own reason. */
  refusal: Refusal | null;
  /**
   * Whether there are failed ones that may be missing, once that is said: others arrived, and the source does not
   * refuse everything.
   */
  can_do_without: boolean;
  /** Of `failed` those that may be missing, because it was said so; otherwise none. */
  missing: Missing[];
  /** Where a folder is the source: what became of its files. */
  folder?: FolderReport | undefined;
  retries: number;
  /** Bytes of bodies as transferred, list pages included. */
  bytes: number;
  duration_ms: number;
}

/** Whether documents did not arrive that may not be missing: nothing is published then. */
export function isIncomplete({
  failed,
  missing,
}: Pick<GatherReport, 'failed' | 'missing'>): boolean {
  return failed.length > missing.length;
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
  /** Documents that the gather was told to do without. */
  missing: Missing[];
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
  /** Documents it was made without, or with an earlier copy of. */
  missing: Missing[];
  /** Files of a folder that it took up. */
  files: number;
  /** False where its files were vacuumed: it is listed but can no longer be read. */
  kept: boolean;
  /** Whether what it changed can still be told; longer than its rows can be read. */
  told: boolean;
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

/** What happened to one row, the oldest first. */
export interface RowHistory {
  entries: ChangeEntry[];
  /** Versions whose changes can no longer be told. */
  untold: number[];
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
