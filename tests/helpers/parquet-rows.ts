import { DuckDBInstance } from '@duckdb/node-api';

export type ParquetRow = Record<string, unknown>;

let instance: Promise<DuckDBInstance> | undefined;

/** All rows of a statement in a DuckDB of the tests' own, as plain JavaScript values. */
export async function queryRows<T = ParquetRow>(
  sql: string,
  values: Record<string, string> = {},
): Promise<T[]> {
  instance ??= DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await (await instance).connect();
  try {
    const reader = await connection.runAndReadAll(sql, values);
    return reader.getRowObjectsJS() as T[];
  } finally {
    connection.closeSync();
  }
}

/** A Parquet file's rows in file order. */
export function parquetRows(path: string): Promise<ParquetRow[]> {
  return queryRows('SELECT * FROM read_parquet($path, hive_partitioning = false)', { path });
}

/** A Parquet file's columns in file order, with DuckDB's names of their types. */
export async function parquetColumns(path: string): Promise<[name: string, type: string][]> {
  const rows = await queryRows<{ column_name: string; column_type: string }>(
    'DESCRIBE SELECT * FROM read_parquet($path, hive_partitioning = false)',
    { path },
  );
  return rows.map((row) => [row.column_name, row.column_type]);
}

/** A Parquet file's key-value metadata. */
export async function parquetProvenance(path: string): Promise<Record<string, string>> {
  const rows = await queryRows<{ key: string; value: string }>(
    'SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata($path)',
    { path },
  );
  return Object.fromEntries(rows.map((row) => [row.key, row.value]));
}
