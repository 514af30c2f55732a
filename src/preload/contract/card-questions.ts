import type { Card, CardOf } from './cards';
import { MOST_COUNTED, type Question, type QuestionOf } from './questions';

/** Bins of a grouped chart's x, about. */
const GROUP_BINS = 20;
/** Cells of a plot whose dots are too many to be drawn one by one. */
const CELLS = { across: 96, up: 60 };

/** What each kind of card asks of the engine. */
export const CARD_QUESTIONS = {
  density: ({ x, y, color, log }): QuestionOf<'density'> => ({
    kind: 'density',
    x,
    y,
    log,
    ...CELLS,
    ...(color === undefined ? {} : { color }),
  }),
  histogram: ({ column, bins, axis }): QuestionOf<'histogram'> => ({
    kind: 'histogram',
    column,
    bins,
    ...(axis === undefined || axis === 'linear' ? {} : { axis }),
  }),
  categories: ({ columns }): QuestionOf<'counts'> => ({
    kind: 'counts',
    columns,
    // Of those that a card shows none may be missing from a selection's.
    most: MOST_COUNTED,
  }),
  pairs: ({ x, y }): QuestionOf<'pairs'> => ({ kind: 'pairs', x, y }),
  spread: ({ column, by }): QuestionOf<'spread'> => ({ kind: 'spread', column, by }),
  sets: ({ column, members }): QuestionOf<'sets'> => ({ kind: 'sets', column, members }),
  group: ({ x, y, color, aggregate }): QuestionOf<'group'> => ({
    kind: 'group',
    x,
    aggregate,
    bins: GROUP_BINS,
    ...(y === undefined || aggregate === 'count' ? {} : { y }),
    ...(color === undefined ? {} : { color }),
  }),
} satisfies { readonly [K in Card['kind']]: (card: CardOf<K>) => Question };

export type QuestionOfCard<K extends Card['kind']> = ReturnType<(typeof CARD_QUESTIONS)[K]>;

export function cardQuestion<K extends Card['kind']>(card: CardOf<K>): QuestionOfCard<K> {
  const ask = CARD_QUESTIONS[card.kind] as unknown as (card: CardOf<K>) => QuestionOfCard<K>;
  return ask(card);
}
