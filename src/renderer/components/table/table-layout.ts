import { create } from 'zustand';
import { sameJson } from '../../../preload/contract/merge-changes';
import { useDescribed } from '../../state/described';
import { useExplore } from '../../state/explore-store';
import { usualColumns, usualPins } from '../../state/usual-columns';

interface TableLayout {
  /** Columns that stay put when the table scrolls sideways. */
  pinned: readonly string[];
  /** Widths in pixels of the columns that were resized. */
  widths: Readonly<Record<string, number>>;
  /** Where the table was scrolled to when it was last on the screen. */
  scrollTop: number;
}

/** What of the table's shape is not part of a view; outlives the table leaving the screen. */
export const useTableLayout = create<TableLayout>(() => ({
  pinned: [],
  widths: {},
  scrollTop: 0,
}));

/** Shows the described data's usual columns until a person chooses others. */
export function followUsualColumns(): void {
  useDescribed.subscribe((now, before) => {
    if (now.described === before.described && now.firstView === before.firstView) return;
    const { columns, setColumns } = useExplore.getState();
    if (sameJson(columns, usualColumns(before))) setColumns(usualColumns(now));
    const { pinned } = useTableLayout.getState();
    if (sameJson(pinned, usualPins(before))) useTableLayout.setState({ pinned: usualPins(now) });
  });
}
