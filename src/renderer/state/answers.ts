import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { AnswerTo, Question } from '../../preload/contract/questions';
import {
  AnswerBoard,
  type Answer,
  type Asking,
  type AskedUnder,
  type IsSeen,
} from './answer-board';
import { useApp, versionAsked } from './app-store';
import { arrive, takePart } from './one-moment';
import { useConnection } from './connection';
import { askedKey, useDescribed } from './described';
import { useExplore } from './explore-store';
import { isLarge } from './large-table';
import { askAny } from './query-batch';

/** About as many charts as are in sight. */
const FEW = 6;

/**
 * The explorer's questions. They are asked straight from the store, in the pointer's own event:
 * what a drag asks does not wait for the screen to be rendered first.
 */
const board = new AnswerBoard(
  askAny,
  () => (isLarge() ? FEW : Infinity),
  // `3`, or of corrected columns `3, corrected 1`.
  (version) => arrive('cards', Number.parseInt(String(version))),
);
takePart('cards', () => board.isWatched);
let selected = 0;

function showCurrent(): void {
  const { firstAnswers } = useApp.getState();
  if (firstAnswers !== null) board.know(firstAnswers);
  const of = askedKey() ?? versionAsked();
  const { answering } = useDescribed.getState();
  const turn = board.show(
    useExplore.getState().selections,
    answering === 0 || of === null ? of : `${of}, corrected ${answering}`,
  );
  if (turn !== selected) mark('explore:selected', turn);
  selected = turn;
}
useExplore.subscribe(showCurrent);
useApp.subscribe(showCurrent);
useDescribed.subscribe((now, before) => {
  if (now.answering !== before.answering) showCurrent();
});
useConnection.subscribe((now, before) => {
  if (now.recovered !== before.recovered) board.retryFailed();
});

type Under = AskedUnder['under'];

/**
 * The answer to a question, kept true as selections or data change; in a drag only while it
 * `isSeen`, which has to be the same function at each rendering. The question has to be the same
 * object as long as it asks the same. `side` asks of the version that is compared with.
 */
export function useAsked<Of extends Question>(
  question: Of,
  under: Under,
  isSeen?: IsSeen,
  side?: Asking['side'],
): Answer<AnswerTo<Of>> & { retry(): void } {
  const asking = useMemo<Asking>(
    () => (side === undefined ? { question } : { question, side }),
    [question, side],
  );
  return useBoard(asking, under, isSeen) as Answer<AnswerTo<Of>> & { retry(): void };
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
export function askedNow<Of extends Question>(
  question: Of,
  under: Under,
): AnswerTo<Of> | undefined {
  return board.answerTo({ asking: { question }, under }).value as AnswerTo<Of> | undefined;
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
