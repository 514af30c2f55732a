import type { ChangeEntry } from '../../../preload/contract/reports';

export type ChangeKind = ChangeEntry['change'];

/** What happened to one row in a version; an update has at least one field. */
export interface RowChange {
  id: number;
  name: string;
  change: ChangeKind;
  fields: { column: string; before: unknown; after: unknown }[];
}

export const KIND_WORDS: Record<ChangeKind, string> = {
  insert: 'Added',
  update: 'Updated',
  delete: 'Deleted',
};

/** One group per row and kind of change, in the order of their first entries. */
export function groupChanges(entries: readonly ChangeEntry[]): RowChange[] {
  const groups = new Map<string, RowChange>();
  for (const { id, name, change, column, before, after } of entries) {
    const key = `${change} ${id}`;
    const group = groups.get(key) ?? { id, name, change, fields: [] };
    groups.set(key, group);
    if (column !== null) group.fields.push({ column, before, after });
  }
  return [...groups.values()];
}

/** How many rows each kind of change touched. */
export function countKinds(groups: readonly RowChange[]): Record<ChangeKind, number> {
  const counts: Record<ChangeKind, number> = { insert: 0, update: 0, delete: 0 };
  for (const { change } of groups) counts[change] += 1;
  return counts;
}

/** Those of a kind (null: any) whose name or number has the text in it, whatever the case. */
export function filterChanges(
  groups: readonly RowChange[],
  kind: ChangeKind | null,
  text: string,
): RowChange[] {
  const wanted = text.trim().toLowerCase();
  return groups.filter(
    (group) =>
      (kind === null || group.change === kind) &&
      (wanted === '' || group.name.toLowerCase().includes(wanted) || String(group.id) === wanted),
  );
}
