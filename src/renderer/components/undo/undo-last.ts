import { useExplore } from '../../state/explore-store';
import { takeUndo, useNotices } from '../help/notices';

/**
 * Undoes what was done last: what a message still offers to take back, unless a filter was changed
 * after it, and otherwise the last step of the filters.
 */
export function undoLast(): void {
  const { past, undo } = useExplore.getState();
  const newest = useNotices.getState().notices.findLast((notice) => notice.undo !== null);
  if (newest !== undefined && newest.past === past) takeUndo(newest.key);
  else undo();
}
