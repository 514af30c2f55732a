import { Button, Checkbox, Group, Popover, TextInput } from '@mantine/core';
import { memo, useState } from 'react';
import { ColumnsIcon, DownIcon, UpIcon } from '../icons';
import { titleOf } from '../../words/column-words';
import { formatNumber } from '../../words/numbers';
import { useDescribed } from '../../state/described';
import { offeredColumns } from '../../state/usual-columns';
import { columnSpecs } from './column-specs';
import type { ColumnActions, ColumnState } from './use-column-layout';
import classes from './RowTable.module.css';

/** Chooses which columns stand in the table, and their order. */
export const ColumnChooser = memo(function ColumnChooser({ columns, actions }: ColumnState) {
  const of = useDescribed();
  const shown = new Set(columns);
  const hidden = offeredColumns(of).filter((name) => !shown.has(name));
  return (
    <Popover width={300} position="bottom-end" withinPortal trapFocus shadow="md">
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          data-action="choose-columns"
          leftSection={<ColumnsIcon />}
        >
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes['chooser']} aria-label="Columns">
        <ul className={classes['chooserList']} aria-label="Columns in the table, left to right">
          {columnSpecs(of.described, columns).map((spec, index) => (
            <li key={spec.name}>
              <Checkbox
                size="xs"
                checked
                disabled={columns.length === 1}
                label={titleOf(spec)}
                onChange={() => actions.hide(spec.name)}
              />
              <button
                type="button"
                aria-label={`Move ${spec.label} up`}
                disabled={index === 0}
                onClick={() => actions.move(spec.name, index - 1)}
              >
                <UpIcon />
              </button>
              <button
                type="button"
                aria-label={`Move ${spec.label} down`}
                disabled={index === columns.length - 1}
                onClick={() => actions.move(spec.name, index + 1)}
              >
                <DownIcon />
              </button>
            </li>
          ))}
        </ul>
        {hidden.length > 0 && (
          <HiddenColumns described={of.described} hidden={hidden} actions={actions} />
        )}
        <Group gap={4} className={classes['chooserEnd']}>
          <Button size="xs" variant="subtle" onClick={actions.reset}>
            Usual columns
          </Button>
          <Button size="xs" variant="subtle" onClick={actions.showAll}>
            All columns
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
});

/** More are found by a part of their names. */
const LISTED = 60;

interface HiddenProps {
  described: Parameters<typeof columnSpecs>[0];
  hidden: readonly string[];
  actions: ColumnActions;
}

function HiddenColumns({ described, hidden, actions }: HiddenProps) {
  const [search, setSearch] = useState('');
  const specs = columnSpecs(described, hidden);
  const wanted = search.trim().toLowerCase();
  const found = specs.filter((spec) => titleOf(spec).toLowerCase().includes(wanted));
  return (
    <>
      {hidden.length > LISTED && (
        <TextInput
          size="xs"
          mb={8}
          placeholder={`${formatNumber(hidden.length)} columns that are not in the table`}
          aria-label="Find a column that is not in the table"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <ul className={classes['chooserList']} aria-label="Columns not in the table">
        {found.slice(0, LISTED).map((spec) => (
          <li key={spec.name}>
            <Checkbox
              size="xs"
              checked={false}
              label={titleOf(spec)}
              onChange={() => actions.show(spec.name)}
            />
          </li>
        ))}
        {found.length > LISTED && <li>and {formatNumber(found.length - LISTED)} more</li>}
        {found.length === 0 && <li>No column has “{search}” in its name.</li>}
      </ul>
    </>
  );
}
