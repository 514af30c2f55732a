import type { CallResults } from '../../preload/contract/calls';
import type { ChartRequest } from '../../preload/contract/chart-query';
import { DEFAULT_GAMES } from '../../preload/contract/dataset';
import { call, on } from '../bridge';
import { cardQuery } from './card-query';
import { DEFAULT_CARDS } from './default-cards';

/**
 * What the page asks before the rest of its scripts are read: the state of things, and what the
 * usual dashboard shows without a filter. Only light modules are imported here.
 */
export const firstState: Promise<CallResults['app.start']> = call('app.start', {});

export const FIRST_REQUESTS: readonly ChartRequest[] = [
  ...DEFAULT_CARDS.map((card) => cardQuery(card, DEFAULT_GAMES)),
  ...DEFAULT_CARDS.flatMap((card) =>
    'column' in card ? [{ kind: 'missing' as const, column: card.column }] : [],
  ),
  { kind: 'ids' as const },
  { kind: 'summary' as const },
].map((query) => ({ query, filters: [] }));

/** Null where there are no data yet, or none to be had: whoever needs an answer asks again. */
export const firstAnswers: Promise<CallResults['explore.query'] | null> = call('explore.query', {
  requests: [...FIRST_REQUESTS],
}).catch(() => null);

/** What main told since the page began; the store takes it up when it is there. */
export const firstNews: {
  dataset?: CallResults['app.start']['dataset'];
  refresh?: CallResults['app.start']['refresh'];
  sprites?: readonly number[];
} = {};

on('dataset.changed', (dataset) => (firstNews.dataset = dataset));
on('refresh.changed', (refresh) => (firstNews.refresh = refresh));
on('sprites.changed', (sprites) => (firstNews.sprites = sprites));
// Whoever takes the state up hears of a failure; until then nobody listens.
firstState.catch(() => {});
