import type { DuckDBResult } from '@duckdb/node-api';
import { AppError } from '../../preload/contract/errors';
import type { QueryResult } from './engine-messages';
import { plainSize } from './plain-values';

type Columns = QueryResult['columns'];

/** Counts a result while it is read, and refuses what is larger than allowed. */
export class ResultBudget {
  private taken = 0;
  /** Whoever writes rows as objects writes the names with each. */
  private readonly names: number;

  constructor(
    columns: Columns,
    private readonly maxBytes: number,
  ) {
    this.names = columns.reduce((sum, { name }) => sum + name.length, 0);
  }

  /** Throws `query-limit` for the row with which it becomes too large. */
  take(row: readonly unknown[]): void {
    this.taken += plainSize(row) + this.names;
    if (this.taken > this.maxBytes) throw resultTooLarge(this.maxBytes);
  }
}

/** Names and types; throws `query-limit` as soon as these alone are too large. */
export function columnsOf(result: DuckDBResult, maxBytes: number): Columns {
  let bytes = 0;
  return Array.from({ length: result.columnCount }, (_, index) => {
    const column = { name: result.columnName(index), type: String(result.columnType(index)) };
    bytes += column.name.length + column.type.length;
    if (bytes > maxBytes) throw resultTooLarge(maxBytes);
    return column;
  });
}

function resultTooLarge(maxBytes: number): AppError {
  return new AppError('query-limit', `The result is larger than ${maxBytes / 1_000_000} MB.`, {
    hint: 'Ask for fewer rows or columns, for instance with LIMIT.',
  });
}
