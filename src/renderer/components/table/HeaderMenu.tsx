import { Menu } from '@mantine/core';
import type { Column } from '@tanstack/react-table';
import { memo } from 'react';
import type { Row } from '../../row/row';
import type { ColumnSpec } from './column-specs';
import { showColumnSheet } from '../columns/column-sheet-store';
import { MoreIcon, PinIcon } from '../icons';
import { type ColumnActions, resetWidth } from './use-column-layout';
import classes from './RowTable.module.css';

interface Props {
  spec: ColumnSpec;
  column: Column<Row, unknown>;
  sorted: boolean;
  pinned: boolean;
  index: number;
  count: number;
  opened: boolean;
  onOpened(column: string | null): void;
  actions: ColumnActions;
}

/** What can be done with a column. It stays as it is while the rows change. */
export const HeaderMenu = memo(function HeaderMenu(props: Props) {
  const { spec, column, actions } = props;
  return (
    <Menu
      position="bottom-end"
      opened={props.opened}
      onChange={(open) => props.onOpened(open ? spec.name : null)}
      withinPortal
    >
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
        {props.sorted ? (
          <Menu.Item onClick={() => column.clearSorting()}>Do not sort by this</Menu.Item>
        ) : (
          <Menu.Item onClick={() => column.toggleSorting(false, true)}>Then sort by this</Menu.Item>
        )}
        <Menu.Divider />
        {props.pinned ? (
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
        <Menu.Item onClick={() => resetWidth(column, spec)}>Usual width</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => showColumnSheet([spec.name])}>Correct this column…</Menu.Item>
        <Menu.Divider />
        <Menu.Item disabled={props.count === 1} onClick={() => actions.hide(spec.name)}>
          Hide column
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
});
