import { on } from '../bridge';

/**
 * The page begins again, with nothing of what it showed, when the data are locked or unlocked. What a
 * person has to read first holds it back.
 */

let held = 0;
let isDue = false;

export function followProtection(): void {
  on('protection.changed', () => {
    isDue = true;
    beginIfDue();
  });
}

/** Until the answer is called. */
export function holdPage(): () => void {
  held += 1;
  return () => {
    held -= 1;
    beginIfDue();
  };
}

function beginIfDue(): void {
  if (!isDue || held > 0) return;
  // Filters, the open row and the search name somebody too.
  window.sessionStorage.clear();
  window.history.replaceState(null, '');
  window.location.reload();
}
