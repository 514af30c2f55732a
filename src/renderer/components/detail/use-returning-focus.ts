import { type RefObject, useEffect, useRef } from 'react';
import { focusedBelow } from '../palette/overlays';

/**
 * Moves the focus to a panel as it opens, and back to where it was as it closes. `opened` is what
 * the panel shows; null while it is closed.
 */
export function useReturningFocus(panel: RefObject<HTMLElement | null>, opened: string | null) {
  const cameFrom = useRef<Element | null>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    // A page that has just been loaded had nothing to close.
    if (opened === null && !wasOpen.current) return;
    wasOpen.current = opened !== null;
    if (opened !== null) {
      if (panel.current?.contains(document.activeElement)) return;
      cameFrom.current = focusedBelow();
      panel.current?.focus({ preventScroll: true });
      return;
    }
    const target = cameFrom.current;
    cameFrom.current = null;
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (!lost) return;
    // What had the focus may have gone since, as when the screen was left.
    const there = target instanceof HTMLElement && target.isConnected && target !== document.body;
    const back = there ? target : document.getElementById('main');
    back?.focus({ preventScroll: true });
  }, [panel, opened]);
}
