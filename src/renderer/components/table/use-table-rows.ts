import { useEffect, useState, useSyncExternalStore } from 'react';
import { useApp } from '../../state/app-store';
import { useConnection } from '../../state/connection';
import { useExplore } from '../../state/explore-store';
import { ask } from '../../state/query-batch';
import { filtersFor } from '../../state/selections';
import { type RowsSeen, RowWindows } from './row-windows';

/** The table's rows under the current selections and order, kept true as those or the data change. */
export function useTableRows(): { windows: RowWindows; seen: RowsSeen } {
  const [windows] = useState(() => new RowWindows(ask));
  // From the store, not from a render: the table's question travels with the cards'.
  useEffect(() => {
    const ask = () => {
      const { selections, sort } = useExplore.getState();
      const version = useApp.getState().dataset?.version ?? null;
      windows.setQuestion({ filters: filtersFor(selections, null), sort, version });
    };
    ask();
    const again = useConnection.subscribe((now, before) => {
      if (now.recovered !== before.recovered) windows.retry();
    });
    const stops = [useExplore.subscribe(ask), useApp.subscribe(ask), again];
    return () => stops.forEach((stop) => stop());
  }, [windows]);
  return { windows, seen: useSyncExternalStore(windows.subscribe, windows.seen) };
}
