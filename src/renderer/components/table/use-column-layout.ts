import type { Column } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { ChartRow } from '../../../preload/contract/chart-query';
import { COLUMN_NAMES, type ColumnName } from '../../../preload/contract/dataset';
import { DEFAULT_COLUMNS } from '../../state/default-columns';
import { useExplore } from '../../state/explore-store';
import { columnTitle } from '../../charts/format';
import { undoable } from '../undo/undoable';
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
import { PINNED_AT_FIRST, useTableLayout } from './table-layout';

/** Columns are offered in this order: the usual ones first. */
export const OFFERED_COLUMNS: readonly ColumnName[] = [
  ...DEFAULT_COLUMNS,
  ...COLUMN_NAMES.filter((name) => !DEFAULT_COLUMNS.includes(name)),
];

export interface ColumnActions {
  move(name: ColumnName, index: number): void;
  pin(name: ColumnName): void;
  unpin(name: ColumnName): void;
  hide(name: ColumnName): void;
  show(name: ColumnName): void;
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
  show: (name) => change((layout) => showColumn(layout, name, OFFERED_COLUMNS)),
  reset: resetColumns,
};

/** The width a column has until somebody pulls at it. */
export function resetWidth(column: Column<ChartRow, unknown>, { label }: ColumnSpec): void {
  undoable(`‘${label}’ has its usual width`, () => column.resetSize());
}

/** The usual columns in their usual order, widths and pins. */
export function resetColumns(): void {
  undoable('The usual columns are back', () => {
    useTableLayout.setState({ widths: {} });
    change(() => ({ columns: DEFAULT_COLUMNS, pinned: PINNED_AT_FIRST }));
  });
}
