import { Popover } from '@mantine/core';
import { useRef, useState } from 'react';
import { useExplore } from '../../state/explore-store';
import type { Selection } from '../../state/selections';
import { CloseIcon } from '../icons';
import { describeFilter } from './describe-filter';
import { FilterEditor } from './FilterEditor';

interface Props extends Selection {
  /** Before the chip goes: its focus has to go somewhere else. */
  onLeave(): void;
}

/** One active filter: its text opens it, its cross takes it away. */
export function FilterChip({ source, filter, onLeave }: Props) {
  const select = useExplore((state) => state.select);
  const [open, setOpen] = useState(false);
  const text = useRef<HTMLButtonElement>(null);
  const words = describeFilter(filter);
  const remove = () => {
    onLeave();
    select(source, null);
  };
  return (
    <span className="chip">
      <Popover
        opened={open}
        onChange={setOpen}
        position="bottom-start"
        width={280}
        trapFocus
        returnFocus
        withinPortal
        shadow="md"
      >
        <Popover.Target>
          <button
            ref={text}
            type="button"
            className="chip-text"
            title="Change this filter"
            onClick={() => setOpen(!open)}
          >
            {words}
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <FilterEditor
            source={source}
            filter={filter}
            onClose={() => setOpen(false)}
            onRemove={remove}
          />
        </Popover.Dropdown>
      </Popover>
      <button
        type="button"
        className="chip-remove"
        aria-label={`Remove filter ${words}`}
        title="Remove this filter"
        onClick={remove}
      >
        <CloseIcon />
      </button>
    </span>
  );
}
