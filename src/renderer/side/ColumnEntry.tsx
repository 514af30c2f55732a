import { Skeleton } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { isBinnedColumn } from '../../preload/contract/descriptor';
import { columnTitle } from '../charts/format';
import { showColumnSheet } from '../components/columns/column-sheet-store';
import { ErrorNote } from '../components/ErrorNote';
import { DownIcon, NextIcon, SortedDown, SortedUp } from '../components/icons';
import { useDescribed } from '../state/described';
import { useExplore } from '../state/explore-store';
import { useSight } from '../state/sight';
import { ColumnFigures } from './ColumnFigures';
import { ColumnShape, columnControl, useCounts, useHistogram } from './ColumnShape';
import type { ProfileEntry } from './profile-entries';
import { RangeBody } from './RangeBody';
import { RangeFields } from './RangeFields';
import { RoleIcon } from './RoleIcon';
import { openEntry } from './side-store';
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
  const control = columnControl(column, columns);
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
        {isAsked && !isOpen && <ColumnShape column={column} columns={columns} hasMissing />}
        {isOpen ? <DownIcon size={12} /> : <NextIcon size={12} />}
      </button>
      {isOpen &&
        (isAsked ? <Body entry={entry} onMove={onMove} /> : <BodySkeleton entry={entry} />)}
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
  const { name } = props.entry.column;
  const data = useHistogram(name);
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
  const data = useCounts(props.entry.columns);
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
