import { AppError } from '../../preload/contract/errors';
import { isOutOfMemory } from '../base/whole-result';
import { placeInMessage } from './query-place';

export function tookTooLong(timeLimitMs: number, cause?: unknown): AppError {
  return new AppError('query-limit', `The query took longer than ${timeLimitMs / 1000} s.`, {
    hint: 'Narrow it down, for instance with WHERE or LIMIT.',
    cause,
  });
}

export function usedTooMuchMemory(cause?: unknown): AppError {
  return new AppError('query-limit', 'The query needs more memory than it may use.', {
    hint: 'Narrow it down, for instance with WHERE or fewer groups.',
    cause,
  });
}

/** What went wrong in a query, in words a person can act on. */
export function queryError(error: unknown, sql = ''): AppError {
  if (error instanceof AppError) return error;
  if (isOutOfMemory(error)) return usedTooMuchMemory(error);
  const text = error instanceof Error ? error.message : String(error);
  const summary = text.split('\n')[0] ?? text;
  if (
    /^Permission Error|disabled (by|through) configuration|configuration has been locked/i.test(
      text,
    )
  ) {
    return new AppError('query-refused', `Refused: ${summary}`, {
      hint: 'Queries reach the view pokemon and nothing outside it.',
      cause: error,
    });
  }
  // In the binding's own words, for what it cannot read.
  if (/^Unexpected type id/.test(text)) {
    return new AppError('bad-query', 'A column is of a type that cannot be shown.', {
      hint: 'Write it as text: CAST(… AS VARCHAR).',
      cause: error,
    });
  }
  const line = /^LINE ([2-9]|\d{2,}): /m.exec(text)?.[1];
  const place = line === undefined ? '' : ` (line ${line})`;
  return new AppError('bad-query', `${summary}${place}`, {
    hint: queryHint(text),
    at: placeInMessage(text, sql),
    cause: error,
  });
}

const MOST_CANDIDATES = 5;

/** DuckDB's guess at what was meant, where it has one a person may use. */
function queryHint(text: string): string {
  const columns = /^Candidate bindings: (.+)$/m.exec(text)?.[1];
  if (columns !== undefined) {
    const names = columns.split(', ').slice(0, MOST_CANDIDATES);
    return `Is it ${names.join(' or ')}?`;
  }
  const unknownTable = /^Catalog Error: Table with name/.test(text);
  const meant = /^Did you mean ("[^"]+")/m.exec(text)?.[1];
  if (meant !== undefined && !unknownTable) return `Is it ${meant}?`;
  if (/^(Catalog|Binder) Error/.test(text)) {
    return 'The view is named pokemon; SELECT * FROM pokemon LIMIT 1 shows its columns.';
  }
  return 'Correct the query and run it again.';
}
