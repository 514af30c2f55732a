import type { Cell } from '../../src/preload/contract/value-text';
import type { Row } from '../../src/renderer/row/row';

/** Rows with these cells, as an answer brings them; named by `id`, or by their place without one. */
export function rowsAs(columns: readonly string[], ...lines: readonly (readonly Cell[])[]): Row[] {
  const id = columns.indexOf('id');
  return lines.map((cells, place) => ({
    id: id === -1 ? `#${place}` : String(cells[id]),
    columns,
    cells,
  }));
}
