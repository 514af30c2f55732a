/**
 * Parquet's INTERVAL counts milliseconds in 32 bits without a sign: DuckDB cuts microseconds, refuses
 * negative ones, and writes 2,000 hours as 807. In Parquet an interval is its text.
 */
export function withIntervalsAsText(sqlType: string): string {
  return sqlType.replace(/"(?:[^"]|"")*"|'(?:[^']|'')*'|\bINTERVAL\b/g, (part) =>
    part === 'INTERVAL' ? 'VARCHAR' : part,
  );
}
