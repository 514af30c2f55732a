import type { KeyboardEvent } from 'react';
import { useExplore } from '../../state/explore-store';
import { type Direction, moveCard, placeTowards, setCardWidth } from '../order';

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Alt and an arrow move the card; with Shift it becomes wider or narrower. */
export function arrangeKey(id: string, event: KeyboardEvent<HTMLElement>): void {
  const direction = DIRECTIONS[event.key];
  const isField =
    event.target instanceof Element && event.target.matches('input, select, textarea');
  if (direction === undefined || !event.altKey || event.ctrlKey || event.metaKey || isField) return;
  event.preventDefault();
  event.stopPropagation();
  const step = { left: -1, right: 1, up: 0, down: 0 }[direction];
  if (!event.shiftKey) moveTowards(id, direction);
  else if (step !== 0) widenCard(id, step);
}

/** Moves a card by what stands around it on the screen. */
export function moveTowards(id: string, direction: Direction): void {
  const shown = [...document.querySelectorAll<HTMLElement>('.cards > [data-card]')];
  const at = shown.findIndex((card) => card.dataset['card'] === id);
  if (at === -1) return;
  const places = shown.map((card) => card.getBoundingClientRect());
  moveCard(id, placeTowards(at, direction, places));
  keepInSight(id);
}

export function widenCard(id: string, by: number): void {
  const card = useExplore.getState().cards.find((each) => each.id === id);
  if (card !== undefined) setCardWidth(id, card.width + by);
  keepInSight(id);
}

function keepInSight(id: string): void {
  requestAnimationFrame(() => {
    const card = document.querySelector(`.cards > [data-card="${CSS.escape(id)}"]`);
    card?.scrollIntoView({ block: 'nearest' });
  });
}
