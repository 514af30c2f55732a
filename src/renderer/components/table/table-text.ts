import type { ChartRow } from '../../../preload/contract/chart-query';
import type { ColumnName } from '../../../preload/contract/dataset';
import { columnTitle } from '../../charts/format';

/**
 * Rows as tab-separated text with a header line, as spreadsheets take it from the clipboard.
 * Numbers are whole (not rounded as on the screen), null is an empty cell.
 */
export function rowsToText(columns: readonly ColumnName[], rows: readonly ChartRow[]): string {
  return linesToText(
    columns.map(columnTitle),
    rows.map((row) => columns.map((column) => row[column])),
  );
}

/** The same of any lines of values under their headers. */
export function linesToText(
  headers: readonly string[],
  lines: readonly (readonly unknown[])[],
): string {
  const texts = [headers.map(textCell), ...lines.map((line) => line.map(cell))];
  return texts.map((line) => line.join('\t')).join('\r\n');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return textCell(Array.isArray(value) ? value.join(', ') : String(value));
}

/**
 * Quoted where a tab, line or quote would break the cell. An apostrophe keeps a spreadsheet from
 * running text that looks like a formula. Source: OWASP, “CSV Injection”.
 */
function textCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /["\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
