/** Counts classes the plain way, row by row, from what the columns are said to tell. */

/** Null is a value, −0 is 0, NaN is one value, a list is a set of its members. */
export function told(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) {
    return `{${[...new Set(value.map(told))].sort().join(',')}}`;
  }
  if (typeof value === 'number') return `number ${value === 0 ? 0 : value}`;
  return `${typeof value} ${JSON.stringify(String(value))}`;
}

export function classSizes(rows: readonly object[], columns: readonly string[]): number[] {
  const classes = new Map<string, number>();
  for (const row of rows) {
    const key = columns.map((name) => told((row as Record<string, unknown>)[name])).join('|');
    classes.set(key, (classes.get(key) ?? 0) + 1);
  }
  return [...classes.values()].sort((a, b) => a - b);
}

export function figuresOf(rows: readonly object[], columns: readonly string[]) {
  const sizes = classSizes(rows, columns);
  const counts = new Map<number, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  return {
    rows: rows.length,
    columns: [...columns],
    k: sizes[0] ?? null,
    classes: sizes.length,
    unique_rows: uniqueRows(rows, columns),
    sizes: [...counts].map(([size, classes]) => ({ size, classes })),
  };
}

export function uniqueRows(rows: readonly object[], columns: readonly string[]): number {
  return classSizes(rows, columns).filter((size) => size === 1).length;
}
