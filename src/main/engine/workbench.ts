import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type Row, quotedName, quotedText } from '../base/duckdb';
import { TABLE } from './ask-table';
import { StatementCache } from './bound-statements';
import type { NamedScan } from './engine-messages';
import { loadTable } from './load-table';
import { RowNumbers } from './row-numbers';
import { sessionZone } from './session-zone';
import { isCounted, type PlainStatement } from './statements';
import { TimeLimit } from './time-limit';

/** What may lie in the folder for what does not fit into memory. */
const MOST_SPILLED = '8GB';

/**
 * A DuckDB that holds one table and answers the app's own questions, no text a person wrote. What it
 * loaded stays as it was, whatever happens to the files.
 */
export class Workbench {
  private readonly limit = new TimeLimit(() => {
    for (const each of this.connections) each.interrupt();
  });
  private readonly ready: readonly StatementCache[];
  private readonly numbers: RowNumbers;

  private constructor(
    private readonly instance: DuckDBInstance,
    /** Statements of a batch run side by side. */
    private readonly connections: readonly DuckDBConnection[],
    { rows, position }: { rows: number; position: string },
    zone: string,
  ) {
    this.ready = connections.map((each) => new StatementCache(each, zone));
    this.numbers = new RowNumbers(quotedName(TABLE), position, rows);
  }

  /**
   * @param spill a folder of its own; null fails what does not fit into memory
   * @param memoryLimit DuckDB's ceiling, e.g. `512MB`
   */
  static async open(
    table: NamedScan,
    spill: string | null,
    memoryLimit: string,
    threads: number,
  ): Promise<Workbench> {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: memoryLimit,
      threads: String(threads),
      enable_external_file_cache: 'false',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    try {
      const connection = await instance.connect();
      await connection.run(`SET temp_directory = ${quotedText(spill ?? '')}`);
      if (spill !== null) {
        await connection.run(`SET max_temp_directory_size = ${quotedText(MOST_SPILLED)}`);
      }
      const loaded = await loadTable(connection, table);
      const zone = await sessionZone(connection);
      return new Workbench(instance, [connection, await instance.connect()], loaded, zone);
    } catch (error) {
      instance.closeSync();
      throw error;
    }
  }

  /** The rows of each statement. Throws AppError as Sandbox.query does. */
  async batch(statements: readonly PlainStatement[], timeLimitMs: number): Promise<Row[][]> {
    return this.limit.during(timeLimitMs, async () => {
      const answers: Row[][] = [];
      const waiting = statements.entries();
      const work = async (ready: StatementCache) => {
        for (const [index, statement] of waiting) {
          this.limit.throwIfStopped();
          answers[index] = await (isCounted(statement)
            ? this.numbers.counted(statement, ready)
            : ready.rows(statement));
        }
      };
      const ends = await Promise.allSettled(this.ready.map(work));
      const failed = ends.find((end) => end.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
      return answers;
    });
  }

  /** Ends the running batch, which then throws `cancelled`. */
  interrupt(): void {
    this.limit.interrupt();
  }

  close(): void {
    for (const ready of this.ready) ready.clear();
    for (const each of this.connections) each.closeSync();
    this.instance.closeSync();
  }
}
