import { create } from 'zustand';
import {
  type ColumnCorrections,
  NOTHING_CORRECTED,
} from '../../preload/contract/column-corrections';
import type { DatasetDescriptor, DatasetKey } from '../../preload/contract/descriptor';
import { sameJson } from '../../preload/contract/merge-changes';
import type { CorrectedColumns, OpenedDataset } from '../../preload/contract/opened';
import type { NewView } from '../../preload/contract/view-format';

interface Described {
  /** What is explored, described: its columns, its noun. Null before main has answered. */
  described: DatasetDescriptor | null;
  /** What a first launch shows of it. */
  firstView: NewView | null;
  /** What of its columns a person has corrected; `described` has it already. */
  columns: ColumnCorrections;
  /** The opened table that is explored; null while it is the published data. */
  opened: OpenedDataset | null;
  /** Another number after each correction: the words on the screen are others. */
  corrections: number;
  /** Another number where a correction changes what is answered: rows have other names, say. */
  answering: number;
}

/** What is explored, as main describes it. */
export const useDescribed = create<Described>(() => ({
  described: null,
  firstView: null,
  columns: NOTHING_CORRECTED,
  opened: null,
  corrections: 0,
  answering: 0,
}));

type Published = Pick<Described, 'described' | 'firstView' | 'columns'>;

let published: Published = { described: null, firstView: null, columns: NOTHING_CORRECTED };

/** Main has said what is published; it is shown unless an opened table is. */
export function takePublished(now: Published): void {
  published = now;
  if (useDescribed.getState().opened === null) useDescribed.setState(published);
}

/** What the published data are called, also while an opened table is shown. */
export function publishedTitle(): string {
  return published.described?.title ?? 'Published data';
}

export function publishedColumns(): DatasetDescriptor['columns'] {
  return published.described?.columns ?? [];
}

/** The column that tells the published rows apart. */
export function publishedKey(): string | null {
  return published.described?.row.key ?? null;
}

/** Null shows the published data. */
export function describe(opened: OpenedDataset | null): void {
  const { described, firstView, columns } = opened ?? published;
  useDescribed.setState({ described, firstView, columns, opened });
}

/** Columns were corrected, in this window or in another one. */
export function takeCorrected(now: CorrectedColumns): void {
  const { described, columns, opened, corrections, answering } = useDescribed.getState();
  const isPublished = now.described.kind === 'published';
  if (isPublished) published = now;
  const isShown = isPublished ? opened === null : opened?.described.key === now.described.key;
  // The answer and the event tell the same twice.
  if (!isShown || described === null || sameJson(columns, now.columns)) return;
  useDescribed.setState({
    ...now,
    opened: opened === null ? null : { ...opened, ...now },
    corrections: corrections + 1,
    answering: answering + (sameJson(lookOf(described), lookOf(now.described)) ? 0 : 1),
  });
}

/** What of a description main answers by. */
function lookOf({ row, columns }: DatasetDescriptor) {
  return [row, Object.fromEntries(columns.map(({ name, role }) => [`=${name}`, role]))];
}

/** What questions are asked of; undefined for the published data, of whatever version. */
export function askedKey(): DatasetKey | undefined {
  return useDescribed.getState().opened?.described.key;
}
