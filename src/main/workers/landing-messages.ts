import type { DataPaths } from '../base/data-folder';
import { FetchProblem } from '../pipeline/fetch-problem';

/** To the landing thread: `open` first, `close` last. The pieces' memory moves with the message. */
export type LandingCommand =
  | { kind: 'open'; paths: DataPaths }
  | { kind: 'land'; id: number; pieces: Uint8Array<ArrayBuffer>[] }
  | { kind: 'close' };

/** From the landing thread, one a request. */
export type LandAnswer =
  | { id: number; landed: true }
  | { id: number; problem: { reason: string; kind: FetchProblem['kind'] } }
  | { id: number; error: ErrorFields };

/** What of a system's error a message would lose. */
export interface ErrorFields {
  message: string;
  code: string | null;
  stack: string | null;
}

export function refusal(id: number, error: unknown): LandAnswer {
  if (error instanceof FetchProblem) {
    return { id, problem: { reason: error.reason, kind: error.kind } };
  }
  if (!(error instanceof Error)) {
    return { id, error: { message: String(error), code: null, stack: null } };
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { id, error: { message: error.message, code, stack: error.stack ?? null } };
}

/** The error as it was in the landing thread. */
export function asError({ message, code, stack }: ErrorFields): Error {
  const error = new Error(message);
  if (stack !== null) error.stack = stack;
  return code === null ? error : Object.assign(error, { code });
}
