import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  StatementType,
} from '@duckdb/node-api';
import type { ChartRow } from '../../preload/contract/chart-query';
import { AppError, cancelled } from '../../preload/contract/errors';
import { scanParquet } from '../base/duckdb-scan';
import { StatementCache } from './bound-statements';
import type { PlainStatement } from './statements';
import type { QueryResult } from './engine-messages';
import { plainSize, plainValue } from './plain-values';
import { checkStatement, checkText } from './statement-check';

/** Set in this order; the last one makes the rest final. Source: DuckDB docs, “Securing DuckDB”. */
const LOCKDOWN = [
  `SET temp_directory = ''`,
  // Its default would tell a query where the person's home is.
  `SET secret_directory = ''`,
  'SET allow_community_extensions = false',
  'SET allow_persistent_secrets = false',
  'SET autoinstall_known_extensions = false',
  'SET autoload_known_extensions = false',
  'SET enable_external_access = false',
  'SET lock_configuration = true',
];

/** Ceiling of one answer's plain values, as plainSize estimates them. */
const MAX_RESULT_BYTES = 100_000_000;
/** DuckDB forgets an interrupt that comes just before a statement starts, so it is repeated. */
const INTERRUPT_EVERY_MS = 50;

type Stop = 'cancelled' | 'too-long';

export interface QueryLimits {
  /** Rows returned at most; `truncated` says whether there were more. */
  maxRows: number;
  timeLimitMs: number;
}

/**
 * A DuckDB that holds the dataset in memory and can reach nothing else: no files, no network,
 * no extensions, no settings. Runs one read-only statement at a time over view `pokemon`.
 */
