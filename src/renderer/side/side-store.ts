import { create } from 'zustand';

interface SideStore {
  folded: boolean;
  /** Which entries are open or closed by hand; the others are as the view has them. */
  open: Readonly<Record<string, boolean>>;
  /** Columns are found by this. */
  sought: string;
}

/** How the side bar stands; outlives the explorer leaving the screen. */
export const useSide = create<SideStore>(() => ({ folded: false, open: {}, sought: '' }));

export function foldSide(folded: boolean): void {
  useSide.setState({ folded });
}

export function openEntry(id: string, isOpen: boolean): void {
  useSide.setState(({ open }) => ({ open: { ...open, [id]: isOpen } }));
}

export function seekColumns(sought: string): void {
  useSide.setState({ sought });
}
