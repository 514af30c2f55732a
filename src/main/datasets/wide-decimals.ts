import type { Database } from '../base/duckdb';
import { scanParquet, scanParquetSchema } from '../base/duckdb-scan';
import type { ScanNote } from '../base/scan';
import { columnsOf } from './scan-columns';

/** Digits of DuckDB's DECIMAL. */
const MOST_DIGITS = 38;

interface Part {
  name: string;
  children: number;
  digits: number | null;
}

/**
 * Columns that hold, at any depth, decimals of more digits than DuckDB's DECIMAL. It takes those for
 * DOUBLE, and where their bytes are not a multiple of eight, 1.10 for 309,622,474,381,721.6 (1.5.5).
 */
export async function wideDecimals(
  database: Database,
  files: readonly string[],
): Promise<ScanNote[]> {
  const found = new Map<string, number>();
  const { widest } = await database.row<{ widest: number | null }>(
    `SELECT max(precision)::INTEGER AS widest FROM ${scanParquetSchema(files)}`,
  );
  if (widest === null || widest <= MOST_DIGITS) return [];
  for (const file of files) {
    const [, ...parts] = await database.rows<Part>(
      `SELECT name, coalesce(num_children, 0)::INTEGER AS children, precision::INTEGER AS digits
       FROM ${scanParquetSchema([file])}`,
    );
    const columns = await columnsOf(database, scanParquet([file]));
    const digits = digitsOf(parts);
    for (const [index, { name }] of columns.entries()) {
      const most = digits[index] ?? 0;
      if (most > MOST_DIGITS) found.set(name, Math.max(most, found.get(name) ?? 0));
    }
  }
  return [...found].map(([column, digits]) => ({
    column,
    count: 1,
    what: `Its numbers may have ${digits} digits, more than DuckDB’s DECIMAL: the column is left out.`,
  }));
}

/** The most digits within each column; parts come depth first. */
function digitsOf(parts: readonly Part[]): number[] {
  const most: number[] = [];
  let open = 0;
  for (const { children, digits } of parts) {
    if (open === 0) {
      most.push(0);
      open = 1;
    }
    open += children - 1;
    most[most.length - 1] = Math.max(most.at(-1) ?? 0, digits ?? 0);
  }
  return most;
}
