import { useCallback, useMemo } from 'react';
import type { ChartQuery, ChartRow } from '../../../preload/contract/chart-query';
import type { ColumnName } from '../../../preload/contract/dataset';
import type { AppError } from '../../../preload/contract/errors';
import type { Filter } from '../../../preload/contract/filters';
import type { IsSeen } from '../../state/answer-board';
import { useAnswer } from '../../state/answers';
import type { Control } from '../../state/controls';
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
export function useCard(source: Control, query: ChartQuery, isSeen?: IsSeen): CardData {
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

/**
 * The same for a chart that follows a drag only while it is in sight, which `useSight` sees to
 * under the name of its `place`.
 */
export function useSeenCard(place: string, control: Control, query: ChartQuery): CardData {
  const isSeen = useCallback(() => isInSight(place), [place]);
  return useCard(control, query, isSeen);
}

/** How many Pokémon that a control counts have no value in a column; 0 while it is asked. */
export function useMissing(control: Control, column: string): number {
  const query = useMemo(
    () => ({ kind: 'missing' as const, column: column as ColumnName }),
    [column],
  );
  return Number(useAnswer(query, { allBut: control }).rows?.[0]?.['n'] ?? 0);
}
