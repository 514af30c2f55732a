import type { Card } from '../../preload/contract/cards';
import { useExplore } from '../state/explore-store';
import { cardControl } from './kinds';

/** Takes a card away, and what is selected in it where no other card would show that. */
export function takeCardAway(id: string): void {
  const { cards, arrange } = useExplore.getState();
  const removed = cards.find((card) => card.id === id);
  const rest = cards.filter((card) => card.id !== id);
  arrange(rest, removed === undefined ? null : leftControl(removed, rest));
}

/** Puts a card in place of the one of its id. */
export function replaceCard(card: Card): void {
  const { cards, arrange } = useExplore.getState();
  const before = cards.find(({ id }) => id === card.id);
  const next = cards.map((other) => (other.id === card.id ? card : other));
  arrange(next, before === undefined ? null : leftControl(before, next));
}

/** Lets go what is selected in a card that has been taken away. */
export function letGoOf(card: Card): void {
  const { cards, arrange } = useExplore.getState();
  arrange(cards, leftControl(card, cards));
}

/** The control of a card, unless one of `cards` is it too. */
function leftControl(card: Card, cards: readonly Card[]): string | null {
  const control = cardControl(card);
  return cards.some((other) => cardControl(other) === control) ? null : control;
}
