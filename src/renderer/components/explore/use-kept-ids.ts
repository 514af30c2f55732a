import { useMemo } from 'react';
import type { ChartQuery } from '../../../preload/contract/chart-query';
import { useAnswer } from '../../state/answers';

/**
 * The ids that all selections keep, the card's own included; null where it has none. Without one
 * the engine is asked nothing that the card does not ask anyway.
 */
export function useKeptIds(query: ChartQuery, hasOwn: boolean): ReadonlySet<unknown> | null {
  const { rows } = useAnswer(query, hasOwn ? 'all' : 'none');
  return useMemo(
    () => (hasOwn && rows !== null ? new Set(rows.map((row) => row['id'])) : null),
    [hasOwn, rows],
  );
}
