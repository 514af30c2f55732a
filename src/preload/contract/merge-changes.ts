type Json = Readonly<Record<string, unknown>>;

/**
 * Joins two changes of one JSON value: `mine` and `theirs` both began as `base`. What only one of
 * them changed is taken from that one, part by part, down to the entries of lists; where both
 * changed the same part, `mine` wins. What `theirs` has and `base` never had stays, so parts that
 * this version of the app does not know survive.
 *
 * Entries of a list are told apart by their `id` or `column`, or else by what they are.
 */
export function mergeChanges(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (sameJson(base, mine)) return theirs;
  if (sameJson(base, theirs) || sameJson(mine, theirs)) return mine;
  if (isRecord(base) && isRecord(mine) && isRecord(theirs)) return mergeParts(base, mine, theirs);
  if (Array.isArray(base) && Array.isArray(mine) && Array.isArray(theirs)) {
    return mergeEntries(base, mine, theirs);
  }
  return mine;
}

export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((entry, at) => sameJson(entry, other[at]));
  }
  if (!isRecord(one) || !isRecord(other)) return false;
  const names = Object.keys({ ...one, ...other });
  return names.every((name) => sameJson(one[name], other[name]));
}

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mergeParts(base: Json, mine: Json, theirs: Json): Json {
  const names = Object.keys({ ...theirs, ...mine });
  const parts = names.map((name) => [name, mergeChanges(base[name], mine[name], theirs[name])]);
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined)) as Json;
}

function mergeEntries(base: unknown[], mine: unknown[], theirs: unknown[]): unknown[] {
  const before = byIdentity(base);
  const there = byIdentity(theirs);
  const merged = mine.flatMap((entry) => {
    const identity = identityOf(entry);
    const was = before.get(identity);
    if (was === undefined) return [entry];
    // Taken away there; it comes back only if it was changed here.
    if (!there.has(identity)) return sameJson(was, entry) ? [] : [entry];
    return [mergeChanges(was, entry, there.get(identity))];
  });
  const placed = new Set(merged.map(identityOf));
  theirs.forEach((entry, index) => {
    const identity = identityOf(entry);
    if (before.has(identity) || placed.has(identity)) return;
    placed.add(identity);
    merged.splice(placeOf(theirs, index, merged), 0, entry);
  });
  return merged;
}

/** Behind the nearest entry that stands before it there and is here too, or else before one. */
function placeOf(theirs: readonly unknown[], index: number, merged: readonly unknown[]): number {
  const places = new Map(merged.map((entry, at) => [identityOf(entry), at]));
  const placeHere = (entry: unknown) => places.get(identityOf(entry));
  const before = theirs.slice(0, index).reverse().map(placeHere);
  const after = theirs.slice(index + 1).map(placeHere);
  const behind = before.find((place) => place !== undefined);
  if (behind !== undefined) return behind + 1;
  return after.find((place) => place !== undefined) ?? merged.length;
}

function byIdentity(entries: readonly unknown[]): Map<string, unknown> {
  return new Map(entries.map((entry) => [identityOf(entry), entry]));
}

function identityOf(entry: unknown): string {
  const name = isRecord(entry) ? (entry['id'] ?? entry['column']) : undefined;
  return JSON.stringify(name ?? entry) ?? 'undefined';
}
