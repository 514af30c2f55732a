import type { ChartQuery } from '../../preload/contract/chart-query';
import type { Card } from './cards';

const GROUP_BINS = 20;

/** What a card asks of the engine. `games` are those whose overlaps are shown. */
export function cardQuery(card: Card, games: readonly string[] = []): ChartQuery {
  switch (card.kind) {
    case 'scatter':
      return { kind: 'points', x: card.x, y: card.y, color: card.color };
    case 'histogram':
      return { kind: 'histogram', column: card.column, bins: card.bins };
    case 'box':
      return { kind: 'box', column: card.column };
    case 'games':
      return { kind: 'games', games: [...games] };
    case 'types':
    case 'type-pairs':
      return { kind: card.kind };
    case 'group': {
      const { x, y, color, aggregate } = card;
      return {
        kind: 'group',
        x,
        aggregate,
        bins: GROUP_BINS,
        ...(y === undefined ? {} : { y }),
        ...(color === undefined ? {} : { color }),
      };
    }
    default: {
      const never: never = card;
      throw new Error(`unknown card ${JSON.stringify(never)}`);
    }
  }
}
