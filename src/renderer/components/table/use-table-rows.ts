import { useEffect, useState, useSyncExternalStore } from 'react';
import { useApp } from '../../state/app-store';
import { useExplore } from '../../state/explore-store';
import { ask } from '../../state/query-batch';
import { filtersFor } from '../../state/selections';
import { type RowsSeen, RowWindows } from './row-windows';

/** The table's rows under the current selections and order, kept true as those or the data change. */
export function useTableRows(): { windows: RowWindows; seen: RowsSeen } {
  const [windows] = useState(() => new RowWindows(ask));
  const version = useApp((state) => state.dataset?.version ?? null);
  const selections = useExplore((state) => state.selections);
  const sort = useExplore((state) => state.sort);
  useEffect(
    () => windows.setQuestion({ filters: filtersFor(selections, null), sort, version }),
    [windows, selections, sort, version],
  );
  return { windows, seen: useSyncExternalStore(windows.subscribe, windows.seen) };
}
