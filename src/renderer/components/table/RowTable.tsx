import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import { counted } from '../../words/counts';
import { MOST_COMPARED } from '../../../preload/contract/settings';
import { useExplore } from '../../state/explore-store';
import { isPageWide } from '../../state/connection';
import { ErrorNote } from '../ErrorNote';
import { useDock } from '../explore/dock-store';
import { hasOrigins, showOrigin } from '../origin/origin-store';
import { letterOf } from '../palette/latin-keys';
import { type Row, titleOfRow } from '../../row/row';
import { useDescribed } from '../../state/described';
import { nounNow, useNoun } from '../../state/noun';
import { capital } from '../../words/noun';
import { columnSpecs, NARROWEST, WIDEST } from './column-specs';
import { copyText } from './copy-text';
import { EmptyTable } from './EmptyTable';
import { movedPlace } from './grid-moves';
import { HeaderCell } from './HeaderCell';
import { useTableLayout } from './table-layout';
import { rowsToText } from './table-text';
import { TableRow } from './TableRow';
import { TableToolbar } from './TableToolbar';
import { useColumnDrag } from './use-column-drag';
import { useColumnLayout } from './use-column-layout';
import { useColumnRange } from './use-column-range';
import { columnId, useDataTable } from './use-data-table';
import { useGridFocus } from './use-grid-focus';
import { useRowSelection } from './use-row-selection';
import { useRowRange } from './use-row-range';
import { useTableRows } from './use-table-rows';
import classes from './RowTable.module.css';

const HEADER_HEIGHT = 56;
const COMPARE_WIDTH = 40;
const RESIZE_STEP = 16;
const KEYLESS = 'No column names each row, so that they cannot be compared.';
/** Skeleton rows before the first answer. */
const BONES = 12;

