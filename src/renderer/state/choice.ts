import type { Scalar } from '../../preload/contract/descriptor';
import type { Filter, FilterOf } from '../../preload/contract/filters';

/** A filter of values that are chosen one by one. */
export type Choice = FilterOf<'one-of'>;

const NONE: readonly Scalar[] = [];

/** The values that a filter names, be it to keep or to leave out; none of any other filter. */
export function namedIn(filter: Filter | null): readonly Scalar[] {
  return filter?.kind === 'one-of' ? filter.values : NONE;
}

/** The values that a filter keeps, of those that are `listed` where it says which it leaves out. */
export function keptIn(filter: Filter | null, listed: readonly Scalar[]): readonly Scalar[] {
  const named = namedIn(filter);
  if (filter?.kind !== 'one-of' || filter.not !== true) return named;
  return listed.filter((value) => !named.includes(value));
}

/** The filter with a value more, or without it where it was named; null where none is left. */
export function withToggled(
  filter: Filter | null,
  columns: readonly string[],
  value: Scalar,
): Choice | null {
  const named = namedIn(filter);
  const without = named.filter((other) => other !== value);
  const values = without.length === named.length ? [...named, value] : without;
  if (values.length === 0) return null;
  if (filter?.kind === 'one-of') return { ...filter, columns: [...columns], values };
  return { kind: 'one-of', columns: [...columns], values, match: 'any' };
}

/** What a choice keeps is left out, and the other way round. */
export function turned({ not, ...filter }: Choice): Choice {
  return not === true ? filter : { ...filter, not: true };
}
