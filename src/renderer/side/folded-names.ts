/**
 * The names that a folded list shows, in their order: those of `scope` and those that are checked in
 * any case, then the first ones, up to `most`.
 */
export function foldedNames(
  ordered: readonly string[],
  scope: readonly string[],
  checked: readonly string[],
  most: number,
): string[] {
  const fixed = ordered.filter((name) => scope.slice(0, most).includes(name));
  const filled = ordered.filter((name) => !fixed.includes(name)).slice(0, most - fixed.length);
  return ordered.filter((name) => [...fixed, ...filled, ...checked].includes(name));
}
