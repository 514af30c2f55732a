import { Database } from '../../src/main/base/duckdb';

/** A DuckDB in memory, closed when the work is done, however it ends. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await Database.open();
  try {
    return await work(database);
  } finally {
    database.close();
  }
}
