import {
  type DuckDBDataChunk,
  type DuckDBMaterializedResult,
  type DuckDBResult,
  DuckDBResultReader,
} from '@duckdb/node-api';
import { AppError } from '../../preload/contract/errors';

/**
 * A result is whole or an error. The binding does not report an error that happens while rows are
 * fetched: the rows just end, with a null chunk, or with an empty one as at a normal end. All results
 * of main are read here, so that a part is never taken for the whole.
 */

/** All rows of a statement that has run. Throws `query-limit` where they cannot all be fetched. */
export async function readWhole(result: DuckDBMaterializedResult): Promise<DuckDBResultReader> {
  const reader = new DuckDBResultReader(result);
  await reader.readAll();
  // The statement itself has succeeded: what can fail here is the memory for the rows.
  if (reader.currentRowCount !== result.rowCount) throw outOfMemory();
  return reader;
}

/** Thrown where the rows of a stream end with an error whose text the binding does not hand over. */
export class BrokenStream extends Error {}

/**
 * The chunks of a stream. Throws where they end with an error: `query-limit` for memory that
 * could not be had for the next chunk, BrokenStream for whatever else.
 */
export async function* streamedChunks(result: DuckDBResult): AsyncGenerator<DuckDBDataChunk> {
  const streaming = result.isStreaming;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null) throw outOfMemory();
    if (chunk.rowCount > 0) yield chunk;
    // duckdb_result_is_streaming is false for a result that has an error.
    else if (result.isStreaming !== streaming) throw new BrokenStream('the stream broke off');
    else return;
  }
}

/** True for what DuckDB says where it does not have enough memory. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && /^Out of Memory Error|bad_alloc/i.test(error.message);
}

export function outOfMemory(cause?: unknown): AppError {
  return new AppError('query-limit', 'This needs more memory than the app may use for it.', {
    hint: 'Ask for less at once, such as fewer rows or columns; the published data are intact.',
    cause,
  });
}
