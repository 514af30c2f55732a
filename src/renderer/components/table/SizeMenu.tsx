import { ActionIcon, Menu } from '@mantine/core';
import { memo } from 'react';
import type { Workspace } from '../../../preload/contract/settings';
import { setDock, useDock } from '../explore/dock-store';
import { SizeIcon } from '../icons';

type Dock = Workspace['dock'];

const HEIGHTS: readonly [Dock['height'], label: string][] = [
  [null, 'Usual height'],
  ['third', 'A third'],
  ['half', 'Half'],
  ['full', 'Full: charts hidden'],
];

const ROWS: readonly [Dock['rows'], label: string][] = [
  [null, 'Usual rows'],
  [28, 'Dense rows, 28 px'],
  [36, 'Medium rows, 36 px'],
  [48, 'Tall rows, 48 px'],
];

/** How much of the explorer the table takes, and how tall its rows are. */
export const SizeMenu = memo(function SizeMenu() {
  const { height, rows } = useDock();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Size of the table and its rows"
          title="Size of the table and its rows"
        >
          <SizeIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Table</Menu.Label>
        {HEIGHTS.map(([value, label]) => (
          <Menu.RadioItem
            key={label}
            value={label}
            checked={height === value}
            closeMenuOnClick
            onChange={() => setDock({ open: true, height: value })}
          >
            {label}
          </Menu.RadioItem>
        ))}
        <Menu.Divider />
        <Menu.Label>Rows</Menu.Label>
        {ROWS.map(([value, label]) => (
          <Menu.RadioItem
            key={label}
            value={label}
            checked={rows === value}
            closeMenuOnClick
            onChange={() => setDock({ rows: value })}
          >
            {label}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
});
