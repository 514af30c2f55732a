import { Modal } from '@mantine/core';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { counted } from '../../../preload/contract/counts';
import type { ChartRow } from '../../../preload/contract/chart-query';
import { titleCase } from '../../charts/format';
import { textOnType, typeColor } from '../../charts/type-colors';
import { useApp } from '../../state/app-store';
import { SEARCH } from '../../state/controls';
import { useExplore } from '../../state/explore-store';
import { searchFilter } from '../../state/search-filter';
import { useChartTheme } from '../../state/use-chart-theme';
import { SearchIcon } from '../icons';
import { Keys } from '../help/Keys';
import { commandsNow } from './commands-now';
import { closeOverlay, useOverlays } from './overlays';
import { matchingCommands } from './matching-commands';
import { holdsAll } from './rank';
import { useFoundPokemon } from './use-found-pokemon';
import styles from './palette.module.css';

/** Reaches every command and every Pokémon by typing. */
export function CommandPalette() {
  const shown = useOverlays((state) => state.shown === 'palette');
  return (
    <Modal.Root
      opened={shown}
      onClose={closeOverlay}
      size={560}
      yOffset="12vh"
      padding={0}
      lockScroll={false}
      // What was chosen may take the focus elsewhere; Overlays gives it back where it did not.
      returnFocus={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label="Search and commands">
        <Modal.Body>
          <Palette />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface Option {
  key: string;
  group: string;
  shownKey?: string | null;
  pokemon?: ChartRow;
  title: string;
  run(): void;
}

/** An editable combobox with a list box. Source: WAI-ARIA Authoring Practices, “Combobox”. */
function Palette() {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const found = useFoundPokemon(text);
  const options = useMemo(() => optionsFor(text, found), [text, found]);
  const current = Math.min(active, options.length - 1);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current, options]);

  const choose = (option: Option | undefined) => {
    if (option === undefined) return;
    closeOverlay();
    option.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = nextIndex(event.key, current, options.length);
    if (to !== null) setActive(to);
    else if (event.key === 'Enter') choose(options[current]);
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.palette}>
      <div className={styles.head}>
        <SearchIcon />
        <input
          className={styles.input}
          role="combobox"
          aria-label="Search Pokémon and commands"
          aria-expanded={options.length > 0}
          aria-controls="palette-options"
          aria-autocomplete="list"
          aria-activedescendant={options.length === 0 ? undefined : `palette-option-${current}`}
          placeholder="Search Pokémon, types, abilities, or commands"
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          value={text}
          maxLength={200}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        ref={list}
        id="palette-options"
        role="listbox"
        aria-label="Results"
        className={styles.list}
      >
        {grouped(options).map(([group, members]) => (
          <div key={group} role="group" aria-label={group}>
            <p className={styles.group} aria-hidden="true">
              {group}
            </p>
            {members.map(({ option, index }) => (
              <div
                key={option.key}
                id={`palette-option-${index}`}
                role="option"
                aria-selected={index === current}
                className={styles.option}
                onMouseMove={() => setActive(index)}
                onClick={() => choose(option)}
              >
                <span className={styles.title} data-title>
                  {option.title}
                </span>
                {option.pokemon !== undefined && <PokemonFacts row={option.pokemon} />}
                {typeof option.shownKey === 'string' && <Keys shortcut={option.shownKey} />}
              </div>
            ))}
          </div>
        ))}
      </div>
      <p className={options.length === 0 ? styles.none : styles.spoken} role="status">
        {options.length === 0
          ? `Nothing is called “${text.trim()}”. Try a number, a name, a type, an ability, or a command.`
          : counted(options.length, 'result')}
      </p>
    </div>
  );
}

function PokemonFacts({ row }: { row: ChartRow }) {
  const { dark } = useChartTheme();
  const types = [row['type_1'], row['type_2']].filter((type) => typeof type === 'string');
  return (
    <span className={styles.facts}>
      {types.map((type) => (
        <span
          key={type}
          className={styles.type}
          style={{ background: typeColor(type, dark), color: textOnType(type, dark) }}
        >
          {titleCase(type)}
        </span>
      ))}
      <span className={styles.number}>#{String(row['id'])}</span>
    </span>
  );
}

function optionsFor(text: string, found: readonly ChartRow[]): Option[] {
  const commands = matchingCommands(commandsNow(), text).map(
    ({ id, shownKey, ...command }): Option => ({ ...command, key: id, shownKey }),
  );
  const pokemon = found.map((row): Option => ({
    key: `pokemon-${String(row['id'])}`,
    group: 'Pokémon',
    title: String(row['name']),
    pokemon: row,
    run: () => useExplore.getState().open(Number(row['id'])),
  }));
  const filter: Option[] =
    pokemon.length === 0
      ? []
      : [
          {
            key: 'filter-by-text',
            group: 'Filters',
            title: `Show only what matches “${text.trim()}”`,
            run: () => {
              useApp.getState().show('explore');
              useExplore.getState().select(SEARCH, searchFilter(text.trim()));
            },
          },
        ];
  // A command that has all the words is likelier meant than Pokémon that nearly have them.
  const isNear = commands.length > 0 && !found.some((row) => holdsAll(row, text));
  // In the order they are drawn, which the arrows follow.
  return byGroup(
    isNear ? [...commands, ...pokemon, ...filter] : [...pokemon, ...filter, ...commands],
  );
}

function byGroup(options: readonly Option[]): Option[] {
  const groups = [...new Set(options.map((option) => option.group))];
  return groups.flatMap((group) => options.filter((option) => option.group === group));
}

function grouped(options: readonly Option[]): [string, { option: Option; index: number }[]][] {
  const numbered = options.map((option, index) => ({ option, index }));
  return [...new Set(options.map((option) => option.group))].map((group) => [
    group,
    numbered.filter(({ option }) => option.group === group),
  ]);
}

function nextIndex(key: string, current: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return (current + 1) % count;
    case 'ArrowUp':
      return (current - 1 + count) % count;
    case 'PageDown':
      return Math.min(current + 8, count - 1);
    case 'PageUp':
      return Math.max(current - 8, 0);
    default:
      return null;
  }
}
