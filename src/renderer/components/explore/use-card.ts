import type { ChartQuery, ChartRow } from '../../../preload/contract/chart-query';
import type { AppError } from '../../../preload/contract/errors';
import type { Filter } from '../../../preload/contract/filters';
import { useAnswer } from '../../state/answers';
import { useExplore } from '../../state/explore-store';

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
  const own = useExplore((state) => state.selections.find((each) => each.source === source));
  const select = useExplore((state) => state.select);
  const selected = useAnswer(query, { allBut: source });
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
