import type { ExportFormat } from '../../../preload/contract/export-formats';
import type { RiskClasses } from '../../../preload/contract/risk';
import type { DecimalMark } from '../../../preload/contract/spreadsheet-text';
import { spreadsheetDialect } from '../../../preload/contract/table-text';
import { type Database, quotedName } from '../../base/duckdb';
import { scanCsvText, scanJsonArray, scanParquet } from '../../base/duckdb-scan';
import type { Compression } from '../export-options';
import { classesOf } from './figures';
import { runIn } from './run-in-database';

interface Written {
  format: ExportFormat;
  compression: Compression | null;
  spreadsheet: DecimalMark | null;
  /** In the order of the file. */
  columns: readonly string[];
}

/** Counts classes in a file that was written, by what stands in it and nothing else. */
export function writtenClasses(
  database: Database,
  path: string,
  written: Written,
  by: readonly string[],
): Promise<RiskClasses> {
  const grouped = by.map((name) => `c${written.columns.indexOf(name)}`);
  const group = grouped.length === 0 ? '' : `GROUP BY ${grouped.join(', ')} `;
  // Without a column to group by an empty file would have a class of no rows.
  return classesOf(
    { run: runIn(database) },
    `SELECT count(*) AS n FROM ${fileSql(path, written)} ${group}HAVING count(*) > 0`,
  );
}

/** The file's rows, with its columns as c0, c1 … */
function fileSql(path: string, { format, compression, spreadsheet, columns }: Written): string {
  const names = columns.map((_, at) => `c${at}`);
  const packed = compression ?? 'none';
  switch (format) {
    case 'parquet':
      return `${scanParquet([path])} AS file(${names.join(', ')})`;
    case 'csv': {
      const delimiter = spreadsheet === null ? ',' : spreadsheetDialect(spreadsheet).separator;
      const dialect = { delimiter, quote: '"', escape: '"', skip: 0, header: true };
      return scanCsvText([path], dialect, names, 'refuse', packed);
    }
    case 'json': {
      const listed = columns.map((name, at) => `${quotedName(name)} AS c${at}`).join(', ');
      return `(SELECT ${listed} FROM ${scanJsonArray(path, columns, LONGEST_ROW, packed)})`;
    }
    default: {
      const never: never = format;
      throw new Error(`unknown format ${String(never)}`);
    }
  }
}

/** DuckDB keeps a few of them in memory. */
const LONGEST_ROW = 16_000_000;
