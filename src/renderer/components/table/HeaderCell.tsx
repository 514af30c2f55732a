import { Menu } from '@mantine/core';
import type { Header } from '@tanstack/react-table';
import type { MouseEvent, PointerEvent } from 'react';
import type { ChartRow } from '../../../preload/contract/chart-query';
import type { ColumnSpec } from './column-specs';
import { MoreIcon, PinIcon, SortedDown, SortedUp } from './TableIcons';
import type { ColumnActions } from './use-column-layout';
import classes from './PokemonTable.module.css';

interface Props {
  spec: ColumnSpec;
  header: Header<ChartRow, unknown>;
  /** Its place among the columns on the screen. */
  index: number;
  count: number;
  pinned: boolean;
  /** The last of the pinned ones, which casts the edge. */
  edge: boolean;
  focusable: boolean;
  /** Where a dragged column would land: on this one's left or right side. */
  drop: 'left' | 'right' | null;
  menuOpen: boolean;
  onMenu(open: boolean): void;
  actions: ColumnActions;
  onDragStart(event: PointerEvent<HTMLElement>): void;
  onSort(event: MouseEvent): void;
}

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;

/** A column's header: name and unit, its place in the order, menu, and the handle that resizes it. */
export function HeaderCell(props: Props) {
  const { spec, header, pinned, actions } = props;
  const { column } = header;
  const sorted = column.getIsSorted();
  const several = header.getContext().table.getState().sorting.length > 1;
  const resize = header.getResizeHandler();
  return (
    <div
      role="columnheader"
      className={classes['th']}
      aria-colindex={props.index + 2}
      aria-sort={sorted === false ? 'none' : ARIA_SORT[sorted]}
      aria-label={spec.unit === null ? spec.label : `${spec.label}, ${spec.unit}`}
      tabIndex={props.focusable ? 0 : -1}
      data-header={spec.name}
      data-cell={`-1 ${props.index + 1}`}
      data-kind={spec.kind}
      data-pinned={pinned || undefined}
      data-edge={props.edge || undefined}
      data-drop={props.drop ?? undefined}
      style={cellStyle(spec.name, pinned)}
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
      <Menu position="bottom-end" opened={props.menuOpen} onChange={props.onMenu} withinPortal>
        <Menu.Target>
          <button
            type="button"
            className={classes['thMenu']}
            tabIndex={-1}
            aria-label={`${spec.label}: column menu`}
            onPointerDown={(event) => event.stopPropagation()}
            onClick={(event) => event.stopPropagation()}
          >
            <MoreIcon />
          </button>
        </Menu.Target>
        <Menu.Dropdown
          onClick={(event) => event.stopPropagation()}
          onPointerDown={(event) => event.stopPropagation()}
          onKeyDown={(event) => event.stopPropagation()}
        >
          <Menu.Item onClick={() => column.toggleSorting(false, false)}>Sort ascending</Menu.Item>
          <Menu.Item onClick={() => column.toggleSorting(true, false)}>Sort descending</Menu.Item>
          {sorted === false ? (
            <Menu.Item onClick={() => column.toggleSorting(false, true)}>
              Then sort by this
            </Menu.Item>
          ) : (
            <Menu.Item onClick={() => column.clearSorting()}>Do not sort by this</Menu.Item>
          )}
          <Menu.Divider />
          {pinned ? (
            <Menu.Item onClick={() => actions.unpin(spec.name)}>Unpin</Menu.Item>
          ) : (
            <Menu.Item leftSection={<PinIcon />} onClick={() => actions.pin(spec.name)}>
              Pin to the left
            </Menu.Item>
          )}
          <Menu.Item
            disabled={props.index === 0}
            onClick={() => actions.move(spec.name, props.index - 1)}
          >
            Move left
          </Menu.Item>
          <Menu.Item
            disabled={props.index === props.count - 1}
            onClick={() => actions.move(spec.name, props.index + 1)}
          >
            Move right
          </Menu.Item>
          <Menu.Item onClick={() => column.resetSize()}>Usual width</Menu.Item>
          <Menu.Divider />
          <Menu.Item disabled={props.count === 1} onClick={() => actions.hide(spec.name)}>
            Hide column
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span
        className={classes['resize']}
        data-active={column.getIsResizing() || undefined}
        aria-hidden="true"
        onPointerDown={(event) => event.stopPropagation()}
        onMouseDown={resize}
        onTouchStart={resize}
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={() => column.resetSize()}
      />
    </div>
  );
}

/** Widths and places of columns are variables on the grid, so that a drag redraws no cell. */
export function cellStyle(name: string, pinned: boolean) {
  return {
    width: `var(--width-${name})`,
    ...(pinned ? { left: `var(--left-${name})` } : {}),
  };
}
