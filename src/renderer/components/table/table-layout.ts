import { create } from 'zustand';
import type { ColumnName } from '../../../preload/contract/dataset';

interface TableLayout {
  /** Columns that stay put when the table scrolls sideways. */
  pinned: readonly ColumnName[];
  /** Widths in pixels of the columns that were resized. */
  widths: Readonly<Record<string, number>>;
  /** Where the table was scrolled to when it was last on the screen. */
  scrollTop: number;
}

export const PINNED_AT_FIRST: readonly ColumnName[] = ['sprite_front_default', 'id', 'name'];

/** What of the table's shape is no part of a view; outlives the table leaving the screen. */
export const useTableLayout = create<TableLayout>(() => ({
  pinned: PINNED_AT_FIRST,
  widths: {},
  scrollTop: 0,
}));
