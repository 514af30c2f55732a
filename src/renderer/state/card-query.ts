import type { Card } from '../../preload/contract/cards';
import type { ChartQuery } from '../../preload/contract/chart-query';
import type { ColumnName } from '../../preload/contract/dataset';

const GROUP_BINS = 20;

/** What a card asks of the engine. */
export function cardQuery(card: Card): ChartQuery {
  switch (card.kind) {
    case 'density': {
      const { x, y, color } = card;
      return { kind: 'points', x, y, ...(color === undefined ? {} : { color }) } as ChartQuery;
    }
    case 'histogram':
      return { kind: 'histogram', column: card.column as ColumnName, bins: card.bins };
    case 'spread':
      return { kind: 'box', column: card.column as ColumnName };
    case 'sets':
      return { kind: 'games', games: card.members };
    case 'categories':
      return { kind: 'types' };
    case 'pairs':
      return { kind: 'type-pairs' };
    case 'group': {
      const { x, y, color, aggregate } = card;
      return {
        kind: 'group',
        x,
        aggregate,
        bins: GROUP_BINS,
        ...(y === undefined ? {} : { y }),
        ...(color === undefined ? {} : { color }),
      } as ChartQuery;
    }
    default: {
      const never: never = card;
      throw new Error(`unknown card ${JSON.stringify(never)}`);
    }
  }
}
