import type { DuckDBResult } from '@duckdb/node-api';
import { AppError } from '../../preload/contract/errors';
import type { Cell } from '../../preload/contract/value-text';
import type { QueryResult } from './engine-messages';
import { cellSize } from './cell-size';
import { shapeOf } from './cells';

type Columns = QueryResult['columns'];

/** Counts a result while it is read, and refuses what is larger than allowed. */
export class ResultBudget {
  private taken = 0;
  /** Whoever writes rows as objects writes the names with each. */
  private readonly names: number;

  constructor(
    private readonly columns: Columns,
    private readonly maxBytes: number,
  ) {
    this.names = columns.reduce((sum, { name }) => sum + name.length, 0);
  }

  /** Throws `query-limit` for the row with which it becomes too large. */
  take(row: readonly Cell[]): void {
    this.taken += this.names;
    for (const [index, { shape }] of this.columns.entries()) {
      this.taken += cellSize(row[index] ?? null, shape);
    }
    if (this.taken > this.maxBytes) throw resultTooLarge(this.maxBytes);
  }
}

/** Names and types; throws `query-limit` as soon as these alone are too large. */
export function columnsOf(result: DuckDBResult, maxBytes: number): Columns {
  let bytes = 0;
  return Array.from({ length: result.columnCount }, (_, index) => {
    const type = result.columnType(index);
    const column = { name: result.columnName(index), type: String(type), shape: shapeOf(type) };
    bytes += column.name.length + 2 * column.type.length;
    if (bytes > maxBytes) throw resultTooLarge(maxBytes);
    return column;
  });
}

function resultTooLarge(maxBytes: number): AppError {
  return new AppError('query-limit', `The result is larger than ${maxBytes / 1_000_000} MB.`, {
    hint: 'Ask for fewer rows or columns, for instance with LIMIT.',
  });
}
