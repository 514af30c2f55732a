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

/**
 * Roughly the memory a plain value takes, in bytes, and what it takes on its way between processes
 * and as JSON: there an object's keys are written with every object.
 */
export function plainSize(value: unknown): number {
  if (typeof value === 'string') return 16 + value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (Array.isArray(value)) return value.reduce<number>((sum, part) => sum + plainSize(part), 16);
  let sum = 16;
  for (const [key, part] of Object.entries(value)) sum += key.length + plainSize(part);
  return sum;
}
