import { Button, Checkbox, Popover } from '@mantine/core';
import { memo } from 'react';
import { ColumnsIcon, DownIcon, UpIcon } from '../icons';
import { titleOf } from '../../words/column-words';
import { useDescribed } from '../../state/described';
import { offeredColumns } from '../../state/usual-columns';
import { columnSpecs } from './column-specs';
import type { ColumnState } from './use-column-layout';
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
          <ul className={classes['chooserList']} aria-label="Columns not in the table">
            {columnSpecs(of.described, hidden).map((spec) => (
              <li key={spec.name}>
                <Checkbox
                  size="xs"
                  checked={false}
                  label={titleOf(spec)}
                  onChange={() => actions.show(spec.name)}
                />
              </li>
            ))}
          </ul>
        )}
        <Button size="xs" variant="subtle" onClick={actions.reset}>
          Usual columns
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
});
