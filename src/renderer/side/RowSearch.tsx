import { TextInput } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import { SearchIcon } from '../components/icons';
import { SEARCH } from '../state/controls';
import { useDescribed } from '../state/described';
import { useExplore } from '../state/explore-store';
import { searchFilter } from '../state/search-filter';
import { searchedLabels } from '../state/searched-labels';

const SEARCH_DELAY_MS = 120;
/** Columns that the empty box names. */
const MOST_NAMED = 3;
const RULE =
  'All the words, or any of them where nothing has all; one wrong letter is forgiven, and #25 is that number alone.';

/** Keeps the rows that have the words which are typed. */
export function RowSearch() {
  const filter = useExplore((state) => state.selections.find(({ source }) => source === SEARCH));
  const select = useExplore((state) => state.select);
  const described = useDescribed((state) => state.described);
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
  const labels = useMemo(() => labelsOf(described), [described]);
  // It keeps its room until it is known whether there is anything to search.
  if (described !== null && labels.length === 0) return null;
  return (
    <TextInput
      type="search"
      size="sm"
      aria-label={`Search ${labels.join(', ').toLowerCase()}`.trim()}
      title={RULE}
      placeholder={described === null ? '' : `${labels.slice(0, MOST_NAMED).join(', ')}…`}
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

function labelsOf(described: DatasetDescriptor | null): string[] {
  const labels = described === null ? [] : searchedLabels(described);
  return labels.map((label, at) => (at === 0 ? label : label.toLowerCase()));
}