export class Sandbox {
  private stop: Stop | null = null;
  private readonly ready: readonly StatementCache[];

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    /** For the statements of a batch, which run side by side. */
    private readonly batchConnections: readonly DuckDBConnection[],
  ) {
    this.ready = batchConnections.map((each) => new StatementCache(each));
  }

  /** @param memoryLimit DuckDB's ceiling, e.g. `512MB`; a query beyond it fails, nothing spills */
  static async open(parquet: string, memoryLimit: string, threads: number): Promise<Sandbox> {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: memoryLimit,
      threads: String(threads),
      // Its list would tell a query where the file is.
      enable_external_file_cache: 'false',
    });
    try {
      const connection = await instance.connect();
      await connection.run(`CREATE TABLE dataset AS SELECT * FROM ${scanParquet([parquet])}`);
      await connection.run('CREATE VIEW pokemon AS SELECT * FROM dataset');
      for (const statement of LOCKDOWN) await connection.run(statement);
      const batchConnections = [await instance.connect(), await instance.connect()];
      return new Sandbox(instance, connection, batchConnections);
    } catch (error) {
      instance.closeSync();
      throw error;
    }
  }

  /**
   * Runs one SELECT (also as FROM, VALUES, WITH, PIVOT … IN, DESCRIBE, SUMMARIZE or SHOW).
   * Throws AppError: `query-refused` for anything else, `bad-query` with DuckDB's own words,
   * `query-limit` for too long, too much memory or too large a result, `cancelled`.
   */
  async query(sql: string, limits: QueryLimits): Promise<QueryResult> {
    return this.limited(limits.timeLimitMs, () => this.run(sql, limits.maxRows));
  }

  /** The rows of each statement; they are the app's own and not checked. Throws as `query`. */
  async batch(statements: readonly PlainStatement[], timeLimitMs: number): Promise<ChartRow[][]> {
    return this.limited(timeLimitMs, async () => {
      const answers: ChartRow[][] = [];
      const waiting = statements.entries();
      const work = async (ready: StatementCache) => {
        for (const [index, statement] of waiting) {
          if (this.stop !== null) throw new Error(this.stop);
          answers[index] = await ready.rows(statement);
        }
      };
      const ends = await Promise.allSettled(this.ready.map(work));
      const failed = ends.find((end) => end.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
      return answers;
    });
  }

  /** Ends `work` with the right words after its time, or when it is interrupted. */
  private async limited<T>(timeLimitMs: number, work: () => Promise<T>): Promise<T> {
    this.stop = null;
    const deadline = setTimeout(() => this.end('too-long'), timeLimitMs);
    const repeated = setInterval(() => {
      if (this.stop !== null) this.interruptAll();
    }, INTERRUPT_EVERY_MS);
    try {
      return await work();
    } catch (error) {
      const stop: Stop | null = this.stop;
      if (stop === 'too-long') throw tookTooLong(timeLimitMs, error);
      if (stop === 'cancelled') throw cancelled();
      throw queryError(error);
    } finally {
      clearTimeout(deadline);
      clearInterval(repeated);
    }
  }

  /** Ends the running query, which then throws `cancelled`. */
  interrupt(): void {
    this.end('cancelled');
  }

  close(): void {
    for (const ready of this.ready) ready.clear();
    for (const each of [this.connection, ...this.batchConnections]) each.closeSync();
    this.instance.closeSync();
  }

  private end(stop: Stop): void {
    this.stop ??= stop;
    this.interruptAll();
  }

  private interruptAll(): void {
    for (const each of [this.connection, ...this.batchConnections]) each.interrupt();
  }

  private async run(sql: string, maxRows: number): Promise<QueryResult> {
    const started = performance.now();
    const statement = await this.prepare(sql);
    try {
      const result = await statement.stream();
      const rows: unknown[][] = [];
      let bytes = 0;
      while (rows.length <= maxRows) {
        const chunk = await result.fetchChunk();
        if (this.stop !== null) throw new Error(this.stop);
        if (chunk === null || chunk.rowCount === 0) break;
        for (let index = 0; index < chunk.rowCount && rows.length <= maxRows; index += 1) {
          const row = chunk.getRowValues(index).map(plainValue);
          bytes += plainSize(row);
          if (bytes > MAX_RESULT_BYTES) throw resultTooLarge();
          rows.push(row);
        }
      }
      return {
        columns: result
          .columnNames()
          .map((name, index) => ({ name, type: String(result.columnType(index)) })),
        rows: rows.slice(0, maxRows),
        truncated: rows.length > maxRows,
        duration_ms: Math.round(performance.now() - started),
      };
    } finally {
      statement.destroySync();
    }
  }

  private async prepare(sql: string): Promise<DuckDBPreparedStatement> {
    checkText(sql);
    const reader = await this.connection.runAndReadAll('SELECT json_serialize_sql($sql::VARCHAR)', {
      sql,
    });
    checkStatement(sql, String(reader.getRows()[0]?.[0]));
    if (this.stop !== null) throw new Error(this.stop);
    const statements = await this.connection.extractStatements(sql);
    const statement = await statements.prepare(0);
    // What was checked is what runs: DuckDB's parser has said so twice.
    if (statements.count !== 1 || statement.statementType !== StatementType.SELECT) {
      statement.destroySync();
      throw new AppError('query-refused', 'Only SELECT can be run here.', {
        hint: 'Query the view pokemon; the data cannot be changed from here.',
      });
    }
    return statement;
  }
}

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

function resultTooLarge(): AppError {
  return new AppError(
    'query-limit',
    `The result is larger than ${MAX_RESULT_BYTES / 1_000_000} MB.`,
    { hint: 'Ask for fewer rows or columns, for instance with LIMIT.' },
  );
}

function queryError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const summary = text.split('\n')[0] ?? text;
  if (/^Out of Memory/i.test(text)) return usedTooMuchMemory(error);
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
  const line = /^LINE ([2-9]|\d{2,}): /m.exec(text)?.[1];
  const place = line === undefined ? '' : ` (line ${line})`;
  return new AppError('bad-query', `${summary}${place}`, { hint: queryHint(text), cause: error });
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
