import { ActionIcon, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { formatNumber } from '../charts/format';
import { clearOrder } from '../components/columns/correct-columns';
import { FoldSideIcon, SearchIcon, UnfoldSideIcon } from '../components/icons';
import { Later } from '../components/Later';
import { useDescribed } from '../state/described';
import { loadedPart } from '../components/loaded-part';
import { foundLines, profileLines } from './profile-entries';
import { RowSearch } from './RowSearch';
import { foldSide, seekColumns, useSide } from './side-store';

/** Its code comes after the first charts. */
const ColumnList = loadedPart(async () => (await import('./ColumnList')).ColumnList);

const NO_PANELS: readonly string[] = [];

/** What rows have in each column: a search for rows, then the profile of every column. */
export function SideBar() {
  const folded = useSide((state) => state.folded);
  const isWaiting = useDescribed((state) => state.described === null);
  return (
    <aside className="sidebar" aria-label="Filters" data-folded={folded || undefined}>
      <Later>
        {/* Where the focus is sent to the search, the side bar unfolds for it. */}
        <div
          className="sidebar-search"
          data-waiting={isWaiting || undefined}
          onFocus={() => foldSide(false)}
        >
          <RowSearch />
        </div>
        {folded ? <Unfold /> : <Columns />}
      </Later>
    </aside>
  );
}

function Unfold() {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label="Unfold the side bar"
      title="Unfold the side bar"
      onClick={() => foldSide(false)}
    >
      <UnfoldSideIcon />
    </ActionIcon>
  );
}

function Columns() {
  const described = useDescribed((state) => state.described);
  const panels = useDescribed((state) => state.firstView?.panels ?? NO_PANELS);
  const order = useDescribed((state) => state.columns.order);
  const sought = useSide((state) => state.sought);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const lines = useMemo(
    () => (described === null ? [] : profileLines(described, panels, order)),
    [described, panels, order],
  );
  const found = foundLines(lines, sought);
  return (
    <>
      <div className="columns-head">
        <TextInput
          size="xs"
          className="columns-search"
          aria-label="Find a column"
          placeholder={`${formatNumber(described?.columns.length ?? 0)} columns`}
          leftSection={<SearchIcon size={14} />}
          value={sought}
          onChange={(event) => seekColumns(event.currentTarget.value)}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Fold the side bar"
          title="Fold the side bar"
          onClick={() => foldSide(true)}
        >
          <FoldSideIcon />
        </ActionIcon>
      </div>
      <div ref={setScroller} className="columns-scroll">
        <ColumnList lines={found} openAtFirst={panels} scroller={scroller} />
        {order !== undefined && sought === '' && (
          <button type="button" className="panel-more" onClick={() => void clearOrder()}>
            Back to the usual order
          </button>
        )}
        {found.length === 0 && sought !== '' && (
          <p className="panel-note">No column has that in its name.</p>
        )}
      </div>
    </>
  );
}
