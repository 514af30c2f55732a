/**
 * Names that DuckDB takes for a table's columns: it has none that is empty, and none that differ in
 * upper and lower case only.
 */
export function freeNames(names: readonly string[]): string[] {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  const seen = new Set<string>();
  return names.map((name, index) => {
    let free = name === '' ? `column${index}` : name;
    for (let number = 1; seen.has(free.toLowerCase()); number += 1) {
      const next = `${name}_${number}`;
      if (!taken.has(next.toLowerCase())) free = next;
    }
    seen.add(free.toLowerCase());
    return free;
  });
}
