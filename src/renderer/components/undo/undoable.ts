import { useExplore } from '../../state/explore-store';
import { sayDone, sayUndoable } from '../help/notices';
import { useTableLayout } from '../table/table-layout';
import { isSame, putBack } from './put-back';

/** Everything a person arranges in the explorer. */
function arrangement() {
  const { cards, selections, past, future, columns, sort, compared } = useExplore.getState();
  const { pinned, widths } = useTableLayout.getState();
  return { cards, selections, past, future, columns, sort, compared, pinned, widths };
}

type Arrangement = ReturnType<typeof arrangement>;

interface Change {
  before: Arrangement;
  after: Arrangement;
}

/** Changes that may still be taken back, the oldest first. */
let changes: readonly Change[] = [];
const MOST_CHANGES = 20;

/**
 * Makes a change that takes something away, and says so with the way back. Undo restores what the
 * change touched and nothing else; what was done since stays.
 */
export function undoable(text: string, make: () => void): void {
  const before = arrangement();
  make();
  const change = { before, after: arrangement() };
  if (isSame(before, change.after)) return sayDone(text);
  changes = [...changes, change].slice(-MOST_CHANGES);
  sayUndoable(text, () => takeBack(change), change.after.past);
}

function takeBack(change: Change): void {
  const now = arrangement();
  const { selections, pinned, widths, ...explore } = without(change, now);
  const { cards, columns, sort, compared } = explore;
  useExplore.setState({ cards, columns, sort, compared });
  useTableLayout.setState({ pinned, widths });
  selectAgain(change, now, selections);
  // The later ones were made on top of it; now it is as if it had never been.
  const later = changes.slice(changes.indexOf(change) + 1);
  for (const each of later) {
    each.before = without(change, each.before);
    each.after = without(change, each.after);
  }
  changes = changes.filter((each) => each !== change);
}

/** An arrangement as it would be had the change not been made. */
function without({ before, after }: Change, now: Arrangement): Arrangement {
  const entries = ({ widths }: Arrangement) => Object.entries(widths);
  const { selections, cards, columns, sort, compared, pinned } = now;
  return {
    ...now,
    selections: putBack(before.selections, after.selections, selections, ({ source }) => source),
    cards: putBack(before.cards, after.cards, cards, ({ id }) => id),
    columns: putBack(before.columns, after.columns, columns, (name) => name),
    sort: putBack(before.sort, after.sort, sort, ({ column }) => column),
    compared: putBack(before.compared, after.compared, compared, String),
    pinned: putBack(before.pinned, after.pinned, pinned, (name) => name),
    widths: Object.fromEntries(
      putBack(entries(before), entries(after), entries(now), ([name]) => name),
    ),
  };
}

/** With the steps that led to them, unless others were made since: then it is a step of its own. */
function selectAgain(
  { before, after }: Change,
  now: Arrangement,
  wanted: Arrangement['selections'],
): void {
  if (isSame(wanted, now.selections)) return;
  if (now.selections === after.selections && now.past === after.past) {
    const { selections, past, future } = before;
    useExplore.setState({ selections, past, future, lastSource: null });
  } else useExplore.getState().setSelections(wanted);
}
