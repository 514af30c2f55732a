import { TextInput } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { SearchIcon } from '../components/icons';
import { columnLabel } from '../state/column-words';
import { SEARCH } from '../state/controls';
import { useDescribed } from '../state/described';
import { useExplore } from '../state/explore-store';
import { searchFilter } from '../state/search-filter';

const SEARCH_DELAY_MS = 120;
const NOTHING: readonly string[] = [];
/** Columns that the empty box names. */
const MOST_NAMED = 3;
const RULE =
  'All the words, or any of them where nothing has all; one wrong letter is forgiven, and #25 is that number alone.';

/** Keeps the rows that have the words which are typed. */
export function RowSearch() {
  const filter = useExplore((state) => state.selections.find(({ source }) => source === SEARCH));
  const select = useExplore((state) => state.select);
  const searched = useDescribed((state) => state.described?.searched ?? NOTHING);
  const current = filter?.filter.kind === 'search' ? filter.filter.text : '';
  const [text, setText] = useState(current);
  // Spaces that wait for the next word are the typist's.
  useEffect(() => setText((typed) => (typed.trim() === current ? typed : current)), [current]);
  /** A search that is typed letter by letter is one step of undo. */
  const goesOn = useRef(false);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === current) return;
    const timer = setTimeout(() => {
      select(SEARCH, wanted === '' ? null : searchFilter(wanted), goesOn.current);
      goesOn.current = true;
    }, SEARCH_DELAY_MS);
    return () => clearTimeout(timer);
  }, [text, current, select]);
  const labels = useMemo(() => searchedLabels(searched), [searched]);
  if (labels.length === 0) return null;
  return (
    <TextInput
      type="search"
      size="sm"
      aria-label={`Search ${labels.join(', ').toLowerCase()}`}
      title={RULE}
      placeholder={`${labels.slice(0, MOST_NAMED).join(', ')}…`}
      leftSection={<SearchIcon />}
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => {
        goesOn.current = false;
      }}
    />
  );
}

/** What is looked through, columns that share a vocabulary by their one name. */
function searchedLabels(columns: readonly string[]): string[] {
  const { described } = useDescribed.getState();
  const labels = columns.map(
    (name) =>
      described?.groups.find(({ kind, columns: of }) => kind === 'slots' && of.includes(name))
        ?.label ?? columnLabel(name),
  );
  return [...new Set(labels)].map((label, at) => (at === 0 ? label : label.toLowerCase()));
}
