import { type RefObject, useEffect, useRef } from 'react';

/**
 * Moves the focus to a panel as it opens, and back to where it was as it closes. `opened` is what
 * the panel shows; null while it is closed.
 */
export function useReturningFocus(panel: RefObject<HTMLElement | null>, opened: number | null) {
  const cameFrom = useRef<Element | null>(null);
  useEffect(() => {
    if (opened !== null) {
      if (panel.current?.contains(document.activeElement)) return;
      cameFrom.current = document.activeElement;
      panel.current?.focus({ preventScroll: true });
      return;
    }
    const target = cameFrom.current;
    cameFrom.current = null;
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (!lost) return;
    // Opened from another screen: what had the focus there has gone with it.
    const there = target instanceof HTMLElement && target.isConnected && target !== document.body;
    const back = there ? target : document.getElementById('main');
    back?.focus({ preventScroll: true });
  }, [panel, opened]);
}
