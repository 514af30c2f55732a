import type { ErrorShape } from '../../preload/contract/errors';

/** What the engine process is asked. Each request gets exactly one answer with its `id`. */
export type EngineRequest =
  | { id: number; kind: 'open'; parquet: string; memoryLimit: string; threads: number }
  | { id: number; kind: 'query'; sql: string; maxRows: number; timeLimitMs: number };

/** Ends the running query; it then answers as cancelled. */
export interface EngineInterrupt {
  kind: 'interrupt';
}

export type EngineMessage = EngineRequest | EngineInterrupt;

export interface QueryResult {
  columns: { name: string; type: string }[];
  /** Plain values in column order: BIGINT as bigint, lists as arrays, null as null. */
  rows: unknown[][];
  /** True where more rows were there than were asked for. */
  truncated: boolean;
  duration_ms: number;
}

export type EngineAnswer =
  | { id: number; ok: true; result: QueryResult | null }
  | { id: number; ok: false; error: ErrorShape };
