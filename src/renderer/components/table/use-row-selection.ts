import { useEffect, useRef, useState } from 'react';
import { useExplore } from '../../state/explore-store';
import type { RowId } from '../../../preload/contract/descriptor';
import type { RowWindows } from './row-windows';

export interface RowSelection {
  ids: ReadonlySet<RowId>;
  /** Adds a row or takes it out; ranges start here afterwards. */
  toggle(index: number): void;
  /** Selects from where the last range started to this row. */
  extend(index: number, from: number): Promise<void>;
  selectAll(total: number): Promise<void>;
  /** The next range has a start of its own. */
  endRange(): void;
  clear(): void;
}

/**
 * Rows picked for copying, by id, so that another order or newer data keep them. Another filter
 * lets them go: what is not seen is not copied.
 */
export function useRowSelection(windows: RowWindows): RowSelection {
  const [ids, setIds] = useState<ReadonlySet<RowId>>(new Set());
  const anchor = useRef<number | null>(null);
  // From the store, not from a render: a drag selects at each of its steps.
  useEffect(
    () =>
      useExplore.subscribe((now, before) => {
        if (now.selections === before.selections) return;
        setIds((last) => (last.size === 0 ? last : new Set()));
        anchor.current = null;
      }),
    [],
  );

  const selectRange = async (first: number, last: number) => {
    const asked = useExplore.getState().selections;
    const rows = await windows.rowsBetween(first, last, []);
    if (asked !== useExplore.getState().selections) return;
    setIds(new Set(rows.map(({ id }) => id)));
  };

  return {
    ids,
    toggle(index) {
      const row = windows.rowAt(index);
      if (row === undefined) return;
      anchor.current = index;
      const { id } = row;
      setIds((last) => {
        const next = new Set(last);
        if (!next.delete(id)) next.add(id);
        return next;
      });
    },
    async extend(index, from) {
      anchor.current ??= from;
      await selectRange(Math.min(anchor.current, index), Math.max(anchor.current, index));
    },
    async selectAll(total) {
      anchor.current = 0;
      await selectRange(0, total - 1);
    },
    endRange() {
      anchor.current = null;
    },
    clear() {
      anchor.current = null;
      setIds((last) => (last.size === 0 ? last : new Set()));
    },
  };
}
