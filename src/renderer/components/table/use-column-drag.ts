import { type PointerEvent as ReactPointerEvent, useRef, useState } from 'react';

/** Pixels a pointer moves before a press on a header is a drag and not a click. */
const SLACK = 5;

export interface ColumnDrag {
  name: string;
  /** The column lands before this one of the columns on the screen; one past the last: at the end. */
  before: number;
}

/**
 * Drags a column's header to another place. `columns` are in screen order; their header cells
 * carry `data-header`.
 */
export function useColumnDrag(
  columns: readonly string[],
  onMove: (name: string, index: number) => void,
) {
  const [drag, setDrag] = useState<ColumnDrag | null>(null);
  /** Set by a drag, so that the click at its end does not sort. */
  const dragged = useRef(false);

  const start = (name: string) => (event: ReactPointerEvent<HTMLElement>) => {
    dragged.current = false;
    if (event.button !== 0) return;
    const header = event.currentTarget.closest('[role="row"]');
    const from = event.clientX;
    let before: number | null = null;
    const move = (moved: PointerEvent) => {
      if (before === null && Math.abs(moved.clientX - from) < SLACK) return;
      before = placeAt(header, moved.clientX, columns.length);
      setDrag({ name, before });
    };
    const end = (cancelled: boolean) => {
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', cancel);
      removeEventListener('keydown', escape, true);
      setDrag(null);
      if (before === null) return;
      dragged.current = true;
      const own = columns.indexOf(name);
      const index = before > own ? before - 1 : before;
      if (!cancelled && index !== own) onMove(name, index);
    };
    const up = () => end(false);
    const cancel = () => end(true);
    const escape = (pressed: KeyboardEvent) => {
      if (pressed.key !== 'Escape') return;
      pressed.stopPropagation();
      end(true);
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
    addEventListener('pointercancel', cancel);
    addEventListener('keydown', escape, true);
  };

  return { drag, start, wasDrag: () => dragged.current };
}

/** The first column whose middle lies right of the pointer. */
function placeAt(header: Element | null, x: number, count: number): number {
  const cells = [...(header?.querySelectorAll('[data-header]') ?? [])];
  const right = cells.find((cell) => {
    const box = cell.getBoundingClientRect();
    return x < box.left + box.width / 2;
  });
  // Columns far out of sight have no header.
  return right === undefined ? count : Number(right.getAttribute('aria-colindex')) - 2;
}
