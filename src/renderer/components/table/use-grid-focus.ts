import { type FocusEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { GridPlace } from './grid-moves';

/**
 * The one cell of the grid that Tab reaches, and where the focus goes next. The active row is
 * always drawn, so that the focus is never lost to scrolling.
 */
export function useGridFocus(
  grid: RefObject<HTMLElement | null>,
  rows: number,
  columns: number,
  reveal: (row: number) => void,
) {
  const [place, setPlace] = useState<GridPlace>({ row: 0, column: 1 });
  const moving = useRef(false);
  const active = {
    row: Math.max(-1, Math.min(place.row, rows - 1)),
    column: Math.max(0, Math.min(place.column, columns - 1)),
  };

  // After every render: which cell is drawn changes without any of these values changing.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useLayoutEffect(() => {
    if (!moving.current) {
      // A column that was moved takes the focus along.
      const focused = placeOf(document.activeElement);
      const inside = grid.current?.contains(document.activeElement) === true;
      if (inside && focused !== null && !isSame(focused, place)) setPlace(focused);
      return;
    }
    const cell = grid.current?.querySelector<HTMLElement>(
      `[data-cell="${active.row} ${active.column}"]`,
    );
    if (cell === null || cell === undefined) return;
    moving.current = false;
    cell.focus({ preventScroll: true });
    const top = grid.current?.scrollTop ?? 0;
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (active.row < 0) return;
    // A row far away is not drawn where it will stand.
    grid.current?.scrollTo({ top });
    reveal(active.row);
  });

  return {
    active,
    moveTo(next: GridPlace) {
      moving.current = true;
      setPlace({ ...next });
    },
    /** Keeps the place true where the focus came by pointer or Tab. */
    onFocus(event: FocusEvent<HTMLElement>) {
      const focused = placeOf(event.target);
      if (focused !== null && !isSame(focused, place)) setPlace(focused);
    },
  };
}

function placeOf(element: Element | null): GridPlace | null {
  const cell = element?.closest<HTMLElement>('[data-cell]')?.dataset['cell'];
  const [row, column] = cell?.split(' ').map(Number) ?? [];
  return row === undefined || column === undefined ? null : { row, column };
}

function isSame(a: GridPlace, b: GridPlace): boolean {
  return a.row === b.row && a.column === b.column;
}
