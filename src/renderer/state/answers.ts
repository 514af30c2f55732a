import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { CallResults } from '../../preload/contract/calls';
import type { ChartQuery, ChartRequest, ChartRow } from '../../preload/contract/chart-query';
import type { AppError } from '../../preload/contract/errors';
import type { AnswerTo, Question } from '../../preload/contract/questions';
import {
  AnswerBoard,
  type Answer,
  type Asking,
  type AskedUnder,
  type IsSeen,
} from './answer-board';
import { useApp } from './app-store';
import { useConnection } from './connection';
import { useExplore } from './explore-store';
import { askAny } from './query-batch';

/**
 * The explorer's questions. They are asked straight from the store, in the pointer's own event:
 * what a drag asks does not wait for the screen to be rendered first.
 */
const board = new AnswerBoard(askAny);
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
  const answers = requests.map(({ query, filters = [] }, index) => ({
    asking: { query },
    filters,
    value: given.results[index] ?? [],
  }));
  board.prime(answers, given.version);
}

type Under = AskedUnder['under'];

/**
 * The answer to a question, kept true as selections or data change; in a drag only while it
 * `isSeen`, which has to be the same function at each rendering. The question has to be the same
 * object as long as it asks the same.
 */
export function useAsked<Asked extends Question>(
  question: Asked,
  under: Under,
  isSeen?: IsSeen,
): Answer<AnswerTo<Asked>> & { retry(): void } {
  const asking = useMemo(() => ({ question }), [question]);
  return useBoard(asking, under, isSeen) as Answer<AnswerTo<Asked>> & { retry(): void };
}

/** The same for a chart's query of before. */
export function useAnswer(
  query: ChartQuery,
  under: Under,
  isSeen?: IsSeen,
): { rows: ChartRow[] | null; error: AppError | null; retry(): void } {
  const asking = useMemo(() => ({ query }), [query]);
  const { value, error, retry } = useBoard(asking, under, isSeen);
  return { rows: (value as ChartRow[] | undefined) ?? null, error, retry };
}

function useBoard(asking: Asking, under: Under, isSeen?: IsSeen): Answer & { retry(): void } {
  const source = typeof under === 'string' ? null : under.allBut;
  const kind = typeof under === 'string' ? under : null;
  const question = useMemo<AskedUnder>(
    () => ({ asking, under: kind ?? { allBut: source ?? '' } }),
    [asking, kind, source],
  );
  const watch = useCallback(
    (listener: () => void) => board.watch(question, listener, isSeen),
    [question, isSeen],
  );
  const answer = useSyncExternalStore(watch, () => board.answerTo(question));
  return { ...answer, retry: () => board.retry(question) };
}

/** The last answer to a question that is kept true elsewhere; undefined for none. */
export function askedNow<Asked extends Question>(
  question: Asked,
  under: Under,
): AnswerTo<Asked> | undefined {
  return board.answerTo({ asking: { question }, under }).value as AnswerTo<Asked> | undefined;
}

/** The same for a chart's query of before; null for none. */
export function answerNow(query: ChartQuery, under: Under): ChartRow[] | null {
  return (board.answerTo({ asking: { query }, under }).value as ChartRow[] | undefined) ?? null;
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
