/**
 * Takes a change back in a list that may have changed further since: what the change took away
 * stands in its old place again, what it moved stands in its old order, what it brought is gone, and
 * what came later stays.
 */
export function putBack<Item>(
  before: readonly Item[],
  after: readonly Item[],
  now: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Item[] {
  if (before === after || isSame(before, after)) return now;
  if (isSame(now, after)) return before;
  const keys = (items: readonly Item[]) => new Map(items.map((item) => [keyOf(item), item]));
  const [old, made] = [keys(before), keys(after)];
  const kept = now.flatMap((item) => {
    const key = keyOf(item);
    if (!isSame(item, made.get(key))) return [item];
    // As the change left it: as it was before, or not there at all.
    const was = old.get(key);
    return was === undefined ? [] : [was];
  });
  const ordered = inOldOrder(before, after, kept, keyOf);
  const missing = before.filter(
    (item) => !made.has(keyOf(item)) && !ordered.some((other) => keyOf(other) === keyOf(item)),
  );
  // From the end, so that what follows an item is there when it looks for its place.
  return missing.reduceRight<Item[]>((list, item) => {
    const place = before.indexOf(item);
    const following = before.slice(place + 1).map(keyOf);
    const preceding = before.slice(0, place).map(keyOf);
    const next = list.findIndex((other) => following.includes(keyOf(other)));
    const last = list.findLastIndex((other) => preceding.includes(keyOf(other)));
    const at = next === -1 ? (last === -1 ? list.length : last + 1) : next;
    return [...list.slice(0, at), item, ...list.slice(at)];
  }, ordered);
}

/** Where the change moved items among each other, they stand as before; what came later stays in its place. */
function inOldOrder<Item>(
  before: readonly Item[],
  after: readonly Item[],
  kept: readonly Item[],
  keyOf: (item: Item) => string,
): Item[] {
  const there = new Set(kept.map(keyOf));
  const [old, made] = [before, after].map((items) =>
    items.map(keyOf).filter((key) => there.has(key)),
  );
  const common = (old ?? []).filter((key) => made?.includes(key));
  if (
    isSame(
      common,
      made?.filter((key) => common.includes(key)),
    )
  )
    return [...kept];
  const byKey = new Map(kept.map((item) => [keyOf(item), item]));
  const next = common[Symbol.iterator]();
  return kept.map((item) => {
    if (!common.includes(keyOf(item))) return item;
    return byKey.get(next.next().value ?? '') ?? item;
  });
}

export function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
