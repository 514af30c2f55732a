import { useEffect, useMemo, useState } from 'react';
import {
  type ColumnDescriptor,
  isNumberColumn,
  isOrderedColumn,
} from '../../preload/contract/descriptor';
import type { Measured, Scalar } from '../../preload/contract/descriptor';
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
  const { n: nulls, error } = useRowsWith(column.name, NOTHING);
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
        {column.sqlType !== 'FLOAT' && column.sqlType !== 'DOUBLE' ? null : (
          <NotFinite name={column.name} />
        )}
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
  return `${measured.exact ? '' : '≈ '}${formatValue(column, measured.text ?? measured.value)}`;
}

const FIGURES = [
  ['Lowest', 'min'],
  ['Median', 'median'],
  ['Highest', 'max'],
] as const;

function NumberFigures({ column: { name } }: { column: ColumnDescriptor }) {
  const question = useMemo(
    () =>
      ({
        kind: 'summary',
        of: FIGURES.map(([, as]) => ({ column: name, as, exactly: true as const })),
      }) as const,
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

/** The first and the last of a column that has an order and is not a number. */
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

const NOTHING = [null];
const NO_NUMBERS = ['NaN'];
const INFINITIES = ['Infinity', '-Infinity'];

/** Values that no axis has a place for, where there are any: neither numbers nor missing. */
function NotFinite({ name }: { name: string }) {
  const { n: noNumbers } = useRowsWith(name, NO_NUMBERS);
  const { n: infinities } = useRowsWith(name, INFINITIES);
  return (
    <>
      {noNumbers !== null && noNumbers > 0 && <Figure label="NaN" text={countOf(noNumbers)} />}
      {infinities !== null && infinities > 0 && <Figure label="±∞" text={countOf(infinities)} />}
    </>
  );
}

/** How many rows have one of the values in a column; null while it is asked. */
function useRowsWith(
  column: string,
  values: Scalar[],
): { n: number | null; error: AppError | null } {
  const shown = useShownData();
  const [answer, setAnswer] = useState<{ n: number | null; error: AppError | null }>({
    n: null,
    error: null,
  });
  useEffect(() => {
    let isWanted = true;
    askOne({ kind: 'summary', of: [] }, [
      { kind: 'one-of', columns: [column], values, match: 'any' },
    ])
      .then(({ n }) => {
        if (isWanted) setAnswer({ n, error: null });
      })
      .catch((error: unknown) => {
        if (isWanted) setAnswer({ n: null, error: toAppError(error) });
      });
    return () => {
      isWanted = false;
    };
  }, [column, values, shown]);
  return answer;
}
