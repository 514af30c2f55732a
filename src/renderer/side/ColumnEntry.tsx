import { Skeleton } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { isBinnedColumn } from '../../preload/contract/descriptor';
import type { Question } from '../../preload/contract/questions';
import { columnTitle, formatNumber } from '../charts/format';
import { showColumnSheet } from '../components/columns/column-sheet-store';
import { ErrorNote } from '../components/ErrorNote';
import { DownIcon, NextIcon, SortedDown, SortedUp } from '../components/icons';
import { choiceControl, rangeControl } from '../state/controls';
import { useDescribed } from '../state/described';
import { useExplore } from '../state/explore-store';
import { useSight } from '../state/sight';
import { ColumnFigures } from './ColumnFigures';
import { MiniBars } from './MiniBars';
import type { ProfileEntry } from './profile-entries';
import { RangeBody } from './RangeBody';
import { RangeFields } from './RangeFields';
import { RoleIcon } from './RoleIcon';
import { openEntry } from './side-store';
import { useColumnAnswer } from './use-column-answer';
import { BarsBody, ChipsBody, MembersBody } from './ValuesBody';

interface Props {
  entry: ProfileEntry;
  isOpen: boolean;
  /** Whether it is in sight, or nearly. */
  isNear: boolean;
  /** Moves it by so many lines. */
  onMove(by: number): void;
}

/** Something that is only scrolled past is not asked for. */
const STAYS_MS = 100;

/** One line of the column profile: what the column is, its shape, and opened what it can filter by. */
export function ColumnEntry({ entry, isOpen, isNear, onMove }: Props) {
  const { columns, column, label } = entry;
  const control = isBinnedColumn(column) ? rangeControl(column.name) : choiceControl(columns);
  const isFiltered = useExplore((state) =>
    state.selections.some(({ source }) => source === control),
  );
  const [isAsked, setIsAsked] = useState(false);
  useEffect(() => {
    if (!isNear || isAsked) return;
    const timer = setTimeout(() => setIsAsked(true), STAYS_MS);
    return () => clearTimeout(timer);
  }, [isNear, isAsked]);
  const sight = useSight(control);
  const title = columns.length === 1 ? columnTitle(column.name) : label;
  return (
    <div
      ref={sight}
      className="panel"
      role="group"
      aria-label={title}
      data-source={control}
      data-open={isOpen || undefined}
    >
      <button
        type="button"
        className="entry-line"
        aria-expanded={isOpen}
        data-filtered={isFiltered || undefined}
        title={`${title}: ${columns.join(', ')}, ${column.sqlType}`}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        onClick={() => openEntry(entry.id, !isOpen)}
        onKeyDown={(event) => {
          if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
          event.preventDefault();
          onMove(event.key === 'ArrowUp' ? -1 : 1);
        }}
      >
        <RoleIcon role={column.role} />
        <span className="entry-name">{title}</span>
        {isAsked && !isOpen && <LineShape entry={entry} control={control} />}
        {isOpen ? <DownIcon size={12} /> : <NextIcon size={12} />}
      </button>
      {isOpen &&
        (isAsked ? (
          <Body entry={entry} control={control} onMove={onMove} />
        ) : (
          <BodySkeleton entry={entry} />
        ))}
    </div>
  );
}

/** As tall as what comes, so that little below moves. */
function BodySkeleton({ entry: { column, columns } }: { entry: ProfileEntry }) {
  const kind = isBinnedColumn(column) ? 'range' : columns.length > 1 ? 'choices' : 'members';
  return <Skeleton className="panel-skeleton" data-panel={kind} />;
}

interface AskedProps {
  entry: ProfileEntry;
  control: string;
}

const BINS = 24;
/** Values at hand; the rarer ones are found by their names. */
const LISTED = 200;
/** Values that a line draws. */
const DRAWN = 12;

function useHistogram({ entry: { column }, control }: AskedProps) {
  const { name } = column;
  return useColumnAnswer(
    control,
    useMemo(() => ({ kind: 'histogram', column: name, bins: BINS }) as const, [name]),
  );
}

function useCounts({ entry: { columns }, control }: AskedProps) {
  return useColumnAnswer(
    control,
    useMemo(
      () => ({ kind: 'counts' as const, columns: [...columns], most: LISTED }) satisfies Question,
      [columns],
    ),
  );
}

