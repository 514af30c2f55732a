import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { type ScrolledRows, offsetAt, pixelsOf, scrollTopAt } from './scrolled-rows';

/** Rows drawn above and below those in sight. */
const BESIDE = 6;
/** A row's place within its block does not change as it is scrolled to. */
const BLOCK = 1000;

interface Range {
  first: number;
  last: number;
  /** Where row 0 would stand in the body, in px: 0 unless the scroll bar stands for more. */
  origin: number;
}

export interface RowRange extends Omit<Range, 'origin'> {
  /** Of the body, in px. */
  height: number;
  /** Rows to be drawn, and where within `shift`. */
  drawn: { index: number; top: number }[];
  shift: number;
  /** Scrolls as little as it takes. */
  reveal(row: number): void;
}

/**
 * Which of many rows of one height are in sight. Nothing is kept per row.
 * @param header height of what stays above the rows
 * @param kept a row that is drawn wherever it is
 * @param start where it was scrolled to; taken once `isKnown` says that `rows` is how many there are
 */
export function useRowRange(
  scroller: RefObject<HTMLElement | null>,
  {
    rows,
    rowHeight,
    header,
    kept,
    start,
    isKnown,
  }: {
    rows: number;
    rowHeight: number;
    header: number;
    kept: number;
    start: RefObject<number>;
    isKnown: boolean;
  },
): RowRange {
  const [range, setRange] = useState<Range>({ first: 0, last: -1, origin: 0 });
  const [element, setElement] = useState<HTMLElement | null>(null);
  // After every render: a folded table has none.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useLayoutEffect(() => setElement(scroller.current));
  const scrolled = useCallback(
    (of: HTMLElement): ScrolledRows => ({ rows, rowHeight, view: of.clientHeight - header }),
    [rows, rowHeight, header],
  );
  useLayoutEffect(() => {
    if (element === null) return;
    const look = () => {
      const offset = offsetAt(element.scrollTop, scrolled(element));
      const view = element.clientHeight - header;
      const next: Range = {
        first: Math.max(0, Math.floor(offset / rowHeight)),
        last: Math.min(rows - 1, Math.ceil((offset + view) / rowHeight) - 1),
        origin: element.scrollTop - offset,
      };
      setRange((before) => (isSame(before, next) ? before : next));
    };
    look();
    const note = () => {
      start.current = element.scrollTop;
      look();
    };
    element.addEventListener('scroll', note, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => {
      element.removeEventListener('scroll', note);
      sizes.disconnect();
    };
  }, [element, scrolled, rows, rowHeight, header, start]);
  const restored = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    if (element === null || !isKnown || restored.current === element) return;
    restored.current = element;
    element.scrollTop = start.current;
  }, [element, isKnown, start]);

  const from = Math.max(0, Math.min(range.first, rows - 1) - BESIDE);
  const to = Math.min(rows - 1, range.last + BESIDE);
  const base = range.origin === 0 ? 0 : Math.floor(from / BLOCK) * BLOCK;
  const drawn = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  if (kept >= 0 && kept < from) drawn.unshift(kept);
  if (kept > to && kept < rows) drawn.push(kept);
  // A row far away would make the body higher than it is: it stands just out of sight.
  const near = (index: number) =>
    base === 0 && range.origin === 0 ? index : Math.max(from - BLOCK, Math.min(index, to + BLOCK));
  return {
    first: range.first,
    last: Math.max(range.first, range.last),
    height: pixelsOf({ rows, rowHeight }),
    drawn: drawn.map((index) => ({ index, top: (near(index) - base) * rowHeight })),
    shift: base * rowHeight + range.origin,
    reveal: (row) => {
      if (element === null) return;
      const place = scrolled(element);
      const offset = offsetAt(element.scrollTop, place);
      const top = row * rowHeight;
      const wanted = Math.min(top, Math.max(offset, top + rowHeight - place.view));
      if (wanted !== offset) element.scrollTop = scrollTopAt(wanted, place);
    },
  };
}

function isSame(one: Range, other: Range): boolean {
  return one.first === other.first && one.last === other.last && one.origin === other.origin;
}
