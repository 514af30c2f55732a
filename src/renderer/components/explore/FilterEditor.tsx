import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Filter } from '../../../preload/contract/filters';
import { columnTitle } from '../../charts/format';
import { useExplore } from '../../state/explore-store';
import type { Selection } from '../../state/selections';
import { describeFilter, valueName } from './describe-filter';
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
      {(filter.kind === 'types' || filter.kind === 'games') && (
        <MatchSwitch
          of={filter.kind}
          count={filter.values.length}
          match={filter.match}
          onMatch={(match) => select(source, { ...filter, match })}
        />
      )}
      {isChoice(filter) && filter.values.length > 1 && (
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

type RangeFilter = Extract<Filter, { kind: 'range' }>;

/** Both ends belong to the range; an empty one leaves that side open. */
function RangeFields({ filter, onApply }: { filter: RangeFilter; onApply(to: RangeFilter): void }) {
  const [min, setMin] = useState(textOf(filter.min));
  const [max, setMax] = useState(textOf(filter.max));
  const problem = problemOf(min, max);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (problem !== null) return;
    const ends = { ...endOf('min', min), ...endOf('max', max) };
    onApply({ kind: 'range', column: filter.column, ...ends });
  };
  return (
    <form className={styles.range} onSubmit={apply}>
      <TextInput
        size="xs"
        label="From"
        inputMode="decimal"
        placeholder="any"
        aria-description={columnTitle(filter.column)}
        value={min}
        onChange={(event) => setMin(event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        label="To"
        inputMode="decimal"
        placeholder="any"
        aria-description={columnTitle(filter.column)}
        value={max}
        onChange={(event) => setMax(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" aria-disabled={problem !== null}>
        Apply
      </Button>
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

function textOf(end: number | undefined): string {
  return end === undefined ? '' : String(end);
}

function numberIn(text: string): number | null {
  const plain = text.trim().replaceAll(',', '');
  return plain === '' || !Number.isFinite(Number(plain)) ? null : Number(plain);
}

function endOf(end: 'min' | 'max', text: string): { min?: number; max?: number } {
  const number = numberIn(text);
  return number === null ? {} : { [end]: number };
}

function problemOf(min: string, max: string): string | null {
  const isNumber = (text: string) => text.trim() === '' || numberIn(text) !== null;
  if (!isNumber(min)) return `“${min.trim()}” is not a number.`;
  if (!isNumber(max)) return `“${max.trim()}” is not a number.`;
  const [low, high] = [numberIn(min), numberIn(max)];
  if (low !== null && high !== null && low > high) return 'From is higher than To.';
  return null;
}

type Choice = Extract<Filter, { kind: 'one-of' | 'types' | 'games' }>;

function isChoice(filter: Filter): filter is Choice {
  return filter.kind === 'one-of' || filter.kind === 'types' || filter.kind === 'games';
}

function withoutValue(filter: Choice, value: Choice['values'][number]): Filter {
  if (filter.kind === 'one-of') {
    return { ...filter, values: filter.values.filter((other) => other !== value) };
  }
  return { ...filter, values: filter.values.filter((other) => other !== value) };
}
