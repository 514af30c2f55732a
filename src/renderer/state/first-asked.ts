import type { CallResults } from '../../preload/contract/calls';
import type { ChartRequest } from '../../preload/contract/chart-query';
import type { ColumnName } from '../../preload/contract/dataset';
import type { NewView } from '../../preload/contract/view-format';
import { call, on } from '../bridge';
import { cardQuery } from './card-query';

/**
 * What the page asks before the rest of its scripts are read: the state of things, and what the
 * first view shows without a filter. Only light modules are imported here.
 */
export const firstState: Promise<CallResults['app.start']> = call('app.start', {});

export interface FirstAnswers {
  requests: readonly ChartRequest[];
  answers: CallResults['explore.query'];
}

/** Null where there are no data yet, or none to be had: whoever needs an answer asks again. */
export const firstAnswers: Promise<FirstAnswers | null> = firstState
  .then(async ({ first_view }) => {
    const requests = firstRequests(first_view);
    return { requests, answers: await call('explore.query', { requests }) };
  })
  .catch(() => null);

function firstRequests({ cards = [] }: NewView) {
  return [
    ...cards.map(cardQuery),
    ...cards.flatMap((card) =>
      card.kind === 'histogram' || card.kind === 'spread'
        ? [{ kind: 'missing' as const, column: card.column as ColumnName }]
        : [],
    ),
    { kind: 'ids' as const },
    { kind: 'summary' as const },
  ].map((query) => ({ query, filters: [] }));
}

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
