import type { Card } from '../../state/cards';
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
    case 'scatter':
      return <ScatterCard card={card} {...props} />;
    case 'histogram':
      return <HistogramCard card={card} {...props} />;
    case 'types':
      return <TypesCard card={card} {...props} />;
    case 'type-pairs':
      return <TypePairsCard card={card} {...props} />;
    case 'box':
      return <BoxCard card={card} {...props} />;
    case 'games':
      return <GamesCard card={card} {...props} />;
    case 'group':
      return <GroupCard card={card} {...props} />;
    default: {
      const never: never = card;
      throw new Error(`unknown card ${JSON.stringify(never)}`);
    }
  }
}
