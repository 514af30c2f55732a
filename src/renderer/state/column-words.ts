import {
  type ColumnDescriptor,
  type ColumnGroup,
  columnOf,
} from '../../preload/contract/descriptor';
import { useDescribed } from './described';

/** What the described data say of a column; undefined where they have none of that name. */
export function describedColumn(name: string): ColumnDescriptor | undefined {
  const { described } = useDescribed.getState();
  return described === null ? undefined : columnOf(described, name);
}

/** The group that these columns are; undefined where they are none. */
export function groupOf(columns: readonly string[]): ColumnGroup | undefined {
  const wanted = columns.join('\n');
  return useDescribed
    .getState()
    .described?.groups.find((group) => group.columns.join('\n') === wanted);
}

export function columnLabel(name: string): string {
  return describedColumn(name)?.label ?? name;
}

/** What columns are called together: their group's name, or one after the other. */
export function columnsLabel(columns: readonly string[]): string {
  return groupOf(columns)?.label ?? columns.map(columnLabel).join(', ');
}

export function isListColumn(name: string): boolean {
  return describedColumn(name)?.type === 'list';
}

/** `Types` is `Type`, `Abilities` is `Ability`; what is no plural stays. */
export function singular(label: string): string {
  if (/[^aeiou]ies$/.test(label)) return label.replace(/ies$/, 'y');
  return label.replace(/([^s])s$/, '$1');
}
