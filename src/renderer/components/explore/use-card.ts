import { useCallback } from 'react';
import type { ChartQuery, ChartRow } from '../../../preload/contract/chart-query';
import type { AppError } from '../../../preload/contract/errors';
import type { Filter } from '../../../preload/contract/filters';
import type { IsSeen } from '../../state/answer-board';
import { useAnswer } from '../../state/answers';
import { useExplore } from '../../state/explore-store';
import { isInSight } from '../../state/sight';

export interface CardData {
  /** Under every filter but the card's own; null while loading. */
  selected: ChartRow[] | null;
  /** Under no filter: the ghost. */
  whole: ChartRow[] | null;
  own: Filter | null;
  error: AppError | null;
  retry(): void;
  select(filter: Filter | null, amend?: boolean): void;
}

/** What a filter's control shows and what it may set. */
export function useCard(source: string, query: ChartQuery, isSeen?: IsSeen): CardData {
  const own = useExplore((state) => state.selections.find((each) => each.source === source));
  const select = useExplore((state) => state.select);
  const selected = useAnswer(query, { allBut: source }, isSeen);
  const whole = useAnswer(query, 'none');
  return {
    selected: selected.rows,
    whole: whole.rows,
    own: own?.filter ?? null,
    error: selected.error ?? whole.error,
    retry: () => {
      selected.retry();
      whole.retry();
    },
    select: (filter, amend) => select(source, filter, amend),
  };
}

/** The same for a chart that follows a drag only while it is in sight, which `useSight` sees to. */
export function useSeenCard(source: string, query: ChartQuery): CardData {
  const isSeen = useCallback(() => isInSight(source), [source]);
  return useCard(source, query, isSeen);
}
