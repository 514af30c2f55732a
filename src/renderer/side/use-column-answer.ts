import { useCallback } from 'react';
import type { AppError } from '../../preload/contract/errors';
import type { AnswerTo, Question } from '../../preload/contract/questions';
import type { Filter } from '../../preload/contract/filters';
import { useAsked } from '../state/answers';
import { isPageWide } from '../state/connection';
import type { Control } from '../state/controls';
import { useExplore } from '../state/explore-store';
import { isLarge } from '../state/large-table';
import { isInSight } from '../state/sight';
import { useComparedWith } from '../state/versions';

export interface ColumnAnswer<Answer> {
  /** Under no filter: the ghost. Null while it is awaited. */
  whole: Answer | null;
  /** Under every filter but the column's own. */
  selected: Answer | null;
  /** As `selected`, of the version that is compared with; null where none is. */
  before: Answer | null;
  own: Filter | null;
  /** But for one that all of the page has: it is said above the cards, once. */
  error: AppError | null;
  retry(): void;
  select(filter: Filter | null, amend?: boolean): void;
}

/**
 * What a column's question is answered, for as long as its entry is on the page.
 * @param isFollowing whether a drag is followed live while it is in sight; else it is when it rests
 */
export function useColumnAnswer<Asked extends Question>(
  control: Control,
  question: Asked,
  isFollowing: boolean,
): ColumnAnswer<AnswerTo<Asked>> {
  const isSeen = useCallback(
    () => isFollowing && isInSight(control) && !isLarge(),
    [control, isFollowing],
  );
  const own = useExplore((state) => state.selections.find(({ source }) => source === control));
  const select = useExplore((state) => state.select);
  const selected = useAsked(question, { allBut: control }, isSeen);
  const whole = useAsked(question, 'none');
  const isCompared = useComparedWith() !== null;
  const other = useAsked(question, { allBut: control }, isSeen, isCompared ? 'before' : undefined);
  return {
    whole: whole.value ?? null,
    selected: selected.value ?? null,
    before: isCompared ? (other.value ?? null) : null,
    own: own?.filter ?? null,
    error: ownError(whole.error) ?? ownError(selected.error) ?? ownError(other.error),
    retry: () => {
      whole.retry();
      selected.retry();
      if (isCompared) other.retry();
    },
    select: (filter, amend) => select(control, filter, amend),
  };
}

function ownError(error: AppError | null): AppError | null {
  return isPageWide(error) ? null : error;
}
