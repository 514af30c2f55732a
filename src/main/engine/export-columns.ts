import type { ExportFormat } from '../../preload/contract/export-formats';
import { type DecimalMark, FORMULA_START } from '../../preload/contract/spreadsheet-text';
import { quotedName, quotedText } from '../base/duckdb';
import { withIntervalsAsText } from '../base/interval-text';
import type { ScanColumn } from '../base/scan';

/**
 * What an exported file holds of a column: in CSV and JSON the very text that valueText and
 * valueJson give the value, as DuckDB writes it.
 *
 * @param of.spreadsheet the decimal mark of a CSV for spreadsheets; null for exact data
 */
export function exportedColumn(
  { name, sqlType }: ScanColumn,
  format: ExportFormat,
  { spreadsheet, isFirst }: { spreadsheet: DecimalMark | null; isFirst: boolean },
): string {
  const column = quotedName(name);
  const kind = kindOf(sqlType);
  switch (format) {
    case 'parquet': {
      const stored = withIntervalsAsText(sqlType);
      return stored === sqlType ? column : `CAST(${column} AS ${stored}) AS ${column}`;
    }
    case 'json':
      return `${jsonValue(column, kind)} AS ${column}`;
    case 'csv':
      return `${csvField(column, kind, spreadsheet)} AS ${csvHeader(name, spreadsheet !== null && isFirst)}`;
    default: {
      const never: never = format;
      throw new Error(`unknown format ${String(never)}`);
    }
  }
}

/** As much of a type as its text depends on. */
type Kind = 'float' | 'decimal' | 'long' | 'plain' | 'text';

function kindOf(sqlType: string): Kind {
  if (sqlType === 'FLOAT' || sqlType === 'DOUBLE') return 'float';
  if (/^DECIMAL\(\d+,\d+\)$/.test(sqlType)) return 'decimal';
  if (/^U?(BIGINT|HUGEINT)$/.test(sqlType)) return 'long';
  return /^(U?(TINYINT|SMALLINT|INTEGER)|BOOLEAN)$/.test(sqlType) ? 'plain' : 'text';
}

/** The byte order mark, by which Excel knows UTF-8, is what a file begins with: its first header. */
function csvHeader(name: string, withMark: boolean): string {
  return quotedName(withMark ? `\uFEFF${name}` : name);
}

function csvField(column: string, kind: Kind, spreadsheet: DecimalMark | null): string {
  const text = textOf(column, kind);
  if (spreadsheet === null) return text;
  switch (kind) {
    case 'text':
      return `CASE WHEN regexp_matches(${text}, ${quotedText(FORMULA_START)}) THEN '''' ELSE '' END || ${text}`;
    case 'float':
    case 'decimal':
      return spreadsheet === 'comma' ? `replace(${text}, '.', ',')` : text;
    case 'long':
    case 'plain':
      return text;
    default: {
      const never: never = kind;
      throw new Error(`unknown kind ${String(never)}`);
    }
  }
}

function textOf(column: string, kind: Kind): string {
  switch (kind) {
    case 'float':
      return doubleText(column);
    case 'decimal':
      return decimalText(column);
    default:
      return `${column}::VARCHAR`;
  }
}

function jsonValue(column: string, kind: Kind): string {
  switch (kind) {
    case 'float':
      return doubleJson(column);
    case 'decimal':
      return exactJson(
        decimalText(column),
        `length(regexp_replace(${column}::VARCHAR, '[^0-9]', '', 'g')) <= ${JSON_DIGITS}`,
      );
    case 'long':
      return exactJson(`${column}::VARCHAR`, `${column} BETWEEN -${MOST_EXACT} AND ${MOST_EXACT}`);
    default:
      return column;
  }
}

/** Digits, and integers, that every reader of JSON keeps. */
const JSON_DIGITS = 15;
const MOST_EXACT = Number.MAX_SAFE_INTEGER;

/** A JSON number where readers keep all of it, or a string of its text. */
function exactJson(text: string, isKept: string): string {
  return `CASE WHEN ${isKept} THEN ${text}::JSON ELSE to_json(${text}) END`;
}

/** DuckDB leaves the zero before the point out where the type has no place for it. */
function decimalText(column: string): string {
  return `regexp_replace(${column}::VARCHAR, '^(-?)\\.', '\\10.')`;
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
