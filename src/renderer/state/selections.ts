import type { Filter } from '../../preload/contract/filters';

/**
 * A selection is data: where it was made and what it keeps. One source has at most one; a card
 * is filtered by all selections but its own.
 */
export interface Selection<Kept = Filter> {
  /** The control it was made in (state/controls), which a card may share with a side panel. */
  source: string;
  filter: Kept;
}

/** Puts a source's selection in place of its last one, or removes it where `filter` is null. */
export function withSelection<Kept>(
  selections: readonly Selection<Kept>[],
  source: string,
  filter: Kept | null,
): Selection<Kept>[] {
  const others = selections.filter((selection) => selection.source !== source);
  if (filter === null) return others;
  const index = selections.findIndex((selection) => selection.source === source);
  if (index === -1) return [...others, { source, filter }];
  return selections.map((selection, at) => (at === index ? { source, filter } : selection));
}

/** The filters that apply to `source`: everyone's but its own. Null asks for all of them. */
export function filtersFor<Kept>(
  selections: readonly Selection<Kept>[],
  source: string | null,
): Kept[] {
  return selections
    .filter((selection) => selection.source !== source)
    .map((selection) => selection.filter);
}
