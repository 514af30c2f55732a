import {
  type ColumnDescriptor,
  type ColumnGroup,
  columnOf,
  type DatasetDescriptor,
} from '../../preload/contract/descriptor';

/** A dataset's columns by the part they play where one row is looked at whole. */
export interface RowParts {
  /** Each with its columns, in their order. */
  profiles: readonly Part[];
  slots: readonly Part[];
  /** A measure that sums up the profile: a stat total. */
  total: ColumnDescriptor | null;
  measures: readonly ColumnDescriptor[];
  lists: readonly ColumnDescriptor[];
  /** All others but those that name the row. */
  facts: readonly ColumnDescriptor[];
}

export interface Part {
  group: ColumnGroup;
  columns: readonly ColumnDescriptor[];
}

/** @param usual columns a person knows: theirs come first, and only they can be measures */
export function rowParts(described: DatasetDescriptor, usual: readonly string[]): RowParts {
  const { image, title, key } = described.row;
  const profiles = partsOf(described, 'profile');
  const slots = partsOf(described, 'slots');
  const grouped = [...profiles, ...slots].flatMap(({ columns }) => columns);
  const told = new Set([image, title, key, ...grouped.map(({ name }) => name)]);
  const known = new Set(usual);
  const total =
    described.columns.find(({ role, label, name }) => {
      return role === 'measure' && !told.has(name) && /\btotal\b/i.test(label);
    }) ?? null;
  const inOrder = [...usual, ...described.columns.map(({ name }) => name)];
  const left = [...new Set(inOrder)].flatMap((name) => {
    const column = columnOf(described, name);
    return column === undefined || told.has(name) ? [] : [column];
  });
  const others = left.filter((column) => column !== total || profiles.length === 0);
  const isMeasure = ({ name, role }: ColumnDescriptor) => role === 'measure' && known.has(name);
  const isList = ({ role }: ColumnDescriptor) => role === 'members';
  return {
    profiles,
    slots,
    total,
    measures: others.filter(isMeasure),
    lists: others.filter(isList),
    facts: others.filter((column) => !isMeasure(column) && !isList(column)),
  };
}

function partsOf(described: DatasetDescriptor, kind: ColumnGroup['kind']): Part[] {
  return described.groups
    .filter((group) => group.kind === kind)
    .map((group) => ({
      group,
      columns: group.columns.flatMap((name) => columnOf(described, name) ?? []),
    }));
}
