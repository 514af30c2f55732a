import { create } from 'zustand';
import type { Scalar } from '../../preload/contract/descriptor';

interface KnownValues {
  /** By column; null where there are too many. */
  values: Readonly<Record<string, readonly Scalar[] | null>>;
}

/** All values that columns have in the whole dataset, where somebody wanted to know them. */
export const useKnownValues = create<KnownValues>(() => ({ values: {} }));

/** Undefined while they are not known, null where there are too many. */
export function knownValues(column: string): readonly Scalar[] | null | undefined {
  const { values } = useKnownValues.getState();
  return Object.hasOwn(values, column) ? values[column] : undefined;
}

/**
 * The values that a choice leaves out, where it says more to name these: it keeps most of what the
 * column has. Null where it does not, or where that is not known.
 */
export function leftOutValues(column: string, chosen: readonly Scalar[]): readonly Scalar[] | null {
  const all = knownValues(column);
  if (all === null || all === undefined || !chosen.every((value) => all.includes(value)))
    return null;
  const others = all.filter((value) => !chosen.includes(value));
  return others.length > 0 && others.length < chosen.length ? others : null;
}
