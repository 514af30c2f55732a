import { create } from 'zustand';
import type { Card } from '../../state/cards';

type Overlay = 'palette' | 'shortcuts' | 'builder';

interface OverlaysState {
  shown: Overlay | null;
  /** The card the chart builder changes; null where it makes a new one. */
  edited: Card | null;
}

/** Which of the windows that lie over every screen is open; at most one is. */
export const useOverlays = create<OverlaysState>(() => ({ shown: null, edited: null }));

export function showOverlay(shown: Overlay): void {
  useOverlays.setState({ shown, edited: null });
}

/** Opens the chart builder on an existing card. */
export function editCard(card: Card): void {
  useOverlays.setState({ shown: 'builder', edited: card });
}

export function closeOverlay(): void {
  useOverlays.setState({ shown: null });
}
