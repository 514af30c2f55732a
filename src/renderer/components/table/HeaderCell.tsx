import type { Header } from '@tanstack/react-table';
import type { MouseEvent, PointerEvent } from 'react';
import type { Row } from '../../row/row';
import type { ColumnSpec } from './column-specs';
import { HeaderMenu } from './HeaderMenu';
import { HeaderShape } from './HeaderShape';
import { SortedDown, SortedUp } from '../icons';
import type { DrawnColumn } from './use-column-range';
import { type ColumnActions, resetWidth } from './use-column-layout';
import classes from './RowTable.module.css';

interface Props {
  spec: ColumnSpec;
  header: Header<Row, unknown>;
  /** Its place among the columns on the screen. */
  place: DrawnColumn;
  count: number;
  pinned: boolean;
  /** The last of the pinned ones, which casts the edge. */
  edge: boolean;
  focusable: boolean;
  /** Where a dragged column would land: on this one's left or right side. */
  drop: 'left' | 'right' | null;
  menuOpen: boolean;
  /** The column whose menu is open; null for none. */
  onMenu(column: string | null): void;
  actions: ColumnActions;
  onDragStart(event: PointerEvent<HTMLElement>): void;
  onSort(event: MouseEvent): void;
}

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;

/** A column's header: name and unit, its place in the order, menu, and the handle that resizes it. */
export function HeaderCell(props: Props) {
  const { spec, header, pinned, actions } = props;
  const { index } = props.place;
  const { column } = header;
  const sorted = column.getIsSorted();
  const several = header.getContext().table.getState().sorting.length > 1;
  const resize = header.getResizeHandler();
  return (
    <div
      role="columnheader"
      className={classes['th']}
      aria-colindex={index + 2}
      aria-sort={sorted === false ? 'none' : ARIA_SORT[sorted]}
      aria-label={spec.unit === null ? spec.label : `${spec.label}, ${spec.unit}`}
      tabIndex={props.focusable ? 0 : -1}
      data-header={spec.name}
      data-cell={`-1 ${index + 1}`}
      data-kind={spec.kind}
      data-pinned={pinned || undefined}
      data-edge={props.edge || undefined}
      data-drop={props.drop ?? undefined}
      style={cellStyle(props.place, pinned)}
      onPointerDown={props.onDragStart}
      onClick={props.onSort}
    >
      <span className={classes['thLabel']}>
        {spec.label}
        {spec.unit !== null && <span className={classes['unit']}> {spec.unit}</span>}
      </span>
      {sorted !== false && (
        <span className={classes['sorted']}>
          {sorted === 'asc' ? <SortedUp /> : <SortedDown />}
          {several && <span className={classes['sortPlace']}>{column.getSortIndex() + 1}</span>}
        </span>
      )}
      <HeaderShape column={spec.column} />
      <HeaderMenu
        spec={spec}
        column={column}
        sorted={sorted !== false}
        pinned={pinned}
        index={index}
        count={props.count}
        opened={props.menuOpen}
        onOpened={props.onMenu}
        actions={actions}
      />
      <span
        className={classes['resize']}
        data-active={column.getIsResizing() || undefined}
        aria-hidden="true"
        onPointerDown={(event) => event.stopPropagation()}
        onMouseDown={resize}
        onTouchStart={resize}
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={() => resetWidth(column, spec)}
      />
    </div>
  );
}

/**
 * Widths and places of columns are variables on the grid, so that a drag redraws no cell. By their
 * place on the screen: a column may have any name.
 */
export function cellStyle({ index, after }: DrawnColumn, pinned: boolean) {
  return {
    width: `var(--width-${index})`,
    ...(pinned ? { left: `var(--left-${index})` } : {}),
    // The width of the columns between, which are not drawn.
    ...(after === null
      ? {}
      : {
          marginLeft: `calc(var(--left-${index}) - var(--left-${after}) - var(--width-${after}))`,
        }),
  };
}
