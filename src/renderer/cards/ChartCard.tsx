import type { Card } from '../../preload/contract/cards';
import type { CardProps, KindName } from './card-kind';
import { CardPlaceholder } from './frame/CardPlaceholder';
import { kindOf } from './kinds';

/** A card of any kind. */
export function ChartCard<K extends KindName>(props: Omit<CardProps<K>, 'tall'>) {
  const { Chart, isTall } = kindOf<K>(props.card);
  return <Chart {...props} tall={isTall} />;
}

/** Its place until it is there. */
export function ChartCardPlaceholder({ card }: { card: Card }) {
  return <CardPlaceholder card={card} tall={kindOf(card).isTall} />;
}
