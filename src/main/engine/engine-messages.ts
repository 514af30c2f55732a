import type { ChartRow } from '../../preload/contract/chart-query';
import type { ErrorShape } from '../../preload/contract/errors';
import type { PlainStatement } from './statements';

/**
 * What the engine process is asked. Requests are worked on in order; each gets exactly one
 * answer with its `id`.
 */
export type EngineRequest =
  | { id: number; kind: 'open'; parquet: string; memoryMb: number; threads: number }
  | { id: number; kind: 'query'; sql: string; maxRows: number; timeLimitMs: number }
  /** Statements of our own, answered together. */
  | { id: number; kind: 'batch'; statements: PlainStatement[]; timeLimitMs: number };

/** Ends the query of that id, running or still waiting; it then answers as cancelled. */
interface EngineInterrupt {
  kind: 'interrupt';
  id: number;
}

export type EngineMessage = EngineRequest | EngineInterrupt;

export interface QueryResult {
  columns: { name: string; type: string }[];
  /** Plain values in column order; see plainValue. */
  rows: unknown[][];
  /** True where more rows were there than were asked for. */
  truncated: boolean;
  duration_ms: number;
}

/** What each kind of request is answered with. */
export type EngineResult = QueryResult | ChartRow[][] | null;

export type EngineAnswer =
  | { id: number; ok: true; result: EngineResult }
  /** With `last`, the process ends after this answer and has not begun any later request. */
  | { id: number; ok: false; error: ErrorShape; last?: true };
