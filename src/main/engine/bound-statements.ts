import {
  DuckDBBitValue,
  type DuckDBConnection,
  type DuckDBPreparedStatement,
  type DuckDBDataChunk,
  DuckDBUIntegerVector,
  DuckDBUSmallIntVector,
  type DuckDBValue,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api';
import { readWhole, streamedChunks } from '../base/whole-result';
import type { Row } from '../base/duckdb';
import { chunkCells } from './cells';
import { jsonSafe } from './json-safe';
import { plainValue } from './plain-values';
import type { PlainStatement } from './statements';

/** Statements kept ready: a drag over a chart asks the same ones with other values. */
const KEPT = 128;
/** A lasso's text is as long as the lasso and never comes again. */
const LONGEST_KEPT = 8_000;

/** Runs trusted statements with their values bound; planning them takes most of their time. */
export class StatementCache {
  private readonly kept = new Map<string, DuckDBPreparedStatement>();

  /** @param zone the session's time zone */
  constructor(
    private readonly connection: DuckDBConnection,
    private readonly zone = 'UTC',
  ) {}

  /** All rows as objects of values that JSON can hold, or as `cells`. */
  async rows({ sql, values, cells }: PlainStatement): Promise<Row[]> {
    const statement = await this.prepared(sql);
    try {
      bind(statement, values);
      if (cells === true) return await this.cellRows(statement);
      const reader = await readWhole(await statement.run());
      return reader.convertRowObjects((value) => jsonSafe(plainValue(value)));
    } finally {
      if (!this.kept.has(sql)) statement.destroySync();
    }
  }

  /** The bits of a statement that gives one bit string, eight to a byte; null where it gives null. */
  async bits({ sql, values }: PlainStatement): Promise<Uint8Array | null> {
    const statement = await this.prepared(sql);
    try {
      bind(statement, values);
      const [[value] = []] = (await readWhole(await statement.run())).getRows();
      // Its first byte says how many bits of the next one are no part of it.
      return value instanceof DuckDBBitValue ? value.data.subarray(1) : null;
    } finally {
      if (!this.kept.has(sql)) statement.destroySync();
    }
  }

  /** Tells each row's numbers, of one column or two that hold small ones; resolves to how many rows there were. */
  async tellNumbers(
    { sql, values }: PlainStatement,
    told: (first: number, second: number) => void,
  ): Promise<number> {
    const statement = await this.prepared(sql);
    try {
      bind(statement, values);
      let rows = 0;
      for await (const chunk of streamedChunks(await statement.stream())) {
        const first = numbersOf(chunk, 0);
        const second = chunk.columnCount > 1 ? numbersOf(chunk, 1) : first;
        for (let row = 0; row < chunk.rowCount; row += 1) {
          told(first.getItem(row) ?? 0, second.getItem(row) ?? 0);
        }
        rows += chunk.rowCount;
      }
      return rows;
    } finally {
      if (!this.kept.has(sql)) statement.destroySync();
    }
  }

  private async cellRows(statement: DuckDBPreparedStatement): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const chunk of streamedChunks(await statement.stream())) {
      const cellsOf = chunkCells(chunk, this.zone);
      for (let row = 0; row < chunk.rowCount; row += 1) rows.push({ cells: cellsOf(row) });
    }
    return rows;
  }

  clear(): void {
    for (const statement of this.kept.values()) statement.destroySync();
    this.kept.clear();
  }

  private async prepared(sql: string): Promise<DuckDBPreparedStatement> {
    const known = this.kept.get(sql);
    if (known !== undefined) {
      // Taken out and put back: the map's order is then the order of use.
      this.kept.delete(sql);
      this.kept.set(sql, known);
      return known;
    }
    const statement = await this.connection.prepare(sql);
    if (sql.length > LONGEST_KEPT) return statement;
    this.kept.set(sql, statement);
    const [oldest] = this.kept;
    if (this.kept.size > KEPT && oldest !== undefined) {
      this.kept.delete(oldest[0]);
      oldest[1].destroySync();
    }
    return statement;
  }
}

function numbersOf(chunk: DuckDBDataChunk, column: number) {
  const vector = chunk.getColumnVector(column);
  if (vector instanceof DuckDBUIntegerVector || vector instanceof DuckDBUSmallIntVector) {
    return vector;
  }
  throw new Error('not a column of small numbers');
}

function bind(statement: DuckDBPreparedStatement, values: PlainStatement['values']): void {
  const bound: Record<string, DuckDBValue> = {};
  const types: Record<string, ReturnType<typeof LIST>> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'object') {
      bound[name] = listValue([...value]);
      types[name] = LIST(VARCHAR);
    } else {
      bound[name] = value;
    }
  }
  statement.bind(bound, types);
}
