import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { CallResults } from '../../preload/contract/calls';
import type { ChartQuery, ChartRequest, ChartRow } from '../../preload/contract/chart-query';
import { AnswerBoard, type Answer, type IsSeen, type Question } from './answer-board';
import { useApp } from './app-store';
import { useConnection } from './connection';
import { useExplore } from './explore-store';
import { ask } from './query-batch';

/**
 * The explorer's questions. They are asked straight from the store, in the pointer's own event:
 * what a drag asks does not wait for the screen to be rendered first.
 */
const board = new AnswerBoard(ask);
let selected = 0;

function showCurrent(): void {
  const turn = board.show(
    useExplore.getState().selections,
    useApp.getState().dataset?.version ?? null,
  );
  if (turn !== selected) mark('explore:selected', turn);
  selected = turn;
}
useExplore.subscribe(showCurrent);
useApp.subscribe(showCurrent);
useConnection.subscribe((now, before) => {
  if (now.recovered !== before.recovered) board.retryFailed();
});

/** Takes up answers that were asked before there was a board. */
export function prime(
  requests: readonly ChartRequest[],
  given: CallResults['explore.query'],
): void {
  board.prime(requests, given.results, given.version);
}

/**
 * The answer to a question, kept true as selections or data change; in a drag only while it
 * `isSeen`, which has to be the same function at each rendering.
 */
export function useAnswer(
  query: ChartQuery,
  under: Question['under'],
  isSeen?: IsSeen,
): Answer & { retry(): void } {
  const source = typeof under === 'string' ? null : under.allBut;
  const kind = typeof under === 'string' ? under : null;
  const question = useMemo<Question>(
    () => ({ query, under: kind ?? { allBut: source ?? '' } }),
    [query, kind, source],
  );
  const watch = useCallback(
    (listener: () => void) => board.watch(question, listener, isSeen),
    [question, isSeen],
  );
  const answer = useSyncExternalStore(watch, () => board.answerTo(question));
  return { ...answer, retry: () => board.retry(question) };
}

/** The last answer to a question that is kept true elsewhere; null for none. */
export function answerNow(query: ChartQuery, under: Question['under']): ChartRow[] | null {
  return board.answerTo({ query, under }).rows;
}

/** To be called when something that is asked for has come into sight. */
export function lookAgain(): void {
  board.lookAgain();
}

/** The number of the selection that the answers on the screen belong to. */
export function useToldTurn(): number {
  return useSyncExternalStore(board.onTold, board.toldTurn);
}

/** Tells a profiler or benchmark that listens; leaves nothing behind. */
export function mark(name: 'explore:selected' | 'explore:shown', turn: number): void {
  performance.mark(name, { detail: turn });
  performance.clearMarks(name);
}
