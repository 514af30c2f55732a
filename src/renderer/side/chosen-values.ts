import type { Scalar } from '../../preload/contract/descriptor';
import type { Filter } from '../../preload/contract/filters';

/** The values that a filter of single values keeps; none of any other filter. */
export function chosenIn(filter: Filter | null): readonly Scalar[] {
  return filter?.kind === 'one-of' ? filter.values : [];
}

/** The filter with a value more, or without it where it was chosen; null where none is left. */
export function withToggled(
  filter: Filter | null,
  columns: readonly string[],
  value: Scalar,
): Filter | null {
  const chosen = chosenIn(filter);
  const without = chosen.filter((other) => other !== value);
  const values = without.length === chosen.length ? [...chosen, value] : without;
  if (values.length === 0) return null;
  const match = filter?.kind === 'one-of' ? filter.match : 'any';
  return { kind: 'one-of', columns: [...columns], values, match };
}
