import { z } from 'zod';
import { columnOf, type DatasetDescriptor } from '../../../preload/contract/descriptor';
import type { OpenedDataset } from '../../../preload/contract/opened';
import { wrongInFilter } from '../../../preload/contract/filters';
import { useApp } from '../../state/app-store';
import { soundCard } from '../../state/cards';
import { describe, useDescribed } from '../../state/described';
import { useExplore } from '../../state/explore-store';
import { usualColumns, usualPins } from '../../state/usual-columns';
import { keepPart, keptPart } from '../../session/session-parts';
import { takeDown, useHistory } from '../../undo/history';
import { useTableLayout } from '../table/table-layout';

/** How a dataset was left, to come back to. */
interface Seen {
  explore: Pick<
    ReturnType<typeof useExplore.getState>,
    'selections' | 'switchedOff' | 'cards' | 'columns' | 'sort' | 'opened' | 'compared'
  >;
  layout: Pick<ReturnType<typeof useTableLayout.getState>, 'pinned' | 'widths'>;
  history: ReturnType<typeof useHistory.getState>;
}

const kept = new Map<string, Seen>();

/** A file is the same one after it has changed. */
function nameOf(opened: OpenedDataset | null): string {
  return opened === null ? 'published' : `${opened.described.kind} ${opened.described.title}`;
}

function seenNow(): Seen {
  // What is not a step yet becomes one.
  takeDown();
  const { selections, switchedOff, cards, columns, sort, opened, compared } = useExplore.getState();
  const { pinned, widths } = useTableLayout.getState();
  return {
    explore: { selections, switchedOff, cards, columns, sort, opened, compared },
    layout: { pinned, widths },
    history: useHistory.getState(),
  };
}

/** Shows an opened table as it was left, or as it is first seen. */
export function showOpened(dataset: OpenedDataset): void {
  const before = useDescribed.getState().opened;
  kept.set(nameOf(before), seenNow());
  const known =
    dataset.described.versions === undefined ? kept.get(nameOf(dataset)) : likeNow(before);
  const seen = known === undefined ? firstSeen(dataset) : fitting(known, dataset);
  // Described first: what is asked from here on is asked of it.
  describe(dataset);
  take(seen);
  rememberShown(dataset.described.key);
  const { screen, show } = useApp.getState();
  const isAway = screen === 'settings' || dataset.described.kind === 'changes';
  if (isAway && screen !== 'sql') show('explore');
}

/** Another version is seen as this one is: with the cards and filters of the published data. */
function likeNow(before: OpenedDataset | null): Seen | undefined {
  const isAlike = before === null || before.described.versions !== undefined;
  return isAlike ? seenNow() : kept.get(nameOf(null));
}

/** Shows the published data as they were left. */
export function showPublished(): void {
  const { opened } = useDescribed.getState();
  if (opened === null) return;
  kept.set(nameOf(opened), seenNow());
  const seen = kept.get(nameOf(null));
  describe(null);
  if (seen !== undefined) take(seen);
  rememberShown(null);
}

function take({ explore, layout, history }: Seen): void {
  useTableLayout.setState(layout);
  useExplore.setState({ ...explore, lastSource: null });
  useHistory.setState(history);
}

function firstSeen({ described, firstView }: OpenedDataset): Seen {
  return {
    explore: {
      selections: [],
      switchedOff: [],
      cards: firstView.cards ?? [],
      columns: usualColumns({ described, firstView }),
      sort: [],
      opened: null,
      compared: [],
    },
    layout: { pinned: usualPins({ described }), widths: {} },
    history: { past: [], future: [] },
  };
}

/** What of it the data still have columns for. */
function fitting({ explore, layout }: Seen, { described, firstView }: OpenedDataset): Seen {
  const isThere = (name: string) => columnOf(described, name) !== undefined;
  const columns = explore.columns.filter(isThere);
  return {
    explore: {
      ...explore,
      selections: explore.selections.filter(({ filter }) => fits(filter, described)),
      switchedOff: explore.switchedOff.filter(({ filter }) => fits(filter, described)),
      cards: explore.cards.flatMap((card) => soundCard(card, described) ?? []),
      columns:
        columns.length > 0
          ? columns
          : (firstView.columns ?? described.columns.map(({ name }) => name)),
      sort: explore.sort.filter(({ column }) => isThere(column)),
      // Another row may stand at that position now.
      opened: null,
      compared: [],
    },
    layout: { ...layout, pinned: layout.pinned.filter(isThere) },
    history: { past: [], future: [] },
  };
}

function fits(filter: Parameters<typeof wrongInFilter>[0], described: DatasetDescriptor): boolean {
  return wrongInFilter(filter, described) === null;
}

const SHOWN = 'shown';

/** A page that is loaded again shows the same table. */
function rememberShown(key: string | null): void {
  keepPart(SHOWN, key);
}

export function shownBefore(): string | null {
  return keptPart(SHOWN, z.string());
}
