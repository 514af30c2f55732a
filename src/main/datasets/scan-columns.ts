import type { Database } from '../base/duckdb';
import type { ScanColumn } from '../base/scan';

/** The columns of what stands behind FROM, as DuckDB names and types them. */
export async function columnsOf(database: Database, from: string): Promise<ScanColumn[]> {
  const described = await database.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM ${from}`,
  );
  return described.map(({ column_name: name, column_type: sqlType }) => ({ name, sqlType }));
}
