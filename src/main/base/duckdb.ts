import {
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api';
import { cancelled } from '../../preload/contract/errors';
import { isOutOfMemory, outOfMemory, readWhole } from './whole-result';

export type Row = Record<string, unknown>;

/** A value bound as VARCHAR[]; without its type an empty list could not be bound. */
export class TextList {
  constructor(readonly values: readonly string[]) {}
}

const TELL_EVERY_MS = 50;
const INTERRUPT_EVERY_MS = 50;

type Bindable = DuckDBValue | TextList;

interface DatabaseOptions {
  memoryLimit?: string;
  signal?: AbortSignal;
  threads?: number | undefined;
}

/** One in-memory DuckDB with one connection, the pipeline's workbench; `close` discards it. */
export class Database {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  /**
   * @param options.memoryLimit DuckDB's own ceiling, e.g. `256MB`
   * @param options.signal interrupts the running statement; `run` then rejects as cancelled
   * @param options.threads by default as many as there are processors
   */
  static async open(options: DatabaseOptions = {}) {
    const { threads } = options;
    const instance = await DuckDBInstance.create(':memory:', {
      ...(threads === undefined ? {} : { threads: String(threads) }),
      memory_limit: options.memoryLimit ?? '512MB',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      // Nothing spills: DuckDB's default is a folder in whatever directory the command runs in.
      temp_directory: '',
    });
    const connection = await instance.connect();
    const database = new Database(instance, connection);
    options.signal?.addEventListener('abort', database.interrupt, { once: true });
    database.signal = options.signal;
    return database;
  }

  private signal: AbortSignal | undefined;
  private interrupting: NodeJS.Timeout | undefined;

  /** DuckDB forgets an interrupt that comes just before a statement starts, so it is repeated. */
  private readonly interrupt = (): void => {
    this.connection.interrupt();
    this.interrupting = setInterval(() => this.connection.interrupt(), INTERRUPT_EVERY_MS);
  };

  async run(sql: string, values: Record<string, Bindable> = {}): Promise<void> {
    await this.read(sql, values);
  }

  /** Runs a statement and reports meanwhile how many rows of its input it has read. */
  async runTelling(sql: string, tell: (rows: number) => void): Promise<void> {
    await this.run('SET enable_progress_bar = true');
    await this.run('SET enable_progress_bar_print = false');
    await this.run('SET progress_bar_time = 0');
    let most = 0;
    const timer = setInterval(() => {
      // Zero again once DuckDB is finished, which may be shortly before the statement returns.
      most = Math.max(most, Number(this.connection.progress.rows_processed));
      tell(most);
    }, TELL_EVERY_MS);
    try {
      await this.run(sql);
    } finally {
      clearInterval(timer);
    }
  }

  /** All rows of a statement as plain JavaScript values: BIGINT as bigint, lists as arrays. */
  async rows<T = Row>(sql: string, values: Record<string, Bindable> = {}): Promise<T[]> {
    const reader = await this.read(sql, values);
    return reader.getRowObjectsJS() as T[];
  }

  /** The columns of a query, whose rows are not read. */
  async columns(query: string): Promise<{ name: string; type: DuckDBType }[]> {
    const reader = await this.read(`SELECT * FROM (${query}) LIMIT 0`, {});
    const types = reader.columnTypes();
    return reader.columnNames().flatMap((name, index) => {
      const type = types[index];
      return type === undefined ? [] : [{ name, type }];
    });
  }

  /** The one row of a statement that has exactly one. */
  async row<T = Row>(sql: string, values: Record<string, Bindable> = {}): Promise<T> {
    const [first] = await this.rows<T>(sql, values);
    if (first === undefined) throw new Error(`expected a row: ${sql.slice(0, 80)}`);
    return first;
  }

  /** Adds rows to a table, given column by column. */
  async append(table: string, columns: readonly (readonly DuckDBValue[])[]): Promise<void> {
    const appender = await this.connection.createAppender(table);
    try {
      const types = columns.map((_, index) => appender.columnType(index));
      const rows = columns[0]?.length ?? 0;
      const chunk = DuckDBDataChunk.create(types, rows);
      for (const [index, values] of columns.entries()) chunk.setColumnValues(index, values);
      appender.appendDataChunk(chunk);
    } finally {
      appender.closeSync();
    }
  }

  /** For work between two statements. */
  throwIfCancelled(): void {
    if (this.signal?.aborted) throw cancelled();
  }

  private async read(sql: string, values: Record<string, Bindable>) {
    this.throwIfCancelled();
    const bound: Record<string, DuckDBValue> = {};
    const types: Record<string, ReturnType<typeof LIST>> = {};
    for (const [name, value] of Object.entries(values)) {
      if (value instanceof TextList) {
        bound[name] = listValue([...value.values]);
        types[name] = LIST(VARCHAR);
      } else {
        bound[name] = value;
      }
    }
    try {
      return await readWhole(await this.connection.run(sql, bound, types));
    } catch (error) {
      if (this.signal?.aborted) throw cancelled();
      throw isOutOfMemory(error) ? outOfMemory(error) : error;
    }
  }

  close(): void {
    this.signal?.removeEventListener('abort', this.interrupt);
    clearInterval(this.interrupting);
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

/** An SQL string literal, for the few places that take no bound value (COPY's options). */
export function quotedText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** An SQL identifier. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
