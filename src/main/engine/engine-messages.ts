import type { ErrorShape } from '../../preload/contract/errors';
import type { ExportFormat } from '../../preload/contract/export-formats';
import type { DecimalMark } from '../../preload/contract/spreadsheet-text';
import type { Cell, Column } from '../../preload/contract/value-text';
import { scanParquet } from '../base/duckdb-scan';
import type { Scan } from '../base/scan';
import type { Row } from '../base/duckdb';
import type { Compression } from './export-options';
import type { PlainStatement } from './statements';

export interface QueryLimits {
  /** Rows returned at most; `truncated` says whether there were more. */
  maxRows: number;
  /** Ceiling of the answer as cellSize counts it; a larger one is refused. 80 MB if not said. */
  maxBytes?: number;
  timeLimitMs: number;
}

/** Rows that a query sees as a table of this name. */
export interface NamedScan extends Pick<Scan, 'files'> {
  readonly name: string;
  /**
   * SQL to stand behind FROM that means the same in every process; or a Parquet file, which the
   * process that reads it writes into SQL itself (see duckdb-scan.ts on paths with backslashes).
   */
  readonly from: string | { readonly parquet: string };
}

/** What stands behind FROM. */
export function fromSql({ from }: Pick<NamedScan, 'from'>): string {
  return typeof from === 'string' ? from : scanParquet([from.parquet]);
}

/** What an engine loads, and for whom. Files that are no longer in the state given are not loaded. */
export type Opening =
  /** One table, which the app's own questions are asked of. */
  | {
      for: 'questions';
      table: NamedScan;
      /** A folder of its own for what does not fit into memory; null keeps to memory. */
      spill: string | null;
    }
  /** Tables that a person's SQL sees by name; it reaches nothing else. */
  | {
      for: 'sql';
      tables: readonly NamedScan[];
      /** A private folder that results may be written to; nowhere where it is not said. */
      results?: string;
    };

/** How a whole result is written. */
export interface Saving {
  to: string;
  format: ExportFormat;
  compression: Compression | null;
  /** The decimal mark of a CSV that spreadsheets open; null for exact data. */
  spreadsheet: DecimalMark | null;
}

/**
 * What the engine process is asked. Requests are worked on in order; each gets exactly one
 * answer with its `id`.
 */
export type EngineRequest =
  | { id: number; kind: 'open'; memoryMb: number; threads: number; opening: Opening }
  | ({ id: number; kind: 'query'; sql: string } & QueryLimits)
  /** As `query`, answered by pieces of JSON; then comes the answer, without which they count for nothing. */
  | ({ id: number; kind: 'write'; sql: string } & QueryLimits)
  /** Writes the whole result to a file in the folder for results; answered by how many rows. */
  | ({ id: number; kind: 'save'; sql: string; timeLimitMs: number } & Saving)
  /** Statements of our own, answered together. */
  | { id: number; kind: 'batch'; statements: PlainStatement[]; timeLimitMs: number };

/** Ends the query of that id, running or still waiting; it then answers as cancelled. */
interface EngineInterrupt {
  kind: 'interrupt';
  id: number;
}

export type EngineMessage = EngineRequest | EngineInterrupt;

export interface QueryResult extends ResultEnd {
  columns: Column[];
  /** In column order. */
  rows: Cell[][];
}

/** What is known once all rows are read. */
export interface ResultEnd {
  /** True where more rows were there than were asked for. */
  truncated: boolean;
  /** The zone that TIMESTAMPTZ are shown in; null where there are none. */
  time_zone: string | null;
  duration_ms: number;
}

/** What each kind of request is answered with. */
export type EngineResult = QueryResult | Row[][] | null;

/** Some of the JSON of a result; see `write`. */
export interface EnginePiece {
  id: number;
  piece: Uint8Array<ArrayBuffer>;
}

export type EngineAnswer =
  { id: number; ok: true; result: EngineResult } | { id: number; ok: false; error: ErrorShape };
