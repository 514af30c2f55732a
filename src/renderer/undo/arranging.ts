import type { Card } from '../../preload/contract/cards';
import type { RowId } from '../../preload/contract/descriptor';
import { takeCardAway } from '../cards/arrange';
import { useExplore } from '../state/explore-store';
import { firstCards } from '../state/first-view';
import { undoable } from './undoable';

/** What takes a person's arrangement away, each with its way back. */

export function removeCard({ id, title }: Card): void {
  undoable(`Removed ‘${title}’`, () => takeCardAway(id));
}

export function showDefaultCards(): void {
  undoable('The default charts are back', () => useExplore.getState().setCards(firstCards()));
}

export function clearSort(): void {
  undoable('The order is cleared', () => useExplore.getState().setSort([]));
}

export function takeOutOfComparison(id: RowId, name: string): void {
  undoable(`Took ‘${name}’ out`, () => useExplore.getState().toggleCompared(id));
}

export function clearComparison(): void {
  undoable('Took everybody out of the comparison', () => useExplore.getState().clearCompared());
}
