import type { Card } from '../../preload/contract/cards';
import { sameJson } from '../../preload/contract/merge-changes';
import { useDescribed } from './described';
import { useExplore } from './explore-store';

const NO_CARDS: readonly Card[] = [];

/** The dashboard a first launch shows. */
export function firstCards(): readonly Card[] {
  return useDescribed.getState().firstView?.cards ?? NO_CARDS;
}

/**
 * Shows the first view until a person arranges something else, and follows it: which members a card
 * of sets shows, for one, is the data's.
 */
export function followFirstView(): void {
  useDescribed.subscribe(({ firstView, opened }, { firstView: before, opened: openedBefore }) => {
    if (firstView === before || firstView?.cards === undefined) return;
    // Another dataset comes with what was seen of it; see show-dataset.ts.
    if (opened?.described.key !== openedBefore?.described.key) return;
    const { cards, setCards } = useExplore.getState();
    if (before === null || sameJson(cards, before.cards)) setCards(firstView.cards);
  });
}
