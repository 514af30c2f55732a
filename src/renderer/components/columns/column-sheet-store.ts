import { create } from 'zustand';

/** The columns whose looks are being corrected, one or those of one entry; null for none. */
export const useColumnSheet = create<{ columns: readonly string[] | null }>(() => ({
  columns: null,
}));

export function showColumnSheet(columns: readonly string[] | null): void {
  useColumnSheet.setState({ columns });
}
