/** What came into a list and what left it; both are empty where only their order changed. */
export interface ListChange {
  added: string[];
  removed: string[];
}

/** Null where before or after is not a list of text. A value that stands twice counts twice. */
export function listChange(before: unknown, after: unknown): ListChange | null {
  if (!isTextList(before) || !isTextList(after)) return null;
  return { added: without(after, before), removed: without(before, after) };
}

function without(list: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const value of others) left.set(value, (left.get(value) ?? 0) + 1);
  return list.filter((value) => {
    const count = left.get(value) ?? 0;
    if (count > 0) left.set(value, count - 1);
    return count === 0;
  });
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
