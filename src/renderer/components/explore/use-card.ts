import { useMemo } from 'react';
import type { ChartQuery, ChartRow } from '../../../preload/contract/chart-query';
import type { AppError } from '../../../preload/contract/errors';
import type { Filter } from '../../../preload/contract/filters';
import { useExplore } from '../../state/explore-store';
import { filtersFor } from '../../state/selections';
import { useRows } from '../../state/use-rows';

const NONE: readonly Filter[] = [];

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

/** What a card shows and what it may set. */
export function useCard(source: string, query: ChartQuery): CardData {
  const selections = useExplore((state) => state.selections);
  const select = useExplore((state) => state.select);
  const filters = useMemo(() => filtersFor(selections, source), [selections, source]);
  const selected = useRows(query, filters);
  const whole = useRows(query, NONE);
  return {
    selected: selected.rows,
    whole: whole.rows,
    own: selections.find((selection) => selection.source === source)?.filter ?? null,
    error: selected.error ?? whole.error,
    retry: () => {
      selected.retry();
      whole.retry();
    },
    select: (filter, amend) => select(source, filter, amend),
  };
}