function LineShape(props: AskedProps) {
  return isBinnedColumn(props.entry.column) ? (
    <RangeShape {...props} />
  ) : (
    <CountsShape {...props} />
  );
}

function RangeShape(props: AskedProps) {
  const { whole, selected } = useHistogram(props);
  if (whole === null) return null;
  return (
    <>
      <Missing n={whole.leftOut} />
      <span className="entry-shape">
        <MiniBars whole={whole.counts} selected={selected?.counts ?? null} />
      </span>
    </>
  );
}

function CountsShape(props: AskedProps) {
  const { whole, selected } = useCounts(props);
  if (whole === null) return null;
  const known = whole.values.filter(({ value }) => value !== null);
  const missing = whole.values.find(({ value }) => value === null)?.rows ?? 0;
  // Where each value is a row's own, bars would say nothing.
  if ((known[0]?.rows ?? 0) <= 1) {
    return (
      <>
        <Missing n={missing} />
        <span className="entry-count">{formatNumber(known.length + whole.others)} distinct</span>
      </>
    );
  }
  const drawn = known.slice(0, DRAWN);
  const counts = new Map(selected?.values.map(({ value, rows }) => [value, rows]));
  return (
    <>
      <Missing n={missing} />
      <span className="entry-shape">
        <MiniBars
          whole={drawn.map(({ rows }) => rows)}
          selected={selected === null ? null : drawn.map(({ value }) => counts.get(value) ?? 0)}
        />
      </span>
    </>
  );
}

function Missing({ n }: { n: number }) {
  if (n === 0) return null;
  return (
    <span className="entry-missing" title={`${formatNumber(n)} without a value`}>
      {formatNumber(n)} –
    </span>
  );
}

function Body({ onMove, ...props }: AskedProps & Pick<Props, 'onMove'>) {
  const { column, columns, label } = props.entry;
  return (
    <div className="entry-body">
      {isBinnedColumn(column) ? <RangeEntry {...props} /> : <CountsEntry {...props} />}
      {columns.length === 1 && <ColumnFigures column={column} />}
      <div className="entry-actions">
        <button type="button" className="panel-more" onClick={() => showColumnSheet(columns)}>
          Correct this column…
        </button>
        {([-1, 1] as const).map((by) => (
          <button
            key={by}
            type="button"
            className="panel-more"
            aria-label={`Move ${label} ${by < 0 ? 'up' : 'down'}`}
            title={`Move ${by < 0 ? 'up (Alt+↑)' : 'down (Alt+↓)'}`}
            onClick={() => onMove(by)}
          >
            {by < 0 ? <SortedUp /> : <SortedDown />}
          </button>
        ))}
      </div>
    </div>
  );
}

function RangeEntry(props: AskedProps) {
  const data = useHistogram(props);
  const { name } = props.entry.column;
  if (data.error !== null && data.whole === null)
    return <ErrorNote error={data.error} onRetry={data.retry} />;
  if (data.whole === null) return <BodySkeleton entry={props.entry} />;
  return (
    <>
      <RangeBody column={name} data={data} />
      <RangeFields
        key={JSON.stringify(data.own)}
        column={name}
        filter={data.own?.kind === 'range' ? data.own : null}
        onApply={(filter) => data.select(filter)}
      />
    </>
  );
}

function CountsEntry(props: AskedProps) {
  const data = useCounts(props);
  const scope = useScope(props.entry.column.name);
  if (data.error !== null && data.whole === null)
    return <ErrorNote error={data.error} onRetry={data.retry} />;
  if (data.whole === null) return <BodySkeleton entry={props.entry} />;
  const { column } = props.entry;
  const body = { entry: props.entry, data };
  if (column.type === 'list') return <MembersBody {...body} scope={scope} />;
  return column.palette === null ? <BarsBody {...body} /> : <ChipsBody {...body} />;
}

/** The first view's own members of a list column: they are shown also where the rest is folded. */
function useScope(column: string): readonly string[] {
  const cards = useDescribed((state) => state.firstView?.cards);
  return useMemo(() => {
    const card = cards?.find((each) => each.kind === 'sets' && each.column === column);
    return card?.kind === 'sets' ? card.members : [];
  }, [cards, column]);
}
