import type { Card } from '../../../preload/contract/cards';
import { BoxCard } from './BoxCard';
import type { CardProps } from './card-props';
import { GamesCard } from './GamesCard';
import { GroupCard } from './GroupCard';
import { HistogramCard } from './HistogramCard';
import { ScatterCard } from './ScatterCard';
import { TypePairsCard } from './TypePairsCard';
import { TypesCard } from './TypesCard';

/** The component of a card's kind. */
export function ChartCard({ card, onRemove, onEdit }: CardProps<Card>) {
  const props = { onRemove, onEdit };
  switch (card.kind) {
    case 'density':
      return <ScatterCard card={card} {...props} />;
    case 'histogram':
      return <HistogramCard card={card} {...props} />;
    case 'categories':
      return <TypesCard card={card} {...props} />;
    case 'pairs':
      return <TypePairsCard card={card} {...props} />;
    case 'spread':
      return <BoxCard card={card} {...props} />;
    case 'sets':
      return <GamesCard card={card} {...props} />;
    case 'group':
      return <GroupCard card={card} {...props} />;
    default: {
      const never: never = card;
      throw new Error(`unknown card ${JSON.stringify(never)}`);
    }
  }
}
