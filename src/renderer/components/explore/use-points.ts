import { useMemo } from 'react';
import type { ChartQuery, ChartRow } from '../../../preload/contract/chart-query';
import { useAnswer } from '../../state/answers';
import type { Control } from '../../state/controls';
import { type CardData, useCard } from './use-card';

const IDS = { kind: 'ids' } as const;

/**
 * A card of one dot a Pokémon. The dots are asked once; what a selection keeps of them is asked
 * as ids, which is all that changes in a drag.
 */
export function usePoints(
  control: Control,
  query: ChartQuery,
): CardData & {
  /** Ids that all selections keep, the card's own included; null where it has none. */
  kept: ReadonlySet<unknown> | null;
  /** Pokémon under the others' selections, those without a dot included. */
  counted: number;
} {
  const ids = useCard(control, IDS);
  const dots = useAnswer(query, 'none');
  const hasOwn = ids.own !== null;
  // Without a selection of its own the engine is asked nothing that the card does not ask anyway.
  const all = useAnswer(IDS, hasOwn ? 'all' : 'none').rows;
  const selected = useMemo(() => {
    if (dots.rows === null || ids.selected === null) return null;
    const within = idsIn(ids.selected);
    return dots.rows.filter((row) => within.has(row['id']));
  }, [dots.rows, ids.selected]);
  const kept = useMemo(() => (hasOwn && all !== null ? idsIn(all) : null), [hasOwn, all]);
  return {
    ...ids,
    whole: dots.rows,
    selected,
    counted: ids.selected === null ? 0 : idsIn(ids.selected).size,
    kept,
    error: ids.error ?? dots.error,
    retry: () => {
      ids.retry();
      dots.retry();
    },
  };
}

function idsIn([row]: readonly ChartRow[]): ReadonlySet<unknown> {
  return new Set(row?.['ids'] as unknown[] | undefined);
}
