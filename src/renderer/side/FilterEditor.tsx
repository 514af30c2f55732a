import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Filter, FilterOf } from '../../preload/contract/filters';
import { columnTitle } from '../charts/format';
import { columnsLabel } from '../state/column-words';
import { useExplore } from '../state/explore-store';
import type { Selection } from '../state/selections';
import {
  type Choice,
  describeFilter,
  endWords,
  hasSeveral,
  valueName,
} from '../state/filter-words';
import { MatchSwitch } from './MatchSwitch';
import { placeOfSource, showPlace } from './source-place';
import styles from './filter-editor.module.css';

interface Props extends Selection {
  onClose(): void;
  onRemove(): void;
}

/** What a filter keeps, exactly: a range by its numbers, a choice by its values. */
export function FilterEditor({ source, filter, onClose, onRemove }: Props) {
  const select = useExplore((state) => state.select);
  const place = placeOfSource(source);
  return (
    <div className={styles.editor}>
      <p className={styles.title}>{describeFilter(filter)}</p>
      {filter.kind === 'range' && (
        <RangeFields
          filter={filter}
          onApply={(changed) => {
            select(source, changed);
            onClose();
          }}
        />
      )}
      {filter.kind === 'one-of' && hasSeveral(filter.columns) && (
        <MatchSwitch
          of={columnsLabel(filter.columns).toLowerCase()}
          count={filter.values.length}
          match={filter.match}
          onMatch={(match) => select(source, { ...filter, match })}
        />
      )}
      {filter.kind === 'one-of' && filter.values.length > 1 && (
        <ul className={styles.values} aria-label="Chosen values">
          {filter.values.map((value) => (
            <li key={String(value)}>
              <label className={styles.value}>
                <input
                  type="checkbox"
                  checked
                  onChange={() => select(source, withoutValue(filter, value))}
                />
                {valueName(filter, value)}
              </label>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.actions}>
        {place !== null && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              onClose();
              showPlace(place);
            }}
          >
            Go to where it is chosen
          </Button>
        )}
        <Button size="compact-xs" variant="default" onClick={onRemove}>
          Remove
        </Button>
      </div>
    </div>
  );
}

type RangeFilter = FilterOf<'range'>;
type End = RangeFilter['min'];

/** An empty end leaves that side open. */
function RangeFields({ filter, onApply }: { filter: RangeFilter; onApply(to: RangeFilter): void }) {
  const [min, setMin] = useState(textOf(filter.min));
  const [max, setMax] = useState(textOf(filter.max));
  const [below, setBelow] = useState(filter.below === true);
  const problem = problemOf(min, max, below);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (problem !== null) return;
    const [low, high] = [endIn(min, filter.min), endIn(max, filter.max)];
    onApply({
      kind: 'range',
      column: filter.column,
      ...(low === null ? {} : { min: low }),
      ...(high === null ? {} : { max: high, ...(below ? { below: true as const } : {}) }),
    });
  };
  const of = columnTitle(filter.column);
  return (
    <form className={styles.range} onSubmit={apply}>
      <EndField label="From" of={of} value={min} onChange={setMin} />
      <EndField label={below ? 'To below' : 'To'} of={of} value={max} onChange={setMax} />
      <Button type="submit" size="xs" aria-disabled={problem !== null}>
        Apply
      </Button>
      <Checkbox
        className={styles.below}
        size="xs"
        label={max.trim() === '' ? 'Without the upper end itself' : `Without ${max.trim()} itself`}
        checked={below}
        onChange={(event) => setBelow(event.currentTarget.checked)}
      />
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

interface EndFieldProps {
  label: string;
  /** What it is an end of. */
  of: string;
  value: string;
  onChange(text: string): void;
}

function EndField({ label, of, value, onChange }: EndFieldProps) {
  return (
    <TextInput
      size="xs"
      label={label}
      inputMode="decimal"
      placeholder="any"
      aria-description={of}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** As the chip says it. */
function textOf(end: End): string {
  return end === undefined ? '' : endWords(end);
}

function numberIn(text: string): number | null {
  const plain = text.trim().replaceAll(',', '');
  return plain === '' || !Number.isFinite(Number(plain)) ? null : Number(plain);
}

/** An end whose text nobody changed stays to its last digit what it was. */
function endIn(text: string, before: End): NonNullable<End> | null {
  return text === textOf(before) ? (before ?? null) : numberIn(text);
}

function problemOf(min: string, max: string, below: boolean): string | null {
  const isNumber = (text: string) => text.trim() === '' || numberIn(text) !== null;
  if (!isNumber(min)) return `“${min.trim()}” is not a number.`;
  if (!isNumber(max)) return `“${max.trim()}” is not a number.`;
  const [low, high] = [numberIn(min), numberIn(max)];
  if (low === null || high === null) return null;
  if (low > high) return 'From is higher than To.';
  return below && low === high ? `Nothing is from ${min.trim()} to below it.` : null;
}

function withoutValue(filter: Choice, value: Choice['values'][number]): Filter {
  return { ...filter, values: filter.values.filter((other) => other !== value) };
}
