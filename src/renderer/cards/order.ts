import { create } from 'zustand';
import { type Card, MOST_CARDS, NARROWEST_CARD, WIDEST_CARD } from '../../preload/contract/cards';
import { useExplore } from '../state/explore-store';
import { freshId } from './fresh-id';

/** Where a card goes by a key or its menu. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** Where cards stand on the screen, in their order. */
export type Places = readonly Pick<DOMRect, 'left' | 'right' | 'top'>[];

/** What was just done, for the screen reader. */
export const useArranged = create<{ said: string }>(() => ({ said: '' }));

/** The place in the order that a card of place `at` goes to; the same where it can go no further. */
export function placeTowards(at: number, direction: Direction, places: Places): number {
  const last = places.length - 1;
  switch (direction) {
    case 'left':
      return Math.max(0, at - 1);
    case 'right':
      return Math.min(last, at + 1);
    case 'up':
      return beside(at, -1, places) ?? 0;
    case 'down':
      return beside(at, 1, places) ?? last;
    default: {
      const never: never = direction;
      throw new Error(`unknown direction ${String(never)}`);
    }
  }
}

/** Of the next row in a direction, the card that shares most of the width with this one. */
function beside(at: number, step: 1 | -1, places: Places): number | null {
  const own = places[at];
  if (own === undefined) return null;
  const isOf = (top: number) => (place: Places[number]) => Math.abs(place.top - top) < SAME_ROW_PX;
  let next = at + step;
  while (places[next] !== undefined && isOf(own.top)(places[next] ?? own)) next += step;
  const row = places[next];
  if (row === undefined) return null;
  const shared = (place: Places[number]) =>
    Math.min(place.right, own.right) - Math.max(place.left, own.left);
  return places
    .map((place, index) => ({ place, index }))
    .filter(({ place }) => isOf(row.top)(place))
    .reduce((best, each) => (shared(each.place) > shared(best.place) ? each : best)).index;
}

const SAME_ROW_PX = 4;

/** Puts a card in another place of the order. */
export function moveCard(id: string, to: number): void {
  const { cards, setCards } = useExplore.getState();
  const card = cards.find((each) => each.id === id);
  if (card === undefined || cards.indexOf(card) === to) return;
  const rest = cards.filter((each) => each !== card);
  setCards([...rest.slice(0, to), card, ...rest.slice(to)]);
  say(`‘${card.title}’: place ${to + 1} of ${cards.length}`);
}

/** Puts a card in place of the one of its id that shows the same otherwise. */
export function showCard(card: Card): void {
  const { cards, setCards } = useExplore.getState();
  setCards(cards.map((each) => (each.id === card.id ? card : each)));
}

/** As wide as so many of the twelve columns, as far as a card can be. */
export function setCardWidth(id: string, width: number): void {
  const { cards, setCards } = useExplore.getState();
  const card = cards.find((each) => each.id === id);
  const possible = possibleWidth(width);
  if (card === undefined || card.width === possible) return;
  setCards(cards.map((each) => (each === card ? { ...card, width: possible } : each)));
  say(`‘${card.title}’: ${possible} of ${WIDEST_CARD} columns wide`);
}

export function possibleWidth(width: number): number {
  return Math.min(WIDEST_CARD, Math.max(NARROWEST_CARD, width));
}

/** Whether there is room for another card. */
export function hasRoom(cards: readonly Card[]): boolean {
  return cards.length < MOST_CARDS;
}

/** The same card again, beside it; it shows and sets the same filter. */
export function duplicateCard(id: string): void {
  const { cards, setCards } = useExplore.getState();
  const at = cards.findIndex((each) => each.id === id);
  const card = cards[at];
  if (card === undefined || !hasRoom(cards)) return;
  const copy = { ...card, id: freshId(), title: copyTitle(card.title, cards) };
  setCards([...cards.slice(0, at + 1), copy, ...cards.slice(at + 1)]);
  say(`‘${copy.title}’: place ${at + 2} of ${cards.length + 1}`);
}

/** `BMI 2`, `BMI 3`: a title that no other card has. */
function copyTitle(title: string, cards: readonly Card[]): string {
  const taken = new Set(cards.map((card) => card.title));
  const stem = title.replace(/ \d+$/, '').slice(0, LONGEST_STEM);
  for (let count = 2; ; count += 1) {
    const copy = `${stem} ${count}`;
    if (!taken.has(copy)) return copy;
  }
}

/** A title has at most 80 characters, the number among them. */
const LONGEST_STEM = 75;

function say(said: string): void {
  useArranged.setState({ said });
}
