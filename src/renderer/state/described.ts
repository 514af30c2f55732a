import { create } from 'zustand';
import type { DatasetDescriptor, DatasetKey } from '../../preload/contract/descriptor';
import type { OpenedDataset } from '../../preload/contract/opened';
import type { NewView } from '../../preload/contract/view-format';

interface Described {
  /** What is explored, described: its columns, its noun. Null before main has answered. */
  described: DatasetDescriptor | null;
  /** What a first launch shows of it. */
  firstView: NewView | null;
  /** The opened table that is explored; null while it is the published data. */
  opened: OpenedDataset | null;
}

/** What is explored, as main describes it. */
export const useDescribed = create<Described>(() => ({
  described: null,
  firstView: null,
  opened: null,
}));

let published: Omit<Described, 'opened'> = { described: null, firstView: null };

/** Main has said what is published; it is shown unless an opened table is. */
export function takePublished(now: Omit<Described, 'opened'>): void {
  published = now;
  if (useDescribed.getState().opened === null) useDescribed.setState(published);
}

/** What the published data are called, also while an opened table is shown. */
export function publishedTitle(): string {
  return published.described?.title ?? 'Published data';
}

/** Null shows the published data. */
export function describe(opened: OpenedDataset | null): void {
  useDescribed.setState(
    opened === null
      ? { ...published, opened }
      : { described: opened.described, firstView: opened.firstView, opened },
  );
}

/** What questions are asked of; undefined for the published data, of whatever version. */
export function askedKey(): DatasetKey | undefined {
  return useDescribed.getState().opened?.described.key;
}
