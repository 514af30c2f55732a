import { create } from 'zustand';
import { useTableLayout } from '../components/table/table-layout';
import { useApp } from '../state/app-store';
import { useDescribed } from '../state/described';
import { useExplore } from '../state/explore-store';
import {
  type Arrangement,
  arrange,
  arrangementNow,
  changedParts,
  type Step,
  without,
} from './arrangement';

interface History {
  /** Steps that were made, the oldest first. */
  past: readonly Step[];
  /** Steps that were taken back, the next one first. */
  future: readonly Step[];
}

/** One history of everything that is arranged: filters, cards, columns, their order and widths. */
export const useHistory = create<History>(() => ({ past: [], future: [] }));

const MOST_STEPS = 200;
/** A column that is pulled wider reports at every move: such moves are one step. */
const ONE_PULL_MS = 1000;

let known = arrangementNow();
/** What the last step was, so that what goes on with it is part of it. */
let last: { goesOn: string | null; at: number } = { goesOn: null, at: 0 };
let isDue = false;
/** What came from elsewhere (another window, the first view) is nobody's step here. */
let isFromElsewhere = false;
const whenUndone = new WeakMap<Step, () => void>();

/** Records what is arranged from here on. */
export function followArrangement(): void {
  known = arrangementNow();
  useExplore.subscribe(later);
  useTableLayout.subscribe(later);
  useDescribed.subscribe(noteElsewhere);
  useApp.subscribe(({ settings }, before) => {
    if (settings.workspace !== before.settings.workspace) noteElsewhere();
  });
}

/** All that changes within one task is one step. */
function later(): void {
  if (isDue) return;
  isDue = true;
  queueMicrotask(takeDown);
}

/** What changes in this task is nobody's step. */
export function noteElsewhere(): void {
  isFromElsewhere = true;
  later();
}

/** Makes a step of what has changed since the last one; null where nothing has. */
export function takeDown(): Step | null {
  isDue = false;
  const before = known;
  const after = arrangementNow();
  const parts = changedParts(before, after);
  known = after;
  const isElsewhere = isFromElsewhere;
  isFromElsewhere = false;
  if (parts.length === 0 || isElsewhere) return null;
  const goesOn = goingOn(parts);
  const { past } = useHistory.getState();
  const newest = past.at(-1);
  const isOne =
    goesOn !== null &&
    goesOn === last.goesOn &&
    (goesOn !== 'widths' || Date.now() - last.at < ONE_PULL_MS);
  last = { goesOn, at: Date.now() };
  if (isOne && newest !== undefined) {
    newest.after = after;
    useHistory.setState({ future: [] });
    return newest;
  }
  const step = { before, after };
  useHistory.setState({ past: [...past, step].slice(-MOST_STEPS), future: [] });
  return step;
}

/** The name of what can go on, as a drag does; null for what is a step in itself. */
function goingOn(parts: readonly (keyof Arrangement)[]): string | null {
  if (parts.length !== 1) return null;
  if (parts[0] === 'widths') return 'widths';
  return parts[0] === 'selections' ? `selection ${useExplore.getState().selectionStep}` : null;
}

/** Takes the last step back. */
export function undo(): void {
  takeDown();
  const { past, future } = useHistory.getState();
  const step = past.at(-1);
  if (step === undefined) return;
  show(without(step, arrangementNow()));
  useHistory.setState({ past: past.slice(0, -1), future: [step, ...future] });
  whenUndone.get(step)?.();
}

/** Makes again the step that was taken back last. */
export function redo(): void {
  takeDown();
  const { past, future } = useHistory.getState();
  const [step, ...rest] = future;
  if (step === undefined) return;
  show(without({ before: step.after, after: step.before }, arrangementNow()));
  useHistory.setState({ past: [...past, step], future: rest });
}

/**
 * Takes a step back wherever it is in the history: what was done since stays, as if the step had
 * never been made. Nothing happens where it was taken back already.
 */
export function takeBack(step: Step): void {
  takeDown();
  const { past } = useHistory.getState();
  const at = past.indexOf(step);
  if (at === -1) return;
  if (at === past.length - 1) return undo();
  show(without(step, arrangementNow()));
  // The later ones were made on top of it.
  for (const each of past.slice(at + 1)) {
    each.before = without(step, each.before);
    each.after = without(step, each.after);
  }
  useHistory.setState({ past: past.filter((each) => each !== step), future: [] });
}

/** Calls `told` once the step is taken back in the order of the history. */
export function onUndone(step: Step, told: () => void): void {
  whenUndone.set(step, told);
}

function show(arrangement: Arrangement): void {
  arrange(arrangement);
  known = arrangementNow();
  last = { goesOn: null, at: 0 };
}
