import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ChartRow } from '../../../preload/contract/chart-query';
import { MOST_COMPARED } from '../../../preload/contract/settings';
import { useExplore } from '../../state/explore-store';
import { ask } from '../../state/query-batch';
import { typesOf } from '../detail/stat-values';
import { Sprite } from '../table/Sprite';
import { TypeChip } from '../table/TypeChip';
import { findPokemon } from './find-pokemon';
import classes from './CompareScreen.module.css';

/** Adds a Pokémon to the comparison by typing a part of its name, type, ability or number. */
export function PokemonSearch() {
  const { compared, toggleCompared } = useExplore();
  const [text, setText] = useState('');
  const [found, setFound] = useState<ChartRow[] | null>(null);
  const [failed, setFailed] = useState(false);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const full = compared.length >= MOST_COMPARED;

  useEffect(() => {
    let current = true;
    findPokemon(text, ask).then(
      (rows) => {
        if (!current) return;
        setFound(text.trim() === '' ? null : rows);
        setFailed(false);
      },
      () => {
        if (current) setFailed(true);
      },
    );
    return () => {
      current = false;
    };
  }, [text]);
  // The likeliest is what Enter takes.
  useEffect(() => {
    combobox.selectFirstOption();
    // The store is a new object at every render; only new answers matter.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [found]);

  const offered = (found ?? []).filter((row) => !compared.includes(Number(row['id'])));
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(value) => {
        toggleCompared(Number(value));
        setText('');
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          className={classes['search'] ?? ''}
          value={text}
          disabled={full}
          aria-label="Add a Pokémon"
          placeholder={
            full ? `${MOST_COMPARED} are compared; take one out first` : 'Add a Pokémon…'
          }
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={found === null && !failed}>
        <Combobox.Options>
          {offered.map((row) => (
            <Combobox.Option key={Number(row['id'])} value={String(row['id'])}>
              <span className={classes['option']}>
                <Sprite id={Number(row['id'])} types={typesOf(row)} size={48} />
                <span className={classes['optionName']}>{String(row['name'])}</span>
                {typesOf(row).map((type) => (
                  <TypeChip key={type} type={type} />
                ))}
              </span>
            </Combobox.Option>
          ))}
          {failed && <Combobox.Empty>The search did not answer. Type again.</Combobox.Empty>}
          {!failed && offered.length === 0 && (
            <Combobox.Empty>No other Pokémon matches “{text}”.</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
