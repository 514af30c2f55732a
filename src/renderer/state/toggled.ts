/** The list without `item`, or with it at its end where it was not in it. */
export function toggled<T>(list: readonly T[], item: T, same = (a: T, b: T) => a === b): T[] {
  const without = list.filter((other) => !same(other, item));
  return without.length === list.length ? [...list, item] : without;
}
