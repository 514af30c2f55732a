import { NativeSelect } from '@mantine/core';
import {
  type DatasetDescriptor,
  isBinnedColumn,
  isTimeColumn,
} from '../../../preload/contract/descriptor';
import { columnTitle } from '../../charts/format';
import { columnsLabel } from '../../state/column-words';
import type { BuiltOver } from '../card-kind';
import { allColumns } from './offered-columns';

/** Why a column is not offered. */
export const ONLY_NUMBERS = 'Numbers only: nothing else can be measured.';

/** The same where moments can be measured along too. */
export function onlyOrdered({ columns }: DatasetDescriptor): string {
  return columns.some(isTimeColumn)
    ? 'Numbers and dates only: nothing else can be measured.'
    : ONLY_NUMBERS;
}

export function ColumnSelect(props: {
  label: string;
  description?: string | undefined;
  columns: readonly string[];
  value: string;
  onChange(column: string): void;
}) {
  return (
    <NativeSelect
      label={props.label}
      description={props.description}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      data={props.columns.map(columnChoice)}
    />
  );
}

function columnChoice(name: string) {
  return { value: name, label: columnTitle(name) };
}

export function ColorSelect(props: {
  dataset: DatasetDescriptor;
  /** Null: one colour for all. */
  value: string | null;
  onChange(column: string | null): void;
}) {
  return (
    <NativeSelect
      label="Colour"
      value={props.value ?? ''}
      onChange={(event) => props.onChange(event.currentTarget.value || null)}
      data={[{ value: '', label: 'One colour' }, ...allColumns(props.dataset).map(columnChoice)]}
    />
  );
}

/** Columns of one vocabulary, or any one column of values, to be told apart. */
export function ValuesSelect(props: {
  label: string;
  over: BuiltOver;
  value: readonly string[];
  onChange(columns: readonly string[]): void;
}) {
  const { label, over, value, onChange } = props;
  const choices = valueColumns(over.dataset, value);
  return (
    <NativeSelect
      label={label}
      value={value.join('\n')}
      onChange={(event) => onChange(event.currentTarget.value.split('\n'))}
      data={choices.map((columns) => ({ value: columns.join('\n'), label: titleOf(columns) }))}
    />
  );
}

/** Groups of one vocabulary, then every column by its values; what is chosen in any case. */
function valueColumns(
  { columns, groups }: DatasetDescriptor,
  chosen: readonly string[],
): readonly (readonly string[])[] {
  const slots = groups.filter(({ kind }) => kind === 'slots').map((group) => group.columns);
  const single = columns.filter((column) => !isBinnedColumn(column)).map(({ name }) => [name]);
  const all = [...slots, ...single];
  const isThere = all.some((each) => each.join('\n') === chosen.join('\n'));
  return isThere || chosen.length === 0 ? all : [chosen, ...all];
}

function titleOf(columns: readonly string[]): string {
  return columns.length === 1 ? columnTitle(columns[0] ?? '') : columnsLabel(columns);
}
