import { useEffect, useMemo, useState } from 'react';
import {
  type ColumnDescriptor,
  isNumberColumn,
  isOrderedColumn,
} from '../../preload/contract/descriptor';
import type { Measured } from '../../preload/contract/descriptor';
import type { AppError } from '../../preload/contract/errors';
import { formatNumber, formatValue } from '../charts/format';
import { ErrorNote } from '../components/ErrorNote';
import { toAppError } from '../components/help/notices';
import { useAsked } from '../state/answers';
import { isPageWide } from '../state/connection';
import { useDescribed } from '../state/described';
import { askOne } from '../state/query-batch';
import { useShownData } from '../state/shown-data';

const ALL = { kind: 'summary' as const, of: [] };

/** A column in figures, of the whole dataset; each wears ≈ where it is not exact. */
export function ColumnFigures({ column }: { column: ColumnDescriptor }) {
  const noun = useDescribed((state) => state.described?.noun.many ?? 'rows');
  const all = useAsked(ALL, 'none').value?.n;
  const { nulls, error } = useNulls(column.name);
  const counts = useAsked(
    useMemo(() => ({ kind: 'counts', columns: [column.name], most: 1 }) as const, [column.name]),
    'none',
  );
  if (error !== null && !isPageWide(error)) return <ErrorNote error={error} />;
  const values =
    counts.value === undefined ? null : counts.value.values.length + counts.value.others;
  // Rows without a value are counted as if that were one.
  const distinct = values === null || nulls === null ? null : values - (nulls > 0 ? 1 : 0);
  return (
    <>
      <dl className="figures">
        <Figure label={column.type === 'list' ? 'Without any' : 'Missing'} text={countOf(nulls)} />
        <Figure label={column.type === 'list' ? 'Members' : 'Distinct'} text={countOf(distinct)} />
        {isNumberColumn(column) && <NumberFigures column={column} />}
        {isOrderedColumn(column) && !isNumberColumn(column) && <Ends column={column} />}
      </dl>
      <p className="figures-of">
        exact, of all {countOf(all ?? null)} {noun}
      </p>
    </>
  );
}

function countOf(n: number | null): string {
  return n === null ? '…' : formatNumber(n);
}

function Figure({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function measuredText(column: string, measured: Measured | null | undefined): string {
  if (measured === undefined) return '…';
  if (measured === null) return '–';
  return `${measured.exact ? '' : '≈ '}${formatValue(column, measured.value)}`;
}

const FIGURES = [
  ['Lowest', 'min'],
  ['Median', 'median'],
  ['Highest', 'max'],
] as const;

function NumberFigures({ column: { name } }: { column: ColumnDescriptor }) {
  const question = useMemo(
    () => ({ kind: 'summary', of: FIGURES.map(([, as]) => ({ column: name, as })) }) as const,
    [name],
  );
  const { value } = useAsked(
    useMemo(() => ({ ...question, of: [...question.of] }), [question]),
    'none',
  );
  return FIGURES.map(([label], at) => (
    <Figure key={label} label={label} text={measuredText(name, value?.values[at])} />
  ));
}

/** The first and the last of a column that has an order and is no number. */
function Ends({ column: { name } }: { column: ColumnDescriptor }) {
  return (['asc', 'desc'] as const).map((direction) => (
    <End key={direction} name={name} direction={direction} />
  ));
}

function End({ name, direction }: { name: string; direction: 'asc' | 'desc' }) {
  const question = useMemo(
    () => ({
      kind: 'rows' as const,
      columns: [name],
      sort: [{ column: name, direction }],
      from: 0,
      count: 1,
    }),
    [name, direction],
  );
  const { value } = useAsked(question, 'none');
  const cell = value?.rows[0]?.cells[0];
  const text = value === undefined ? '…' : cell === null || cell === undefined ? '–' : String(cell);
  return <Figure label={direction === 'asc' ? 'First' : 'Last'} text={text} />;
}

/** How many rows have no value in a column; null while it is asked. */
function useNulls(column: string): { nulls: number | null; error: AppError | null } {
  const shown = useShownData();
  const [answer, setAnswer] = useState<{ nulls: number | null; error: AppError | null }>({
    nulls: null,
    error: null,
  });
  useEffect(() => {
    let isWanted = true;
    askOne({ kind: 'summary', of: [] }, [
      { kind: 'one-of', columns: [column], values: [null], match: 'any' },
    ])
      .then(({ n }) => {
        if (isWanted) setAnswer({ nulls: n, error: null });
      })
      .catch((error: unknown) => {
        if (isWanted) setAnswer({ nulls: null, error: toAppError(error) });
      });
    return () => {
      isWanted = false;
    };
  }, [column, shown]);
  return answer;
}
