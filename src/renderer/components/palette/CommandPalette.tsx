import { getDefaultZIndex } from '@mantine/core';
import { createSpotlight, Spotlight, useSpotlight } from '@mantine/spotlight';
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo } from 'react';
import { counted } from '../../words/counts';
import { type DatasetDescriptor, placeOfId } from '../../../preload/contract/descriptor';
import { capital } from '../../words/noun';
import { nameOfId, type Row, titleOfRow } from '../../row/row';
import { rowParts } from '../../row/row-parts';
import { SlotChips } from '../../row/SlotChips';
import { useApp } from '../../state/app-store';
import { SEARCH } from '../../state/controls';
import { useExplore } from '../../state/explore-store';
import { useDescribed } from '../../state/described';
import { searchFilter } from '../../state/search-filter';
import { searchedLabels } from '../../state/searched-labels';
import { SearchIcon } from '../icons';
import { Keys } from '../help/Keys';
import { commandsNow } from './commands-now';
import { closeOverlay, returnFocus, useOverlays } from './overlays';
import { holdsAll } from '../search/rank-rows';
import { useFoundRows } from '../search/use-found-rows';
import { matchingCommands } from './matching-commands';
import styles from './palette.module.css';

/** Rows that are offered at most. */
const MOST_FOUND = 12;
/** Columns that the empty box names. */
const MOST_NAMED = 3;
const NONE: readonly Row[] = [];
/** Options that Page Up and Page Down pass. */
const PAGE = 8;
const LIST_ID = 'palette-options';

const [store, spotlight] = createSpotlight();

/** Reaches every command and every row by typing. */
export default function CommandPalette() {
  const shown = useOverlays((state) => state.shown === 'palette');
  useEffect(() => {
    if (shown) spotlight.open();
    else spotlight.close();
  }, [shown]);
  return (
    <Spotlight.Root
      store={store}
      onSpotlightClose={() => {
        if (useOverlays.getState().shown === 'palette') closeOverlay();
      }}
      // The table of commands has its key.
      shortcut={null}
      title="Search and commands"
      classNames={{ header: styles.spoken ?? '' }}
      unstyled
      size={560}
      yOffset="12vh"
      zIndex={getDefaultZIndex('modal')}
      lockScroll={false}
      // What was chosen may take the focus elsewhere; Overlays gives it back where it did not.
      returnFocus={false}
      overlayProps={{ blur: 0 }}
      transitionProps={{ duration: 0 }}
    >
      <Palette />
    </Spotlight.Root>
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

/**
 * Spotlight holds the window, the text and the choice by arrows. It has no roles, so the combobox
 * and its list box are ours. Source: WAI-ARIA Authoring Practices, “Combobox”.
 */
function Palette() {
  const { query, selected } = useSpotlight(store);
  const described = useDescribed((state) => state.described);
  const searched = useMemo(
    () => (described === null ? [] : searchedLabels(described).map((label) => label.toLowerCase())),
    [described],
  );
  const found = useFoundRows(query, MOST_FOUND).value ?? NONE;
  const options = useMemo(() => optionsFor(described, query, found), [described, query, found]);
  const current = Math.min(selected, options.length - 1);
  // The first is selected at once, and again whenever the text is another; where no command is
  // called so, only once the rows have come.
  const isEmpty = options.length === 0;
  useLayoutEffect(() => select(0), [query, isEmpty]);
  useEffect(() => {
    document
      .querySelector('#palette-options [aria-selected="true"]')
      ?.scrollIntoView({ block: 'nearest' });
  }, [current, options]);
  // Where the palette was closed by its key, the focus is lost only now.
  useEffect(
    () => () => {
      if (useOverlays.getState().shown === null) returnFocus();
    },
    [],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'PageDown') select(Math.min(current + PAGE, options.length - 1));
    else if (event.key === 'PageUp') select(Math.max(current - PAGE, 0));
    // Spotlight moves its selection without telling, and the roles have to follow.
    else return queueMicrotask(() => select(store.getState().selected));
    event.preventDefault();
  };

  return (
    <div className={styles.palette}>
      <Spotlight.Search
        leftSection={<SearchIcon />}
        variant="unstyled"
        className={styles.head ?? ''}
        role="combobox"
        aria-label={
          described === null || described.searched.length === 0
            ? 'Search commands'
            : `Search ${described.noun.many} and commands`
        }
        aria-expanded={options.length > 0}
        aria-controls={LIST_ID}
        aria-autocomplete="list"
        aria-activedescendant={options.length === 0 ? undefined : optionId(current)}
        placeholder={`Search ${inList(searched.slice(0, MOST_NAMED), 'commands')}`}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        maxLength={200}
        onKeyDown={onKeyDown}
      />
      {/* Not Spotlight's list and actions: they drop the ids and roles that a combobox needs. */}
      <div id={LIST_ID} role="listbox" aria-label="Results" className={styles.list}>
        {grouped(options).map(([group, members]) => (
          <div key={group} role="group" aria-label={group}>
            <p className={styles.group} aria-hidden="true">
              {group}
            </p>
            {members.map(({ option, index }) => (
              <div
                key={option.key}
                id={optionId(index)}
                role="option"
                aria-selected={index === current}
                className={styles.option}
                // By these Spotlight knows what the arrows pass and Enter presses.
                data-action
                data-selected={index === current || undefined}
                onMouseMove={() => select(index)}
                onClick={() => {
                  spotlight.close();
                  option.run();
                }}
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
          ? `Nothing is called “${query.trim()}”. Try ${inList(searched, 'a command')}.`
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
      <span className={styles.number}>
        {placeOfId(row.id) === null ? `#${row.id}` : nameOfId(row.id)}
      </span>
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

/** `commands`, `city or commands`, `name, types, or commands`. */
function inList(words: readonly string[], last: string): string {
  if (words.length === 0) return last;
  return words.length === 1 ? `${words[0] ?? ''} or ${last}` : `${words.join(', ')}, or ${last}`;
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

function select(index: number): void {
  store.setState({ ...store.getState(), selected: index, listId: LIST_ID });
}

function optionId(index: number): string {
  return `palette-option-${index}`;
}
