import { Modal } from '@mantine/core';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { counted } from '../../../preload/contract/counts';
import type { DatasetDescriptor } from '../../../preload/contract/descriptor';
import { capital } from '../../words/noun';
import { type Row, titleOfRow } from '../../row/row';
import { rowParts } from '../../row/row-parts';
import { SlotChips } from '../../row/SlotChips';
import { useApp } from '../../state/app-store';
import { SEARCH } from '../../state/controls';
import { useExplore } from '../../state/explore-store';
import { useDescribed } from '../../state/described';
import { searchFilter } from '../../state/search-filter';
import { SearchIcon } from '../icons';
import { Keys } from '../help/Keys';
import { commandsNow } from './commands-now';
import { closeOverlay, useOverlays } from './overlays';
import { holdsAll } from '../search/rank-rows';
import { useFoundRows } from '../search/use-found-rows';
import { matchingCommands } from './matching-commands';
import styles from './palette.module.css';

/** Rows that are offered at most. */
const MOST_FOUND = 12;
const NONE: readonly Row[] = [];

/** Reaches every command and every row by typing. */
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
  row?: Row;
  title: string;
  run(): void;
}

/** An editable combobox with a list box. Source: WAI-ARIA Authoring Practices, “Combobox”. */
function Palette() {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const described = useDescribed((state) => state.described);
  const found = useFoundRows(text, MOST_FOUND).value ?? NONE;
  const options = useMemo(() => optionsFor(described, text, found), [described, text, found]);
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
                {option.row !== undefined && described !== null && (
                  <RowFacts described={described} row={option.row} />
                )}
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

function RowFacts({ described, row }: { described: DatasetDescriptor; row: Row }) {
  const { slots } = rowParts(described, []);
  return (
    <span className={styles.facts}>
      {slots.map((part) => (
        <SlotChips key={part.group.id} part={part} row={row} />
      ))}
      <span className={styles.number}>{row.id.startsWith('#') ? row.id : `#${row.id}`}</span>
    </span>
  );
}

function optionsFor(
  described: DatasetDescriptor | null,
  text: string,
  found: readonly Row[],
): Option[] {
  const commands = matchingCommands(commandsNow(), text).map(
    ({ id, shownKey, ...command }): Option => ({ ...command, key: id, shownKey }),
  );
  const rows =
    described === null
      ? []
      : found.map((row): Option => ({
          key: `row-${row.id}`,
          group: capital(described.noun.many),
          title: titleOfRow(described, row),
          row,
          run: () => useExplore.getState().open(row.id),
        }));
  const filter: Option[] =
    rows.length === 0
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
  // A command that has all the words is likelier meant than rows that nearly have them.
  const isNear =
    commands.length > 0 &&
    !found.some((row) => described !== null && holdsAll(described, row, text));
  // In the order they are drawn, which the arrows follow.
  return byGroup(isNear ? [...commands, ...rows, ...filter] : [...rows, ...filter, ...commands]);
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
