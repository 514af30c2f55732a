/**
 * Browsers cap an element's height (Firefox at 17.8 million px), and drawing is exact to a pixel up to
 * about half of that: rows beyond share the scroll bar's way, and the last one is at its end.
 */
const HIGHEST = 8_000_000;

export interface ScrolledRows {
  rows: number;
  rowHeight: number;
  /** Height of the part that shows rows. */
  view: number;
}

/** The height of the element that holds the rows. */
export function pixelsOf({ rows, rowHeight }: Omit<ScrolledRows, 'view'>): number {
  return Math.min(rows * rowHeight, HIGHEST);
}

/** How far the rows have moved up, for how far the scroll bar has gone. */
export function offsetAt(scrollTop: number, scrolled: ScrolledRows): number {
  return isWhole(scrolled) ? scrollTop : scrollTop * scaleOf(scrolled);
}

export function scrollTopAt(offset: number, scrolled: ScrolledRows): number {
  return isWhole(scrolled) ? offset : offset / scaleOf(scrolled);
}

function isWhole({ rows, rowHeight }: ScrolledRows): boolean {
  return rows * rowHeight <= HIGHEST;
}

function scaleOf({ rows, rowHeight, view }: ScrolledRows): number {
  return (rows * rowHeight - view) / (HIGHEST - view);
}
