import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { DatasetDescriptor } from '../../../preload/contract/descriptor';
import { MOST_COMPARED } from '../../../preload/contract/settings';
import { titleOfRow } from '../../row/row';
import { RowImage } from '../../row/RowImage';
import { rowParts } from '../../row/row-parts';
import { SlotChips } from '../../row/SlotChips';
import { useExplore } from '../../state/explore-store';
import { useFoundRows } from '../search/use-found-rows';
import classes from './CompareScreen.module.css';

const MOST_OFFERED = 8;

/** Adds a row to the comparison by typing a part of what it is known by. */
export function RowSearch({ described }: { described: DatasetDescriptor }) {
  const { compared, toggleCompared } = useExplore();
  const [text, setText] = useState('');
  const { value: found, error } = useFoundRows(text, MOST_OFFERED);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const full = compared.length >= MOST_COMPARED;
  const { one } = described.noun;
  const { slots } = useMemo(() => rowParts(described, []), [described]);

  // The likeliest is what Enter takes.
  useEffect(() => {
    combobox.selectFirstOption();
    // The store is a new object at every render; only new answers matter.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [found]);

  const offered = (found ?? []).filter(({ id }) => !compared.includes(id));
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        toggleCompared(id);
        setText('');
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          className={classes['search'] ?? ''}
          value={text}
          disabled={full}
          aria-label={`Add a ${one}`}
          placeholder={full ? `${MOST_COMPARED} are compared; take one out first` : `Add a ${one}…`}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={found === undefined && error === null}>
        <Combobox.Options>
          {offered.map((row) => (
            <Combobox.Option key={row.id} value={row.id}>
              <span className={classes['option']}>
                {described.row.image !== null && (
                  <RowImage described={described} row={row} size={48} />
                )}
                <span className={classes['optionName']}>{titleOfRow(described, row)}</span>
                {slots.map((part) => (
                  <SlotChips key={part.group.id} part={part} row={row} />
                ))}
              </span>
            </Combobox.Option>
          ))}
          {error !== null && (
            <Combobox.Empty>The search did not answer. Type again.</Combobox.Empty>
          )}
          {error === null && offered.length === 0 && (
            <Combobox.Empty>
              No other {one} matches “{text}”.
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
