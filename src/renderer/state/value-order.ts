/** Names in the order that their column gives them; those it does not know come last, by name. */
export function inOrder(names: readonly string[], order: readonly string[] | null): string[] {
  const places = new Map((order ?? []).map((name, place) => [name, place]));
  const place = (name: string) => places.get(name) ?? places.size;
  return [...names].sort((a, b) => place(a) - place(b) || (a < b ? -1 : a > b ? 1 : 0));
}
