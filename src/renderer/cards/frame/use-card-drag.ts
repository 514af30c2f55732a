import type { PointerEvent as ReactPointerEvent } from 'react';
import { create } from 'zustand';
import { useExplore } from '../../state/explore-store';
import { moveCard } from '../order';

/** Pixels a pointer moves before a press on a card's head is a drag. */
const SLACK = 6;
/** So near to its upper or lower edge the board scrolls. */
const SCROLL_EDGE = 48;
const SCROLL_STEP = 10;

interface CardDrag {
  /** The card that is dragged. */
  id: string | null;
  /** The card it would be put beside, and on which side. */
  beside: string | null;
  side: 'before' | 'after';
}

const NOTHING: CardDrag = { id: null, beside: null, side: 'before' };
const useCardDrag = create<CardDrag>(() => NOTHING);

/** How a card looks while one is dragged. */
export function useDragMark(id: string): 'dragged' | 'before' | 'after' | undefined {
  return useCardDrag((drag) => {
    if (drag.id === id) return 'dragged';
    return drag.beside === id ? drag.side : undefined;
  });
}

/** Begins to drag a card by its head; what is pressed in it stays a press. */
export function startCardDrag(id: string, pressed: ReactPointerEvent<HTMLElement>): void {
  const card = pressed.currentTarget.closest<HTMLElement>('.card');
  const grid = card?.closest<HTMLElement>('.cards');
  const board = grid?.closest<HTMLElement>('.board');
  const isOnControl =
    pressed.target instanceof Element &&
    pressed.target.closest('button, a, input, select') !== null;
  if (pressed.button !== 0 || isOnControl || card === null || !grid || !board) return;
  if (card.dataset['full'] !== undefined) return;

  const from = { x: pressed.clientX, y: pressed.clientY + board.scrollTop };
  let at = { x: pressed.clientX, y: pressed.clientY };
  let frame = 0;
  const follow = () => {
    card.style.translate = `${at.x - from.x}px ${at.y + board.scrollTop - from.y}px`;
    useCardDrag.setState({ id, ...besideAt(grid, card, at) });
  };
  const scroll = () => {
    const { top, bottom } = board.getBoundingClientRect();
    const step = at.y < top + SCROLL_EDGE ? -1 : at.y > bottom - SCROLL_EDGE ? 1 : 0;
    if (step !== 0) {
      board.scrollBy(0, step * SCROLL_STEP);
      follow();
    }
    frame = requestAnimationFrame(scroll);
  };
  const move = (moved: PointerEvent) => {
    at = { x: moved.clientX, y: moved.clientY };
    if (frame === 0) {
      if (Math.hypot(at.x - from.x, at.y + board.scrollTop - from.y) < SLACK) return;
      getSelection()?.empty();
      frame = requestAnimationFrame(scroll);
    }
    follow();
  };
  const end = (isCancelled: boolean) => {
    removeEventListener('pointermove', move);
    removeEventListener('pointerup', up);
    removeEventListener('pointercancel', cancel);
    removeEventListener('keydown', escape, true);
    cancelAnimationFrame(frame);
    card.style.translate = '';
    const { beside, side } = useCardDrag.getState();
    useCardDrag.setState(NOTHING);
    if (!isCancelled && beside !== null) moveCard(id, placeBeside(id, beside, side));
  };
  const up = () => end(false);
  const cancel = () => end(true);
  const escape = (key: KeyboardEvent) => {
    if (key.key !== 'Escape') return;
    key.stopPropagation();
    end(true);
  };
  addEventListener('pointermove', move);
  addEventListener('pointerup', up);
  addEventListener('pointercancel', cancel);
  addEventListener('keydown', escape, true);
}

/** The card under the pointer, and which half of it; nothing beside the card itself. */
function besideAt(
  grid: HTMLElement,
  dragged: HTMLElement,
  { x, y }: { x: number; y: number },
): Pick<CardDrag, 'beside' | 'side'> {
  for (const card of grid.querySelectorAll<HTMLElement>(':scope > [data-card]')) {
    if (card === dragged) continue;
    const { left, right, top, bottom } = card.getBoundingClientRect();
    if (x < left || x > right || y < top || y > bottom) continue;
    return {
      beside: card.dataset['card'] ?? null,
      side: x < (left + right) / 2 ? 'before' : 'after',
    };
  }
  return { beside: null, side: 'before' };
}

function placeBeside(id: string, beside: string, side: CardDrag['side']): number {
  const rest = useExplore.getState().cards.filter((card) => card.id !== id);
  return rest.findIndex((card) => card.id === beside) + (side === 'after' ? 1 : 0);
}
