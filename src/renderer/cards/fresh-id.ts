/**
 * An id that no other card has: neither one of another window, which would be taken for this one,
 * nor one that undo may bring back.
 */
export function freshId(): string {
  return `chart-${crypto.randomUUID()}`;
}
