import {
  type ColumnDescriptor,
  columnOf,
  type DatasetDescriptor,
} from '../../preload/contract/descriptor';

/** A line of the column profile: one column, or columns that share a vocabulary as if they were one. */
export interface ProfileEntry {
  kind: 'entry';
  id: string;
  label: string;
  columns: readonly string[];
  /** The first of them, which says how all are looked at. */
  column: ColumnDescriptor;
}

/** A name over the columns that are measured on one scale. */
export interface ProfileHeading {
  kind: 'heading';
  id: string;
  label: string;
}

export type ProfileLine = ProfileEntry | ProfileHeading;

/**
 * The lines of the column profile: what the view names first, then everything else as the dataset
 * has it. Every column is in exactly one line.
 * @param order the lines as a person has put them, by their ids; the others follow
 */
export function profileLines(
  described: DatasetDescriptor,
  panels: readonly string[],
  order?: readonly string[],
): ProfileLine[] {
  if (order !== undefined) return withHeadings(described, orderedLines(described, order));
  const taken = new Set<string>();
  const lines: ProfileLine[] = [];
  const add = (id: string, label: string, columns: readonly string[]) => {
    const [column] = columns.map((name) => columnOf(described, name));
    if (column === undefined || columns.some((name) => taken.has(name))) return;
    for (const name of columns) taken.add(name);
    lines.push({ kind: 'entry', id, label, columns, column });
  };
  const addColumn = (name: string) => add(name, columnOf(described, name)?.label ?? name, [name]);
  const addGroup = ({ kind, id, label, columns }: DatasetDescriptor['groups'][number]) => {
    if (kind === 'slots') return add(id, label, columns);
    const left = columns.filter((name) => !taken.has(name));
    if (left.length === 0) return;
    lines.push({ kind: 'heading', id, label });
    for (const name of left) addColumn(name);
  };
  const groups = new Map(described.groups.map((group) => [group.id, group]));
  for (const name of panels) {
    const group = groups.get(name);
    if (group === undefined) addColumn(name);
    else addGroup(group);
  }
  const groupOf = new Map(
    described.groups.flatMap((group) => group.columns.map((name) => [name, group] as const)),
  );
  for (const { name } of described.columns) {
    if (taken.has(name)) continue;
    const group = groupOf.get(name);
    if (group !== undefined) addGroup(group);
    // Where a slot stands alone already, the other one does too.
    if (!taken.has(name)) addColumn(name);
  }
  return lines;
}

function orderedLines(described: DatasetDescriptor, order: readonly string[]): ProfileEntry[] {
  const places = new Map(order.map((id, place) => [id, place]));
  const placeOf = ({ id }: ProfileEntry) => places.get(id) ?? places.size;
  return profileLines(described, [])
    .filter((line) => line.kind === 'entry')
    .sort((one, other) => placeOf(one) - placeOf(other));
}

/** Each run of measures of one scale under the name of that scale. */
function withHeadings(
  { groups }: DatasetDescriptor,
  entries: readonly ProfileEntry[],
): ProfileLine[] {
  const groupOf = (entry: ProfileEntry | undefined) =>
    groups.find(
      ({ kind, columns }) => kind === 'profile' && columns.includes(entry?.column.name ?? ''),
    );
  return entries.flatMap((entry, at): ProfileLine[] => {
    const group = groupOf(entry);
    const begins = group !== undefined && groupOf(entries[at - 1]) !== group;
    if (!begins || groupOf(entries[at + 1]) !== group) return [entry];
    const { id, label } = group;
    return [{ kind: 'heading', id: `${id} ${entry.id}`, label }, entry];
  });
}

/** The lines with a name or a label that has all the words; a heading stays with what it is over. */
export function foundLines(lines: readonly ProfileLine[], text: string): readonly ProfileLine[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return lines;
  return lines.filter((line) => {
    if (line.kind === 'heading') return false;
    const names = [line.label, ...line.columns].join('\n').toLowerCase();
    return words.every((word) => names.includes(word));
  });
}
