import { useTableLayout } from '../components/table/table-layout';
import { useExplore } from '../state/explore-store';
import { isSame, putBack } from './put-back';

/** Everything a person arranges in the explorer, and can step back and forth through. */
export function arrangementNow() {
  const { cards, selections, switchedOff, columns, sort, compared } = useExplore.getState();
  const { pinned, widths } = useTableLayout.getState();
  return { cards, selections, switchedOff, columns, sort, compared, pinned, widths };
}

export type Arrangement = ReturnType<typeof arrangementNow>;

/** A change of the arrangement. */
export interface Step {
  before: Arrangement;
  after: Arrangement;
}

/** An arrangement as it would be had the step not been made; what the step did not touch stays. */
export function without({ before, after }: Step, now: Arrangement): Arrangement {
  const entries = ({ widths }: Arrangement) => Object.entries(widths);
  const bySource = ({ source }: { source: string }) => source;
  return {
    selections: putBack(before.selections, after.selections, now.selections, bySource),
    switchedOff: putBack(before.switchedOff, after.switchedOff, now.switchedOff, bySource),
    cards: putBack(before.cards, after.cards, now.cards, ({ id }) => id),
    columns: putBack(before.columns, after.columns, now.columns, (name) => name),
    sort: putBack(before.sort, after.sort, now.sort, ({ column }) => column),
    compared: putBack(before.compared, after.compared, now.compared, String),
    pinned: putBack(before.pinned, after.pinned, now.pinned, (name) => name),
    widths: Object.fromEntries(
      putBack(entries(before), entries(after), entries(now), ([name]) => name),
    ),
  };
}

/** Which parts of two arrangements differ. */
export function changedParts(one: Arrangement, other: Arrangement): (keyof Arrangement)[] {
  return (Object.keys(one) as (keyof Arrangement)[]).filter(
    (part) => !isSame(one[part], other[part]),
  );
}

export function arrange({ pinned, widths, ...explore }: Arrangement): void {
  useExplore.setState({ ...explore, lastSource: null });
  useTableLayout.setState({ pinned, widths });
}
