import type { ChartRow } from '../../../preload/contract/chart-query';
import { type ColumnName, columnShape, datasetColumn } from '../../../preload/contract/dataset';
import { tabsText } from '../../../preload/contract/table-text';
import type { Cell, Shape } from '../../../preload/contract/value-text';
import { columnTitle } from '../../charts/format';

/**
 * Rows as tab-separated text with a header line, as spreadsheets take it from the clipboard: each
 * value whole (not rounded as on the screen), null an empty cell.
 */
export function rowsToText(columns: readonly ColumnName[], rows: readonly ChartRow[]): string {
  return tabsText({
    columns: columns.map((name) => ({
      name: columnTitle(name),
      type: datasetColumn(name)?.type ?? '',
      shape: columnShape(name),
    })),
    rows: rows.map((row) => columns.map((name) => (row[name] ?? null) as Cell)),
  });
}

/** The same of any lines of values under their headers. */
export function linesToText(
  headers: readonly string[],
  lines: readonly (readonly unknown[])[],
): string {
  const rows = lines.map((line) => line.map((value) => (value ?? null) as Cell));
  return tabsText({
    columns: headers.map((name, index) => ({
      name,
      type: '',
      shape: shapeOfCells(rows.map((row) => row[index] ?? null)),
    })),
    rows,
  });
}

/** What an answer has no type for is seen from its values. */
function shapeOfCells(cells: readonly Cell[]): Shape {
  const known = cells.filter((cell) => cell !== null);
  if (known.some((cell) => Array.isArray(cell))) return { kind: 'list', of: { kind: 'text' } };
  const isNumber = known.length > 0 && known.every((cell) => typeof cell === 'number');
  if (!isNumber) return { kind: 'text' };
  return { kind: known.every((cell) => Number.isInteger(cell)) ? 'integer' : 'float' };
}
