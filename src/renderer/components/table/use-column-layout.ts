import type { Column } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Row } from '../../row/row';
import { columnTitle } from '../../state/column-words';
import { useDescribed } from '../../state/described';
import { useExplore } from '../../state/explore-store';
import { offeredColumns, usualColumns, usualPins } from '../../state/usual-columns';
import { undoable } from '../../undo/undoable';
import {
  type ColumnLayout,
  frozenCount,
  hideColumn,
  moveColumn,
  pinColumn,
  showColumn,
  unpinColumn,
} from './column-moves';
import type { ColumnSpec } from './column-specs';
import { useTableLayout } from './table-layout';

export interface ColumnActions {
  move(name: string, index: number): void;
  pin(name: string): void;
  unpin(name: string): void;
  hide(name: string): void;
  show(name: string): void;
  showAll(): void;
  reset(): void;
}

export interface ColumnState extends ColumnLayout {
  frozen: number;
  actions: ColumnActions;
}

/** The columns' order and pins, and what changes them. */
export function useColumnLayout(): ColumnState {
  const columns = useExplore((state) => state.columns);
  const pinned = useTableLayout((state) => state.pinned);
  return useMemo(
    () => ({ columns, pinned, frozen: frozenCount({ columns, pinned }), actions }),
    [columns, pinned],
  );
}

function change(to: (layout: ColumnLayout) => ColumnLayout): void {
  const { columns, setColumns } = useExplore.getState();
  const layout = to({ columns, pinned: useTableLayout.getState().pinned });
  useTableLayout.setState({ pinned: layout.pinned });
  setColumns(layout.columns);
}

const actions: ColumnActions = {
  move: (name, index) => change((layout) => moveColumn(layout, name, index)),
  pin: (name) => change((layout) => pinColumn(layout, name)),
  unpin: (name) => change((layout) => unpinColumn(layout, name)),
  hide: (name) =>
    undoable(`Hid ‘${columnTitle(name)}’`, () => change((layout) => hideColumn(layout, name))),
  show: (name) =>
    change((layout) => showColumn(layout, name, offeredColumns(useDescribed.getState()))),
  showAll: () => {
    const offered = offeredColumns(useDescribed.getState());
    const shown = new Set(useExplore.getState().columns);
    if (offered.every((name) => shown.has(name))) return;
    undoable('All columns are shown', () =>
      change(({ columns, pinned }) => ({
        columns: [...new Set([...columns, ...offered])],
        pinned,
      })),
    );
  },
  reset: resetColumns,
};

/** The width a column has until somebody pulls at it. */
export function resetWidth(column: Column<Row, unknown>, { label }: ColumnSpec): void {
  undoable(`‘${label}’ has its usual width`, () => column.resetSize());
}

/** The usual columns in their usual order, widths and pins. */
export function resetColumns(): void {
  undoable('The usual columns are back', () => {
    const of = useDescribed.getState();
    useTableLayout.setState({ widths: {} });
    change(() => ({ columns: usualColumns(of), pinned: usualPins(of) }));
  });
}
