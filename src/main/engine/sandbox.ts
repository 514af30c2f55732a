import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  StatementType,
} from '@duckdb/node-api';
import { AppError, cancelled } from '../../preload/contract/errors';
import { quotedText } from '../base/duckdb';
import type { QueryResult } from './engine-messages';

/** Set in this order; the last one makes the rest final. Source: DuckDB docs, “Securing DuckDB”. */
const LOCKDOWN = [
  `SET temp_directory = ''`,
  'SET allow_community_extensions = false',
  'SET allow_persistent_secrets = false',
  'SET autoinstall_known_extensions = false',
  'SET autoload_known_extensions = false',
  'SET enable_external_access = false',
  'SET lock_configuration = true',
];

/**
 * A DuckDB that holds the dataset in memory and can reach nothing else: no files, no network,
 * no extensions, no settings. Runs one read-only statement at a time over view `pokemon`.
 */
export class Sandbox {
  private interrupted = false;

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  /** @param memoryLimit DuckDB's ceiling, e.g. `512MB`; a query beyond it fails, nothing spills */
  static async open(parquet: string, memoryLimit: string, threads: number): Promise<Sandbox> {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: memoryLimit,
      threads: String(threads),
    });
    const connection = await instance.connect();
    await connection.run(
      `CREATE TABLE dataset AS SELECT * FROM read_parquet(${quotedText(parquet)})`,
    );
    await connection.run('CREATE VIEW pokemon AS SELECT * FROM dataset');
    for (const statement of LOCKDOWN) await connection.run(statement);
    return new Sandbox(instance, connection);
  }

  /**
   * Runs one SELECT. Throws AppError: `query-refused` for anything else, `bad-query` with
   * DuckDB's own words, `query-limit` for too long or too much memory, `cancelled`.
   *
   * @param maxRows rows returned at most; `truncated` says whether there were more
   */
  async query(sql: string, maxRows: number, timeLimitMs: number): Promise<QueryResult> {
    const started = performance.now();
    this.interrupted = false;
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      this.connection.interrupt();
    }, timeLimitMs);
    try {
      const statement = await this.prepare(sql);
      const reader = await statement.streamAndReadUntil(maxRows + 1);
      const rows = reader.getRowsJS();
      return {
        columns: reader
          .columnNames()
          .map((name, index) => ({ name, type: String(reader.columnType(index)) })),
        rows: rows.slice(0, maxRows),
        truncated: rows.length > maxRows,
        duration_ms: Math.round(performance.now() - started),
      };
    } catch (error) {
      if (timedOut) {
        throw new AppError('query-limit', `The query took longer than ${timeLimitMs / 1000} s.`, {
          hint: 'Narrow it down, for instance with WHERE or LIMIT.',
          cause: error,
        });
      }
      if (this.interrupted) throw cancelled();
      throw queryError(error);
    } finally {
      clearTimeout(timer);
    }
  }

  interrupt(): void {
    this.interrupted = true;
    this.connection.interrupt();
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  private async prepare(sql: string): Promise<DuckDBPreparedStatement> {
    const statements = await this.connection.extractStatements(sql);
    if (statements.count !== 1) {
      throw new AppError('query-refused', `${statements.count} statements were given.`, {
        hint: 'Give exactly one SELECT.',
      });
    }
    const statement = await statements.prepare(0);
    if (statement.statementType !== StatementType.SELECT) {
      throw new AppError(
        'query-refused',
        `Only SELECT can be run here, not ${StatementType[statement.statementType]}.`,
        { hint: 'Query the view pokemon; the data cannot be changed from here.' },
      );
    }
    return statement;
  }
}

function queryError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const summary = text.split('\n')[0] ?? text;
  if (/^Out of Memory/i.test(text)) {
    return new AppError('query-limit', 'The query needs more memory than it may use.', {
      hint: 'Narrow it down, for instance with WHERE or fewer groups.',
      cause: error,
    });
  }
  if (
    /Permission Error|disabled (by|through) configuration|configuration has been locked/i.test(text)
  ) {
    return new AppError('query-refused', `Refused: ${summary}`, {
      hint: 'Queries reach the view pokemon and nothing outside it.',
      cause: error,
    });
  }
  return new AppError('bad-query', summary, {
    hint: 'The view is named pokemon; SELECT * FROM pokemon LIMIT 1 shows its columns.',
    cause: error,
  });
}
