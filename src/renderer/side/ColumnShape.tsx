import { useMemo } from 'react';
import { type ColumnDescriptor, isBinnedColumn } from '../../preload/contract/descriptor';
import type { Question } from '../../preload/contract/questions';
import { formatNumber } from '../charts/format';
import { choiceControl, type Control, rangeControl } from '../state/controls';
import { MiniBars } from './MiniBars';
import { useColumnAnswer } from './use-column-answer';

const BINS = 24;
/** Values at hand; the rarer ones are found by their names. */
const LISTED = 200;
/** Values that a shape draws. */
const DRAWN = 12;

/** The control of a column, or of columns that share a vocabulary. */
export function columnControl(column: ColumnDescriptor, columns: readonly string[]): Control {
  return isBinnedColumn(column) ? rangeControl(column.name) : choiceControl(columns);
}

/** @param isFollowing whether a drag is followed live while it is in sight; else it is when it rests */
export function useHistogram(name: string, isFollowing = true) {
  return useColumnAnswer(
    rangeControl(name),
    useMemo(() => ({ kind: 'histogram', column: name, bins: BINS }) as const, [name]),
    isFollowing,
  );
}

export function useCounts(columns: readonly string[], isFollowing = true) {
  return useColumnAnswer(
    choiceControl(columns),
    useMemo(
      () => ({ kind: 'counts' as const, columns: [...columns], most: LISTED }) satisfies Question,
      [columns],
    ),
    isFollowing,
  );
}

interface Props {
  column: ColumnDescriptor;
  /** It, and those that share its vocabulary. */
  columns: readonly string[];
  /** Whether it says how many rows have no value. */
  hasMissing?: boolean;
  isFollowing?: boolean;
}

/** How a column's values are spread: bars of its bins or of its most frequent values. */
export function ColumnShape(props: Props) {
  return isBinnedColumn(props.column) ? <RangeShape {...props} /> : <CountsShape {...props} />;
}

function RangeShape({ column, hasMissing, isFollowing }: Props) {
  const { whole, selected, before } = useHistogram(column.name, isFollowing);
  if (whole === null) return null;
  return (
    <>
      {hasMissing === true && (
        <Missing n={whole.leftOut} what={column.type === 'double' ? NO_FINITE : NO_VALUE} />
      )}
      <span className="entry-shape">
        <MiniBars
          whole={whole.counts}
          selected={selected?.counts ?? null}
          before={before?.counts ?? null}
        />
      </span>
    </>
  );
}

function CountsShape({ columns, hasMissing, isFollowing }: Props) {
  const { whole, selected, before } = useCounts(columns, isFollowing);
  if (whole === null) return null;
  const known = whole.values.filter(({ value }) => value !== null);
  const missing = whole.values.find(({ value }) => value === null)?.rows ?? 0;
  const drawn = known.slice(0, DRAWN);
  const drawnOf = (answer: typeof selected) => {
    if (answer === null) return null;
    const counts = new Map(answer.values.map(({ value, rows }) => [value, rows]));
    return drawn.map(({ value }) => counts.get(value) ?? 0);
  };
  return (
    <>
      {hasMissing === true && <Missing n={missing} what={NO_VALUE} />}
      {(known[0]?.rows ?? 0) <= 1 ? (
        // Where each value is a row's own, bars would say nothing.
        <span className="entry-count">{formatNumber(known.length + whole.others)} distinct</span>
      ) : (
        <span className="entry-shape">
          <MiniBars
            whole={drawn.map(({ rows }) => rows)}
            selected={drawnOf(selected)}
            before={drawnOf(before)}
          />
        </span>
      )}
    </>
  );
}

const NO_VALUE = 'without a value';
/** Floating-point numbers may also be there without a place on an axis. */
const NO_FINITE = 'without a finite number: missing, NaN or ±∞';

function Missing({ n, what }: { n: number; what: string }) {
  if (n === 0) return null;
  return (
    <span className="entry-missing" title={`${formatNumber(n)} ${what}`}>
      {formatNumber(n)} –
    </span>
  );
}
