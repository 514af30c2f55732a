import { create } from 'zustand';
import type { Card } from '../../../preload/contract/cards';

type Overlay = 'palette' | 'shortcuts' | 'builder';

interface OverlaysState {
  shown: Overlay | null;
  /** The card the chart builder changes; null where it makes a new one. */
  edited: Card | null;
}

/** Which of the windows that lie over every screen is open; at most one is. */
export const useOverlays = create<OverlaysState>(() => ({ shown: null, edited: null }));

export function showOverlay(shown: Overlay): void {
  rememberFocus();
  useOverlays.setState({ shown, edited: null });
}

/** Opens the chart builder on an existing card. */
export function editCard(card: Card): void {
  rememberFocus();
  useOverlays.setState({ shown: 'builder', edited: card });
}

export function closeOverlay(): void {
  useOverlays.setState({ shown: null });
}

/** Where the focus was before a window opened, and the windows and menus that led to it. */
let cameFrom: HTMLElement | null = null;

function rememberFocus(): void {
  const active = focused();
  const menu = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  if (menu !== null && menu !== undefined) cameFrom = document.getElementById(menu);
  else if (active instanceof HTMLElement && active.closest('[aria-modal="true"]') === null) {
    cameFrom = active;
  }
}

/** What has the focus; where a window over the screen has it or had it last, what had it before. */
export function focusedBelow(): Element | null {
  const active = focused();
  const isAbove = active === document.body || active?.closest('[aria-modal="true"]') !== null;
  return isAbove ? (cameFrom ?? active) : active;
}

/** Within a tree of its own too, as the editor of SQL stands in one. */
function focused(): Element | null {
  const active = document.activeElement;
  return active?.shadowRoot?.activeElement ?? active;
}

/** Gives the focus back where a window took it along. */
export function returnFocus(): void {
  if (document.activeElement !== document.body || cameFrom === document.body) return;
  cameFrom?.focus({ preventScroll: true });
}
