import { useEffect, useState, useSyncExternalStore } from 'react';
import { useApp } from '../../state/app-store';
import { useConnection } from '../../state/connection';
import { useExplore } from '../../state/explore-store';
import { ask } from '../../state/query-batch';
import { filtersFor } from '../../state/selections';
import { type RowsSeen, RowWindows } from './row-windows';

/** The table's rows under the current selections and order, kept true as those or the data change. */
export function useTableRows(): {
  windows: RowWindows;
  seen: Omit<RowsSeen, 'stale'>;
  /** Whether an answer has been awaited for so long that the rows should say so. */
  late: boolean;
} {
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
  const seen = useSyncExternalStore(windows.subscribe, windows.rowsSeen);
  return { windows, seen, late: useLate(windows) };
}

/** Each step of a drag waits for a moment: rows paled each time would flicker. */
const LATE_MS = 250;

function useLate(windows: RowWindows): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      if (windows.seen().stale) {
        timer ??= setTimeout(() => setLate(true), LATE_MS);
        return;
      }
      clearTimeout(timer);
      timer = undefined;
      setLate(false);
    };
    const stop = windows.subscribe(look);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [windows]);
  return late;
}
