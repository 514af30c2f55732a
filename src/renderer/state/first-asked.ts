import { cardQuestion } from '../../preload/contract/card-questions';
import type { CallResults } from '../../preload/contract/calls';
import type { Asked } from '../../preload/contract/questions';
import type { NewView } from '../../preload/contract/view-format';
import { call, on } from '../bridge';

/**
 * What the page asks before the rest of its scripts are read: the state of things, and what the
 * first view shows without a filter. Only light modules are imported here.
 */
export const firstState: Promise<CallResults['app.start']> = call('app.start', {});

export interface FirstAnswers {
  asked: readonly Asked[];
  answers: CallResults['explore.ask'];
}

/** Null where there are no data yet, or none to be had: whoever needs an answer asks again. */
export const firstAnswers: Promise<FirstAnswers | null> = firstState
  .then(async ({ first_view }) => {
    const asked = firstQuestions(first_view);
    return { asked, answers: await call('explore.ask', { asked }) };
  })
  .catch(() => null);

function firstQuestions({ cards = [], tiles = [] }: NewView): Asked[] {
  const summary = { kind: 'summary' as const, of: tiles.map(({ column, as }) => ({ column, as })) };
  return [...cards.map((card) => cardQuestion(card)), summary].map((question) => ({
    question,
    filters: [],
  }));
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
