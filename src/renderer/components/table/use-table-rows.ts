import { useEffect, useState, useSyncExternalStore } from 'react';
import type { DatasetDescriptor } from '../../../preload/contract/descriptor';
import { namingColumns } from '../../row/row';
import { useApp, versionAsked } from '../../state/app-store';
import { arrive, takePart } from '../../state/one-moment';
import { useConnection } from '../../state/connection';
import { useDescribed } from '../../state/described';
import { useExplore } from '../../state/explore-store';
import { askOne } from '../../state/query-batch';
import { filtersFor } from '../../state/selections';
import { type RowQuestion, type RowsSeen, RowWindows } from './row-windows';

/** The table's rows under the current selections and order, kept true as those or the data change. */
export function useTableRows(): {
  windows: RowWindows;
  seen: Omit<RowsSeen, 'stale'>;
  /** Whether an answer has been awaited for so long that the rows should say so. */
  late: boolean;
} {
  const [windows] = useState(() => new RowWindows(askOne, (of) => arrive('rows', versionIn(of))));
  // From the stores, not from a render: the table's question travels with the cards'.
  useEffect(() => {
    const ask = () => windows.setQuestion(questionNow());
    ask();
    const again = useConnection.subscribe((now, before) => {
      if (now.recovered !== before.recovered) windows.retry();
    });
    const stops = [useExplore, useApp, useDescribed].map((store) => store.subscribe(ask));
    const leave = takePart('rows', () => questionNow().of !== null);
    return () => [...stops, again, leave].forEach((stop) => stop());
  }, [windows]);
  const seen = useSyncExternalStore(windows.subscribe, windows.rowsSeen);
  return { windows, seen, late: useLate(windows) };
}

function questionNow(): RowQuestion {
  const { selections, sort, columns } = useExplore.getState();
  const { described, answering } = useDescribed.getState();
  const version = versionAsked();
  return {
    filters: filtersFor(selections, null),
    sort,
    columns: described === null ? [] : drawnColumns(described, columns),
    of: described === null || version === null ? null : `${described.key} ${version} ${answering}`,
  };
}

/** The version in what a question is of: `published@2 3 0` is of version 3. */
function versionIn(of: string): number {
  return Number(of.split(' ').at(-2));
}

/** Those that are shown, and those it takes to name a row and to draw its picture. */
function drawnColumns(described: DatasetDescriptor, shown: readonly string[]): string[] {
  const there = new Set(described.columns.map(({ name }) => name));
  return [...new Set([...shown, ...namingColumns(described)])].filter((name) => there.has(name));
}

/** Rows paled each time that an answer takes a moment would flicker. */
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
