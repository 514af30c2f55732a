import { Popover, type PopoverProps } from '@mantine/core';
import { type ReactNode, useState } from 'react';

interface Props extends Pick<PopoverProps, 'width'> {
  text: string;
  /** What a click on the text is for. */
  title: string;
  className: string;
  dropdownClass?: string;
  children(close: () => void): ReactNode;
}

/** A text that opens what lies behind it, and takes the focus back as that closes. */
export function TextPopover({ text, title, className, width, dropdownClass, children }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-start"
      width={width}
      trapFocus
      returnFocus
      withinPortal
      shadow="md"
    >
      <Popover.Target>
        <button type="button" className={className} title={title} onClick={() => setOpen(!open)}>
          {text}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={dropdownClass}>
        {children(() => setOpen(false))}
      </Popover.Dropdown>
    </Popover>
  );
}
