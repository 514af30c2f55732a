import { dismissNotice, sayDone, sayUndoable } from '../components/help/notices';
import { onUndone, takeBack, takeDown } from './history';

/**
 * Makes a change that takes something away, and says so with the way back. Undo restores what the
 * change touched and nothing else; what was done since stays.
 */
export function undoable(text: string, make: () => void): void {
  takeDown();
  make();
  const step = takeDown();
  if (step === null) return sayDone(text);
  const key = sayUndoable(text, () => takeBack(step));
  onUndone(step, () => dismissNotice(key));
}
