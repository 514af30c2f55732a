import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import type { NewView } from '../../preload/contract/view-format';

/** So many of a table without a view of its own. */
const MOST_COLUMNS = 30;

interface Described {
  described: DatasetDescriptor | null;
  firstView: NewView | null;
}

/** What the table shows until a person chooses: the first view's columns. */
export function usualColumns({ described, firstView }: Described): readonly string[] {
  const names = described?.columns.map(({ name }) => name) ?? [];
  return firstView?.columns ?? names.slice(0, MOST_COLUMNS);
}

/** What stays put when the table scrolls sideways: by what a row is known. */
export function usualPins({ described }: Pick<Described, 'described'>): readonly string[] {
  if (described === null) return [];
  const { image, key, title } = described.row;
  return [image, key, title].filter((name) => name !== null);
}

/** Columns are offered in this order: the usual ones first. */
export function offeredColumns(of: Described): readonly string[] {
  const usual = usualColumns(of);
  const first = new Set(usual);
  const others = (of.described?.columns ?? []).filter(({ name }) => !first.has(name));
  return [...usual, ...others.map(({ name }) => name)];
}