/** The rows under the current selections; fills its place. */
export function RowTable({ folded, onFold }: { folded: boolean; onFold(): void }) {
  const { windows, seen, late } = useTableRows();
  const described = useDescribed((state) => state.described);
  const noun = useNoun();
  const columns = useColumnLayout();
  const specs = useMemo(
    () => columnSpecs(described, columns.columns),
    [described, columns.columns],
  );
  const table = useDataTable(specs);
  const selection = useRowSelection(windows);
  const { drag, start, wasDrag } = useColumnDrag(columns.columns, columns.actions.move);
  const opened = useExplore((state) => state.opened);
  const compared = useExplore((state) => state.compared);
  const [menu, setMenu] = useState<string | null>(null);
  const [message, setMessage] = useState('');
  const scroller = useRef<HTMLDivElement>(null);

  const rows = seen.total ?? BONES;
  const chosenHeight = useDock((state) => state.rows);
  const rowHeight = chosenHeight ?? (specs.some(({ kind }) => kind === 'image') ? 48 : 36);
  const focus = useGridFocus(scroller, rows, specs.length + 1, (row) => range.reveal(row));
  const { active } = focus;
  const scrolledTo = useRef(useTableLayout.getState().scrollTop);
  const range = useRowRange(scroller, {
    rows,
    rowHeight,
    header: HEADER_HEIGHT,
    kept: active.row,
    start: scrolledTo,
    isKnown: seen.total !== null,
  });
  const { first, last } = range;
  useEffect(() => windows.want(first - 10, last + 10), [windows, first, last, seen]);
  useEffect(() => () => useTableLayout.setState({ scrollTop: scrolledTo.current }), []);
  const sort = useExplore((state) => state.sort);
  const sortSeen = useRef(sort);
  useEffect(() => {
    if (sortSeen.current === sort) return;
    sortSeen.current = sort;
    scroller.current?.scrollTo({ top: 0 });
  }, [sort]);
  useEffect(() => {
    if (message === '') return;
    const timer = setTimeout(() => setMessage(''), 6000);
    return () => clearTimeout(timer);
  }, [message]);

  const nameOf = (row: Row) => (described === null ? row.id : titleOfRow(described, row));
  /** Rows without a key have only a place, which is another row's in the next version. */
  const canCompare = described !== null && described.row.key !== null;
  const compare = (index: number) => {
    if (!canCompare) return setMessage(KEYLESS);
    const row = windows.rowAt(index);
    if (row === undefined) return;
    const { id } = row;
    const { compared: before, toggleCompared } = useExplore.getState();
    if (!before.includes(id) && before.length >= MOST_COMPARED) {
      return setMessage(
        `${MOST_COMPARED} ${nounNow().many} are compared already; take one out first.`,
      );
    }
    toggleCompared(id);
    setMessage(
      before.includes(id)
        ? `${nameOf(row)} is no longer compared.`
        : `${nameOf(row)} is compared: ${before.length + 1} of ${MOST_COMPARED}.`,
    );
  };
  const open = (index: number) => {
    const row = windows.rowAt(index);
    if (row !== undefined) useExplore.getState().open(row.id);
  };
  const origin = (cell: HTMLElement | null, index: number, column: number) => {
    const row = windows.rowAt(index);
    const spec = specs[column];
    if (described === null || row === undefined || spec === undefined || cell === null)
      return false;
    if (!hasOrigins(described)) return false;
    showOrigin(described, spec.column, row, cell);
    return true;
  };
  const copy = async () => {
    if (seen.total === null || seen.total === 0) return;
    try {
      const named = specs.map(({ name }) => name);
      const all = await windows.rowsBetween(0, seen.total - 1, named);
      const { ids } = selection;
      const chosen = ids.size === 0 ? all : all.filter(({ id }) => ids.has(id));
      await copyText(
        rowsToText(
          specs.map(({ column }) => column),
          chosen,
        ),
      );
      setMessage(`Copied ${counted(chosen.length, 'row')} with headers.`);
    } catch (error) {
      setMessage(error instanceof Error ? error.message : 'The rows could not be copied.');
    }
  };

  const click = (event: MouseEvent<HTMLElement>) => {
    if (!(event.target instanceof Element)) return;
    const row = event.target.closest<HTMLElement>('[data-row]');
    if (row === null) return;
    const index = Number(row.dataset['row']);
    if (event.target.closest('[data-action="compare"]') !== null) return compare(index);
    if (event.ctrlKey || event.metaKey) return selection.toggle(index);
    if (event.shiftKey) return void selection.extend(index, active.row);
    if (getSelection()?.isCollapsed === false) return;
    open(index);
  };

  /** Where the value under the pointer came from. */
  const contextMenu = (event: MouseEvent<HTMLElement>) => {
    const cell =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-cell]') : null;
    const [row = -1, column = -1] = cell?.dataset['cell']?.split(' ').map(Number) ?? [];
    if (origin(cell, row, column - 1)) event.preventDefault();
  };

  const headerKey = (event: KeyboardEvent): boolean => {
    const spec = specs[active.column - 1];
    if (active.row !== -1 || spec === undefined) return false;
    const column = table.getColumn(columnId(spec.name));
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Enter') {
      column?.toggleSorting(undefined, event.shiftKey);
    } else if (event.key === ' ' || (event.altKey && event.key === 'ArrowDown')) {
      // A menu is hidden while its header is out of sight.
      focus.moveTo(active);
      setMenu(spec.name);
    } else if (sideways !== undefined && event.shiftKey && (event.ctrlKey || event.metaKey)) {
      const index = Math.max(0, Math.min(active.column - 1 + sideways, specs.length - 1));
      columns.actions.move(spec.name, index);
      focus.moveTo({ row: -1, column: index + 1 });
    } else if (sideways !== undefined && event.shiftKey) {
      const width = (column?.getSize() ?? spec.width) + sideways * RESIZE_STEP;
      table.setColumnSizing((widths) => ({
        ...widths,
        [columnId(spec.name)]: Math.max(NARROWEST, Math.min(width, WIDEST)),
      }));
    } else {
      return false;
    }
    return true;
  };

  const rowKey = (event: KeyboardEvent): boolean => {
    if (active.row < 0 || seen.total === null) return false;
    const upDown = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const cell = event.target instanceof HTMLElement ? event.target : null;
    if (event.key === 'Enter' && event.shiftKey) {
      return origin(cell, active.row, active.column - 1);
    } else if (event.key === 'Enter') {
      open(active.row);
    } else if (event.key === ' ' && event.shiftKey) {
      selection.toggle(active.row);
    } else if (event.key === ' ') {
      compare(active.row);
    } else if (event.key === 'Escape' && selection.ids.size > 0) {
      selection.clear();
    } else if (upDown !== undefined && event.shiftKey) {
      const next = Math.max(0, Math.min(active.row + upDown, rows - 1));
      void selection.extend(next, active.row);
      focus.moveTo({ row: next, column: active.column });
    } else {
      return false;
    }
    return true;
  };

  const anywhereKey = (event: KeyboardEvent): boolean => {
    const letter = event.ctrlKey || event.metaKey ? letterOf(event) : '';
    if (letter === 'a' && seen.total !== null) {
      void selection.selectAll(seen.total);
      return true;
    }
    if (letter === 'c' && getSelection()?.isCollapsed !== false) {
      void copy();
      return true;
    }
    if (event.altKey || (event.shiftKey && event.key !== 'Home' && event.key !== 'End'))
      return false;
    const page = Math.max(1, last - first - 1);
    const next = movedPlace(active, event, { rows, columns: specs.length + 1, page });
    if (next === null) return false;
    selection.endRange();
    focus.moveTo(next);
    return true;
  };

  const key = (event: KeyboardEvent<HTMLElement>) => {
    const onCell = event.target instanceof Element && event.target.matches('[data-cell]');
    if (!onCell || event.defaultPrevented) return;
    if (headerKey(event) || rowKey(event) || anywhereKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  const headers = table.getFlatHeaders();
  const lefts = [COMPARE_WIDTH];
  // The column of the compare marks stands before the first one.
  const places: Record<`--${string}`, string> = {
    '--left--1': '0px',
    '--width--1': `${COMPARE_WIDTH}px`,
  };
  for (const [index, header] of headers.entries()) {
    const left = lefts[index] ?? 0;
    places[`--left-${index}`] = `${left}px`;
    places[`--width-${index}`] = `${header.getSize()}px`;
    lefts.push(left + header.getSize());
  }
  const { frozen } = columns;
  const drawnColumns = useColumnRange(scroller, { lefts, frozen, kept: active.column - 1 });

  return (
    <section className={classes['table']} aria-label="Table">
      <TableToolbar
        selected={selection.ids.size}
        message={message}
        columns={columns}
        onCopy={() => void copy()}
        folded={folded}
        onFold={onFold}
      />
      {!folded && seen.error !== null && !isPageWide(seen.error) && (
        <ErrorNote error={seen.error} onRetry={() => windows.retry()} />
      )}
      {!folded && (seen.error === null || isPageWide(seen.error) || seen.total !== null) && (
        <div
          ref={scroller}
          className={classes['scroller']}
          style={{
            ...places,
            scrollPaddingLeft: lefts[frozen] ?? COMPARE_WIDTH,
            scrollPaddingTop: HEADER_HEIGHT,
          }}
          data-dragging={drag !== null || undefined}
        >
          <div
            role="grid"
            className={classes['grid']}
            aria-label={capital(noun.many)}
            aria-rowcount={seen.total === null ? -1 : seen.total + 1}
            aria-colcount={specs.length + 1}
            aria-multiselectable
            aria-busy={seen.total === null || late}
            style={{ width: lefts.at(-1) }}
            onFocus={focus.onFocus}
            onContextMenu={contextMenu}
            onClick={click}
            onKeyDown={key}
          >
            <div role="rowgroup" className={classes['thead']}>
              <div role="row" aria-rowindex={1} className={classes['headRow']}>
                <div
                  role="columnheader"
                  className={classes['compareCell']}
                  aria-colindex={1}
                  tabIndex={active.row === -1 && active.column === 0 ? 0 : -1}
                  data-cell="-1 0"
                  data-pinned
                >
                  <span className="spoken">Compare</span>
                </div>
                {drawnColumns.map((place) => {
                  const { index } = place;
                  const header = headers[index];
                  const spec = specs[index];
                  if (header === undefined || spec === undefined) return null;
                  return (
                    <HeaderCell
                      key={header.id}
                      spec={spec}
                      header={header}
                      place={place}
                      count={specs.length}
                      pinned={index < frozen}
                      edge={index === frozen - 1}
                      focusable={active.row === -1 && active.column === index + 1}
                      drop={dropSide(drag?.before ?? null, index, specs.length)}
                      menuOpen={menu === spec.name}
                      onMenu={setMenu}
                      actions={columns.actions}
                      onDragStart={start(spec.name)}
                      onSort={(event) => {
                        if (!wasDrag()) header.column.toggleSorting(undefined, event.shiftKey);
                      }}
                    />
                  );
                })}
              </div>
            </div>
            <div
              role="rowgroup"
              className={classes['tbody']}
              style={{ height: range.height }}
              data-stale={late || undefined}
            >
              <div
                role="presentation"
                className={classes['rows']}
                style={{ transform: `translateY(${range.shift}px)` }}
              >
                {range.drawn.map(({ index, top }) => {
                  const row = windows.rowAt(index);
                  const id = row?.id ?? null;
                  return described === null ? null : (
                    <TableRow
                      key={index}
                      described={described}
                      row={row}
                      index={index}
                      top={top}
                      height={rowHeight}
                      specs={specs}
                      drawn={drawnColumns}
                      frozen={frozen}
                      active={active.row === index ? active.column : null}
                      selected={id !== null && selection.ids.has(id)}
                      compared={id !== null && compared.includes(id)}
                      opened={id !== null && id === opened}
                    />
                  );
                })}
              </div>
            </div>
          </div>
          {seen.total === 0 && <EmptyTable />}
        </div>
      )}
    </section>
  );
}

function dropSide(before: number | null, index: number, count: number): 'left' | 'right' | null {
  if (before === index) return 'left';
  return before === count && index === count - 1 ? 'right' : null;
}
