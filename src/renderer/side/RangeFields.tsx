import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { isTimeColumn } from '../../preload/contract/descriptor';
import { type FilterOf, momentOf } from '../../preload/contract/filters';
import { columnTitle } from '../charts/format';
import { describedColumn } from '../state/column-words';
import { endWords } from '../state/filter-words';
import styles from './filter-editor.module.css';

type RangeFilter = FilterOf<'range'>;
type End = RangeFilter['min'];

interface Props {
  column: string;
  /** The filter that stands; null for none. */
  filter: RangeFilter | null;
  /** Whether it can be said that the upper end is not within; else that stays as it is. */
  hasBelow?: boolean;
  /** Null where both ends are left open. */
  onApply(to: RangeFilter | null): void;
}

/** The ends of a range, exactly. An empty end leaves that side open. */
export function RangeFields({ column, filter, hasBelow, onApply }: Props) {
  const [min, setMin] = useState(textOf(column, filter?.min));
  const [max, setMax] = useState(textOf(column, filter?.max));
  const [below, setBelow] = useState(filter?.below === true);
  const isTime = isTimeColumn(describedColumn(column));
  const problem = problemOf({ min, max, below, isTime });
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (problem !== null) return;
    const [low, high] = [endIn(column, min, filter?.min), endIn(column, max, filter?.max)];
    if (low === null && high === null && hasBelow !== true) return onApply(null);
    onApply({
      kind: 'range',
      column,
      ...(low === null ? {} : { min: low }),
      ...(high === null ? {} : { max: high, ...(below ? { below: true as const } : {}) }),
    });
  };
  const shared = { of: columnTitle(column), isTime, isSmall: hasBelow !== true };
  return (
    <form className={styles.range} onSubmit={apply}>
      <EndField label="From" {...shared} value={min} onChange={setMin} />
      <EndField label={below ? 'To below' : 'To'} {...shared} value={max} onChange={setMax} />
      <Button
        type="submit"
        size="xs"
        variant={hasBelow === true ? 'filled' : 'default'}
        aria-disabled={problem !== null}
      >
        Apply
      </Button>
      {hasBelow === true && (
        <Checkbox
          className={styles.below}
          size="xs"
          label={
            max.trim() === '' ? 'Without the upper end itself' : `Without ${max.trim()} itself`
          }
          checked={below}
          onChange={(event) => setBelow(event.currentTarget.checked)}
        />
      )}
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
  isTime: boolean;
  /** Without a line for its label, which it has inside. */
  isSmall: boolean;
  value: string;
  onChange(text: string): void;
}

function EndField({ label, of, isTime, isSmall, value, onChange }: EndFieldProps) {
  return (
    <TextInput
      size="xs"
      {...(isSmall ? { 'aria-label': label } : { label })}
      inputMode={isTime ? 'text' : 'decimal'}
      placeholder={isSmall ? label.toLowerCase() : isTime ? '2026-08-08' : 'any'}
      aria-description={of}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** As it is typed. */
function textOf(column: string, end: End): string {
  return end === undefined ? '' : endWords(column, end);
}

function numberIn(text: string): number | null {
  const plain = text.trim().replaceAll(',', '');
  return plain === '' || !Number.isFinite(Number(plain)) ? null : Number(plain);
}

/** An end whose text nobody changed stays to its last digit what it was. */
function endIn(column: string, text: string, before: End): NonNullable<End> | null {
  if (text === textOf(column, before)) return before ?? null;
  if (!isTimeColumn(describedColumn(column))) return numberIn(text);
  return text.trim() === '' ? null : text.trim();
}

interface Typed {
  min: string;
  max: string;
  below: boolean;
  isTime: boolean;
}

function problemOf({ min, max, below, isTime }: Typed): string | null {
  const place = (text: string) => (isTime ? momentIn(text) : numberIn(text));
  const wrong = [min, max].find((text) => text.trim() !== '' && place(text) === null);
  if (wrong !== undefined) {
    return isTime
      ? `“${wrong.trim()}” is not a date like 2026-08-08.`
      : `“${wrong.trim()}” is not a number.`;
  }
  const [low, high] = [place(min), place(max)];
  if (low === null || high === null) return null;
  if (low > high) return isTime ? 'From is later than To.' : 'From is higher than To.';
  return below && low === high ? `Nothing is from ${min.trim()} to below it.` : null;
}

function momentIn(text: string): number | null {
  const moment = momentOf(text);
  return Number.isNaN(moment) ? null : moment;
}
