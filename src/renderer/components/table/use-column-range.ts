import { type RefObject, useLayoutEffect, useMemo, useState } from 'react';

/** Tables with fewer columns than this are drawn whole: there is nothing to be won. */
const MANY = 60;
/** Pixels to both sides of what is in sight in which columns are drawn too. */
const BESIDE = 600;
/** The range follows the scroll bar in steps of so many pixels. */
const STEP = 300;

export interface DrawnColumn {
  index: number;
  /** The drawn column before it (−1: none) where others between them are not drawn; else null. */
  after: number | null;
}

/**
 * Which of a table's columns are drawn, in their order: those in or near sight, the frozen ones and
 * the one with the focus.
 * @param lefts where each column begins, in px; one more than columns, the last is the table's width
 * @param kept a column that is drawn wherever it is
 */
export function useColumnRange(
  scroller: RefObject<HTMLElement | null>,
  { lefts, frozen, kept }: { lefts: readonly number[]; frozen: number; kept: number },
): readonly DrawnColumn[] {
  const count = lefts.length - 1;
  const isMany = count > MANY;
  const [sight, setSight] = useState({ from: 0, to: 2000 });
  const [element, setElement] = useState<HTMLElement | null>(null);
  // After every render: a folded table has none.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useLayoutEffect(() => setElement(scroller.current));
  useLayoutEffect(() => {
    if (element === null || !isMany) return undefined;
    const look = () => {
      const from = Math.floor(element.scrollLeft / STEP) * STEP - BESIDE;
      const to = Math.ceil((element.scrollLeft + element.clientWidth) / STEP) * STEP + BESIDE;
      setSight((before) => (before.from === from && before.to === to ? before : { from, to }));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      sizes.disconnect();
    };
  }, [element, isMany]);
  const isDrawn = (index: number) =>
    !isMany ||
    index < frozen ||
    index === kept ||
    ((lefts[index + 1] ?? 0) > sight.from && (lefts[index] ?? 0) < sight.to);
  const drawn = Array.from({ length: count }, (_, index) => index).filter(isDrawn);
  const key = drawn.join(' ');
  return useMemo(
    () =>
      key === ''
        ? []
        : key
            .split(' ')
            .map(Number)
            .map((index, at, all) => {
              const before = all[at - 1] ?? -1;
              return { index, after: before === index - 1 ? null : before };
            }),
    [key],
  );
}
