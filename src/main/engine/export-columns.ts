import { type ColumnType, datasetColumn } from '../../preload/contract/dataset';
import type { ExportFormat } from '../../preload/contract/export-formats';
import { type DecimalMark, FORMULA_START } from '../../preload/contract/spreadsheet-text';
import { quotedName, quotedText } from '../base/duckdb';

/**
 * What an exported file holds of a column: in CSV and JSON the very text that valueText and
 * valueJson give the value, as DuckDB writes it.
 *
 * @param of.spreadsheet the decimal mark of a CSV for spreadsheets; null for exact data
 */
export function exportedColumn(
  name: string,
  format: ExportFormat,
  { spreadsheet, isFirst }: { spreadsheet: DecimalMark | null; isFirst: boolean },
): string {
  const column = quotedName(name);
  const type = datasetColumn(name)?.type ?? 'VARCHAR';
  switch (format) {
    case 'parquet':
      return column;
    case 'json':
      return type === 'DOUBLE' ? `${doubleJson(column)} AS ${column}` : column;
    case 'csv':
      return `${csvField(column, type, spreadsheet)} AS ${csvHeader(name, spreadsheet !== null && isFirst)}`;
    default: {
      const never: never = format;
      throw new Error(`unknown format ${String(never)}`);
    }
  }
}

/** The byte order mark, by which Excel knows UTF-8, is what a file begins with: its first header. */
function csvHeader(name: string, withMark: boolean): string {
  return quotedName(withMark ? `\uFEFF${name}` : name);
}

function csvField(column: string, type: ColumnType, spreadsheet: DecimalMark | null): string {
  const text = type === 'DOUBLE' ? doubleText(column) : `${column}::VARCHAR`;
  if (spreadsheet === null) return text;
  switch (type) {
    case 'VARCHAR':
    case 'VARCHAR[]':
      return `CASE WHEN regexp_matches(${text}, ${quotedText(FORMULA_START)}) THEN '''' ELSE '' END || ${text}`;
    case 'DOUBLE':
      return spreadsheet === 'comma' ? `replace(${text}, '.', ',')` : text;
    case 'INTEGER':
    case 'BOOLEAN':
      return text;
    default: {
      const never: never = type;
      throw new Error(`unknown type ${String(never)}`);
    }
  }
}

/** DuckDB writes `nan`, `inf` and `-inf`. */
function doubleText(column: string): string {
  return `CASE WHEN isnan(${column}) THEN 'NaN'
    WHEN isinf(${column}) THEN if(${column} > 0, 'Infinity', '-Infinity')
    ELSE ${column}::VARCHAR END`;
}

/** JSON has no number for what is not finite: a string of its text. */
function doubleJson(column: string): string {
  return `CASE WHEN ${column} IS NULL THEN NULL WHEN isfinite(${column}) THEN ${column}::VARCHAR::JSON
    ELSE to_json(${doubleText(column)}) END`;
}
