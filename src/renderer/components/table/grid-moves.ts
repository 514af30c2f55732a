/** A place in the grid; row −1 is the header, column 0 the first one. */
export interface GridPlace {
  row: number;
  column: number;
}

export interface GridSize {
  rows: number;
  columns: number;
  /** Rows in sight at once. */
  page: number;
}

export interface GridKey {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
}

/**
 * Where a key takes the focus; null where it is not one that moves. Source: WAI-ARIA Authoring
 * Practices, “Data Grid”: Home and End within the row, with Ctrl to the first and last cell.
 */
export function movedPlace(from: GridPlace, key: GridKey, size: GridSize): GridPlace | null {
  const jump = key.ctrlKey || key.metaKey;
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const to = (row: number, column: number): GridPlace => ({
    row: Math.max(-1, Math.min(row, last.row)),
    column: Math.max(0, Math.min(column, last.column)),
  });
  switch (key.key) {
    case 'ArrowUp':
      return to(jump ? 0 : from.row - 1, from.column);
    case 'ArrowDown':
      return to(jump ? last.row : from.row + 1, from.column);
    case 'ArrowLeft':
      return to(from.row, jump ? 0 : from.column - 1);
    case 'ArrowRight':
      return to(from.row, jump ? last.column : from.column + 1);
    case 'Home':
      return to(jump ? 0 : from.row, 0);
    case 'End':
      return to(jump ? last.row : from.row, last.column);
    case 'PageUp':
      return to(from.row < 0 ? -1 : Math.max(0, from.row - size.page), from.column);
    case 'PageDown':
      return to(Math.max(0, from.row) + size.page, from.column);
    default:
      return null;
  }
}
