import type { ColumnDescriptor } from '../../../preload/contract/descriptor';
import { shapeOfSqlType } from '../../../preload/contract/sql-type-shape';
import { tabsText } from '../../../preload/contract/table-text';
import type { Cell, Shape } from '../../../preload/contract/value-text';
import { cellOf, type Row } from '../../row/row';
import { titleOf } from '../../words/column-words';

/**
 * Rows as tab-separated text with a header line, as spreadsheets take it from the clipboard: each
 * value whole (not rounded as on the screen), null an empty cell.
 */
export function rowsToText(columns: readonly ColumnDescriptor[], rows: readonly Row[]): string {
  return tabsText({
    columns: columns.map((column) => ({
      name: titleOf(column),
      type: column.sqlType,
      shape: shapeOfSqlType(column.sqlType),
    })),
    rows: rows.map((row) => columns.map(({ name }) => cellOf(row, name))),
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
