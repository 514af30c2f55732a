import { type Cell, type Shape, valueText } from '../../../preload/contract/value-text';

/** Beyond this a cell would hold up the screen: a list of millions is one cell too. */
const MOST_SHOWN = 1000;

/** A cell as far as it is shown, null as a dash; exports and the clipboard have it whole. */
export function shownText(cell: Cell, shape: Shape): string {
  const isLong =
    Array.isArray(cell) && /^(?:list|array)$/.test(shape.kind) && cell.length > MOST_SHOWN;
  const text = valueText(isLong ? (cell as Cell[]).slice(0, MOST_SHOWN) : cell, shape);
  if (text === null) return '–';
  return text.length <= MOST_SHOWN && !isLong ? text : `${text.slice(0, MOST_SHOWN)}…`;
}
