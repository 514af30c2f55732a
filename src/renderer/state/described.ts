import { create } from 'zustand';
import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import type { NewView } from '../../preload/contract/view-format';

interface Described {
  /** What is explored, described: its columns, its noun. Null before main has answered. */
  described: DatasetDescriptor | null;
  /** What a first launch shows of it. */
  firstView: NewView | null;
}

/** What main said at the start of the data and of how they are first seen. */
export const useDescribed = create<Described>(() => ({ described: null, firstView: null }));
