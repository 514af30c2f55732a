/** `wanted`, or the like that no column is named: DuckDB takes small and capital letters for one. */
export function freeName(columns: readonly string[], wanted: string): string {
  const taken = new Set(columns.map((name) => name.toLowerCase()));
  let name = wanted;
  while (taken.has(name.toLowerCase())) name = `#${name}`;
  return name;
}
