/**
 * The columns on the screen, left to right, and those meant to stay put when it scrolls. The
 * order here is the order seen, so an export in this order is what the table shows.
 */
export interface ColumnLayout {
  columns: readonly string[];
  pinned: readonly string[];
}

/** How many columns from the left stay put: a pinned column right of a free one scrolls. */
export function frozenCount({ columns, pinned }: ColumnLayout): number {
  const free = columns.findIndex((name) => !pinned.includes(name));
  return free === -1 ? columns.length : free;
}

/** Puts a column at `index` of the others; among the frozen ones it is pinned, beyond them free. */
export function moveColumn(layout: ColumnLayout, name: string, index: number): ColumnLayout {
  const others = without(layout.columns, name);
  const at = Math.max(0, Math.min(index, others.length));
  const frozen = frozenCount({ columns: others, pinned: layout.pinned });
  const wasFrozen = layout.columns.indexOf(name) < frozenCount(layout);
  const staysFrozen = at < frozen || (at === frozen && wasFrozen);
  return {
    columns: [...others.slice(0, at), name, ...others.slice(at)],
    pinned: staysFrozen ? [...without(layout.pinned, name), name] : without(layout.pinned, name),
  };
}

/** Freezes a column right of those frozen already. */
export function pinColumn(layout: ColumnLayout, name: string): ColumnLayout {
  const others = without(layout.columns, name);
  const at = frozenCount({ columns: others, pinned: layout.pinned });
  return {
    columns: [...others.slice(0, at), name, ...others.slice(at)],
    pinned: [...without(layout.pinned, name), name],
  };
}

/** Lets a column scroll: the first one right of those that stay frozen. */
export function unpinColumn(layout: ColumnLayout, name: string): ColumnLayout {
  const pinned = without(layout.pinned, name);
  const others = without(layout.columns, name);
  const at = frozenCount({ columns: others, pinned });
  return { columns: [...others.slice(0, at), name, ...others.slice(at)], pinned };
}

/** Takes a column away; the last one stays. */
export function hideColumn(layout: ColumnLayout, name: string): ColumnLayout {
  const columns = without(layout.columns, name);
  return columns.length === 0 ? layout : { ...layout, columns };
}

/** Shows a column right of the nearest shown one that stands before it in `order`. */
export function showColumn(
  layout: ColumnLayout,
  name: string,
  order: readonly string[],
): ColumnLayout {
  if (layout.columns.includes(name)) return layout;
  const before = order.slice(0, order.indexOf(name)).reverse();
  const neighbour = before.find((other) => layout.columns.includes(other));
  const at = neighbour === undefined ? 0 : layout.columns.indexOf(neighbour) + 1;
  const columns = [...layout.columns.slice(0, at), name, ...layout.columns.slice(at)];
  return { ...layout, columns };
}

function without<Name>(names: readonly Name[], name: Name): Name[] {
  return names.filter((other) => other !== name);
}
