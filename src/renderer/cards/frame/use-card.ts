import { useCallback, useMemo } from 'react';
import type { AppError } from '../../../preload/contract/errors';
import type { AnswerTo, Question } from '../../../preload/contract/questions';
import type { Filter } from '../../../preload/contract/filters';
import type { IsSeen } from '../../state/answer-board';
import { useAsked } from '../../state/answers';
import type { Control } from '../../state/controls';
import { useExplore } from '../../state/explore-store';
import { isInSight } from '../../state/sight';
import { useComparedWith } from '../../state/versions';

/** What every card has, whatever it asks. */
export interface CardState {
  own: Filter | null;
  error: AppError | null;
  retry(): void;
  select(filter: Filter | null, amend?: boolean): void;
}

export interface CardData<Answer> extends CardState {
  /** Under every filter but the card's own; null while loading. */
  selected: Answer | null;
  /** Under no filter: the ghost. */
  whole: Answer | null;
  /** As `selected`, of the version that is compared with; null where none is. */
  before: Compared<Answer> | null;
}

/** What another version answers. */
export interface Compared<Answer> {
  version: number;
  answer: Answer;
}

/** What a filter's control shows and what it may set. */
export function useCard<Asked extends Question>(
  source: Control,
  question: Asked,
  isSeen?: IsSeen,
): CardData<AnswerTo<Asked>> {
  const own = useExplore((state) => state.selections.find((each) => each.source === source));
  const select = useExplore((state) => state.select);
  const selected = useAsked(question, { allBut: source }, isSeen);
  const whole = useAsked(question, 'none');
  const version = useComparedWith()?.version ?? null;
  const other = useAsked(
    question,
    { allBut: source },
    isSeen,
    version === null ? undefined : 'before',
  );
  const before = useMemo(
    () => (version === null || other.value === undefined ? null : { version, answer: other.value }),
    [version, other.value],
  );
  return {
    selected: selected.value ?? null,
    whole: whole.value ?? null,
    before,
    own: own?.filter ?? null,
    error: selected.error ?? whole.error ?? other.error,
    retry: () => {
      selected.retry();
      whole.retry();
      if (version !== null) other.retry();
    },
    select: (filter, amend) => select(source, filter, amend),
  };
}

/**
 * The same for a chart that follows a drag only while it is in sight, which `useSight` sees to
 * under the name of its `place`.
 */
export function useSeenCard<Asked extends Question>(
  place: string,
  control: Control,
  question: Asked,
): CardData<AnswerTo<Asked>> {
  const isSeen = useCallback(() => isInSight(place), [place]);
  return useCard(control, question, isSeen);
}
