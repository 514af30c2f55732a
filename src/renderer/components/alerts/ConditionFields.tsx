import { Button, Checkbox, MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type ColumnDescriptor, isBinnedColumn } from '../../../preload/contract/descriptor';
import { isTimeColumn, type Scalar } from '../../../preload/contract/descriptor';
import type { Filter } from '../../../preload/contract/filters';
import { useApp } from '../../state/app-store';
import { publishedColumns } from '../../state/described';
import { describeFilter } from '../../state/filter-words';
import { useCall } from '../../state/use-call';
import { titleOf } from '../../words/column-words';
import { nameOf } from '../../words/values';
import { type Condition, rangeOf } from './conditions';
import styles from './alerts.module.css';

/** Values that are offered: the most frequent ones. */
const OFFERED = 500;

interface Props {
  conditions: readonly Condition[];
  onChange(conditions: Condition[]): void;
}

/** Which rows a rule is about: what was taken over from Explore, and what is added here. */
export function ConditionFields({ conditions, onChange }: Props) {
  const [column, setColumn] = useState<ColumnDescriptor | null>(null);
  const columns = publishedColumns();
  const add = (filter: Filter) => {
    onChange([...conditions, { filter, isUsed: true }]);
    setColumn(null);
  };
  return (
    <>
      {conditions.map(({ filter, isUsed }, index) => (
        <Checkbox
          key={JSON.stringify(filter)}
          size="xs"
          label={`Only where ${describeFilter(filter)}`}
          checked={isUsed}
          onChange={() =>
            onChange(
              conditions.map((each, at) => (at === index ? { filter, isUsed: !isUsed } : each)),
            )
          }
        />
      ))}
      <NativeSelect
        size="sm"
        label="Add a condition"
        value={column?.name ?? ''}
        onChange={(event) =>
          setColumn(columns.find(({ name }) => name === event.currentTarget.value) ?? null)
        }
        data={[
          { value: '', label: 'Choose a field' },
          ...columns.map((each) => ({ value: each.name, label: titleOf(each) })),
        ]}
      />
      {column !== null &&
        (isBinnedColumn(column) ? (
          <RangeCondition key={column.name} column={column} onAdd={add} />
        ) : (
          <ValuesCondition key={column.name} column={column} onAdd={add} />
        ))}
    </>
  );
}

interface PartProps {
  column: ColumnDescriptor;
  onAdd(filter: Filter): void;
}

function RangeCondition({ column, onAdd }: PartProps) {
  const [min, setMin] = useState('');
  const [max, setMax] = useState('');
  const made = rangeOf(column, min, max);
  const placeholder = isTimeColumn(column) ? '2026-08-08' : 'any';
  return (
    <div className={styles.condition}>
      <TextInput
        size="sm"
        label="From"
        placeholder={placeholder}
        value={min}
        onChange={(event) => setMin(event.currentTarget.value)}
      />
      <TextInput
        size="sm"
        label="To"
        placeholder={placeholder}
        value={max}
        error={made.wrong}
        onChange={(event) => setMax(event.currentTarget.value)}
      />
      <Button
        size="sm"
        variant="default"
        disabled={made.filter === null}
        onClick={() => made.filter !== null && onAdd(made.filter)}
      >
        Add
      </Button>
    </div>
  );
}

function ValuesCondition({ column, onAdd }: PartProps) {
  const version = useApp((state) => state.dataset?.version ?? null);
  const [chosen, setChosen] = useState<string[]>([]);
  const question = { kind: 'counts' as const, columns: [column.name], most: OFFERED };
  const asked = useCall('explore.ask', { asked: [{ question, filters: [] }] }, version);
  const values = valuesIn(asked.value?.answers[0]);
  return (
    <div className={styles.condition}>
      <MultiSelect
        size="sm"
        label="Is any of"
        searchable
        value={chosen}
        onChange={setChosen}
        error={asked.error?.message}
        data={values.map((value, index) => ({
          value: String(index),
          label: value === null ? 'none' : nameOf(column, String(value)),
        }))}
      />
      <Button
        size="sm"
        variant="default"
        disabled={chosen.length === 0}
        onClick={() =>
          onAdd({
            kind: 'one-of',
            columns: [column.name],
            values: chosen.map((index) => values[Number(index)] ?? null),
            match: 'any',
          })
        }
      >
        Add
      </Button>
    </div>
  );
}

function valuesIn(answer: unknown): Scalar[] {
  const { values = [] } = (answer ?? {}) as { values?: { value: Scalar }[] };
  return values.map(({ value }) => value);
}
