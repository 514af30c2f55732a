import {
  DuckDBArrayValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBUnionValue,
  type DuckDBValue,
  DuckDBVariantValue,
} from '@duckdb/node-api';

/** Digits that a double holds exactly. */
const DOUBLE_DIGITS = 15;

/**
 * A DuckDB value as plain JavaScript: BIGINT as bigint, lists as arrays, structs as objects,
 * null as null. What JavaScript has no like of (dates, times, intervals, blobs, decimals of
 * more than 15 digits) becomes the text DuckDB prints.
 */
export function plainValue(value: DuckDBValue): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    return value.items.map(plainValue);
  }
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(
      Object.entries(value.entries).map(([name, entry]) => [name, plainValue(entry)]),
    );
  }
  if (value instanceof DuckDBMapValue) {
    return value.entries.map((entry) => ({
      key: plainValue(entry.key),
      value: plainValue(entry.value),
    }));
  }
  if (value instanceof DuckDBUnionValue || value instanceof DuckDBVariantValue) {
    return plainValue(value.value);
  }
  if (value instanceof DuckDBDecimalValue && value.width <= DOUBLE_DIGITS) return value.toDouble();
  return String(value);
}
