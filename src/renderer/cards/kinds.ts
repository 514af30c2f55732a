import type { CardOf } from '../../preload/contract/cards';
import type { Control } from '../state/controls';
import type { CardKind, KindName } from './card-kind';
import { categoriesKind } from './categories/categories-kind';
import { densityKind } from './density/density-kind';
import { groupKind } from './group/group-kind';
import { histogramKind } from './histogram/histogram-kind';
import { pairsKind } from './pairs/pairs-kind';
import { setsKind } from './sets/sets-kind';
import { spreadKind } from './spread/spread-kind';

/** Every kind of card there is, in the order in which the builder offers them. */
export const CARD_KINDS: { readonly [K in KindName]: CardKind<K> } = {
  density: densityKind,
  histogram: histogramKind,
  group: groupKind,
  spread: spreadKind,
  categories: categoriesKind,
  pairs: pairsKind,
  sets: setsKind,
};

export function kindOf<K extends KindName>({ kind }: CardOf<K>): CardKind<K> {
  return CARD_KINDS[kind] as unknown as CardKind<K>;
}

/** The control that a card is. */
export function cardControl<K extends KindName>(card: CardOf<K>): Control {
  return kindOf<K>(card).control(card);
}
