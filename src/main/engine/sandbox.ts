import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  StatementType,
} from '@duckdb/node-api';
import { AppError } from '../../preload/contract/errors';
import type { Cell, Column } from '../../preload/contract/value-text';
import { quotedText } from '../base/duckdb';
import { BrokenStream, readWhole, streamedChunks } from '../base/whole-result';
import { loadNamed } from './load-table';
import type { NamedScan, QueryLimits, QueryResult, ResultEnd, Saving } from './engine-messages';
import { chunkCells, needsZone } from './cells';
import { columnsOf, ResultBudget } from './result-budget';
import { ResultWriter } from './result-writer';
import { queryError } from './query-errors';
import { saveResult } from './save-result';
import { sessionZone } from './session-zone';
import { checkStatement, checkText } from './statement-check';
import { TimeLimit } from './time-limit';

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

/** Of an answer, where the question says nothing of it. As JSON it still is one JavaScript string. */
const MAX_RESULT_BYTES = 80_000_000;
/**
 * A DuckDB that holds tables in memory and can reach nothing else: no files, no network, no
 * extensions, no settings. Runs one read-only statement of a person's at a time.
 */
export class Sandbox {
  private readonly limit = new TimeLimit(() => this.queryConnection?.interrupt());
  /** The running query's own; null while none runs. */
  private queryConnection: DuckDBConnection | null = null;

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly zone: string,
  ) {}

  /**
   * @param memoryLimit DuckDB's ceiling, e.g. `512MB`; a query beyond it fails, nothing spills
   * @param results the one folder that `save` may write to: the app's own, with nothing else in it
   */
  static async open(
    tables: readonly NamedScan[],
    memoryLimit: string,
    threads: number,
    results?: string,
  ): Promise<Sandbox> {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: memoryLimit,
      threads: String(threads),
      // Its list would tell a query where the file is.
      enable_external_file_cache: 'false',
    });
    try {
      const connection = await instance.connect();
      for (const table of tables) await loadNamed(connection, table);
      const zone = await sessionZone(connection);
      if (results !== undefined) {
        await connection.run(`SET allowed_directories = [${quotedText(results)}]`);
      }
      for (const statement of LOCKDOWN) await connection.run(statement);
      connection.closeSync();
      return new Sandbox(instance, zone);
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
    const rows: Cell[][] = [];
    const { columns, end } = await this.read(sql, limits, () => (row) => void rows.push(row));
    return { columns, rows, ...end };
  }

  /** The result as JSON, its pieces told as they come: worth nothing where it then throws as `query`. */
  async write(
    sql: string,
    limits: QueryLimits,
    tell: (piece: Uint8Array<ArrayBuffer>) => void,
  ): Promise<void> {
    const text = new ResultWriter(tell);
    const { end } = await this.read(sql, limits, (columns) => {
      text.begin(columns);
      return (row) => text.row(row);
    });
    text.end(end);
  }

  /** Writes the whole result to a file, and tells how many rows it has. Throws as `query`. */
  async save(sql: string, { timeLimitMs, ...saving }: Saving & { timeLimitMs: number }) {
    return this.limit.during(timeLimitMs, async () => {
      const connection = (this.queryConnection = await this.instance.connect());
      try {
        // A text that passes is one SELECT: what it is then wrapped in is the app's own.
        (await this.prepare(connection, sql)).destroySync();
        const rows = await saveResult(connection, sql, saving);
        this.limit.throwIfStopped();
        return rows;
      } catch (error) {
        throw queryError(error, sql);
      } finally {
        this.queryConnection = null;
        connection.closeSync();
      }
    });
  }

  /** Tells the columns, and then each row. */
  private async read(
    sql: string,
    limits: QueryLimits,
    begin: (columns: Column[]) => (row: Cell[]) => void,
  ): Promise<{ columns: Column[]; end: ResultEnd }> {
    return this.limit.during(limits.timeLimitMs, async () => {
      // A connection for each: nothing that one query sets (setseed) is there for the next.
      const connection = (this.queryConnection = await this.instance.connect());
      try {
        return await this.run(connection, sql, limits, begin);
      } catch (error) {
        throw queryError(error, sql);
      } finally {
        this.queryConnection = null;
        connection.closeSync();
      }
    });
  }

  /** Ends the running query, which then throws `cancelled`. */
  interrupt(): void {
    this.limit.interrupt();
  }

  close(): void {
    this.instance.closeSync();
  }

  private async run(
    connection: DuckDBConnection,
    sql: string,
    { maxRows, maxBytes = MAX_RESULT_BYTES }: QueryLimits,
    begin: (columns: Column[]) => (row: Cell[]) => void,
  ): Promise<{ columns: Column[]; end: ResultEnd }> {
    const started = performance.now();
    const statement = await this.prepare(connection, sql);
    try {
      const result = await statement.stream();
      const columns = columnsOf(result, maxBytes);
      const budget = new ResultBudget(columns, maxBytes);
      const take = begin(columns);
      let rows = 0;
      reading: for await (const chunk of streamedChunks(result)) {
        this.limit.throwIfStopped();
        const cellsOf = chunkCells(chunk, this.zone);
        for (let index = 0; index < chunk.rowCount; index += 1) {
          rows += 1;
          if (rows > maxRows) break reading;
          const row = cellsOf(index);
          budget.take(row);
          take(row);
        }
      }
      const end: ResultEnd = {
        truncated: rows > maxRows,
        time_zone: result.columnTypes().some(needsZone) ? this.zone : null,
        duration_ms: Math.round(performance.now() - started),
      };
      return { columns, end };
    } catch (error) {
      throw error instanceof BrokenStream ? await this.reasonOf(statement, error) : error;
    } finally {
      statement.destroySync();
    }
  }

  /** A stream does not say what broke it: running the statement whole does. */
  private async reasonOf(statement: DuckDBPreparedStatement, broken: BrokenStream) {
    if (this.limit.isStopped) return broken;
    try {
      await statement.run();
    } catch (error) {
      return error;
    }
    return new AppError('bad-query', 'The query failed half-way.', {
      hint: 'Run it again, with fewer rows if it fails again.',
      cause: broken,
    });
  }

  private async prepare(
    connection: DuckDBConnection,
    sql: string,
  ): Promise<DuckDBPreparedStatement> {
    checkText(sql);
    const reader = await readWhole(
      await connection.run('SELECT json_serialize_sql($sql::VARCHAR)', { sql }),
    );
    checkStatement(sql, String(reader.getRows()[0]?.[0]));
    this.limit.throwIfStopped();
    const statements = await connection.extractStatements(sql);
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
