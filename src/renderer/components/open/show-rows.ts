import type { Scalar } from '../../../preload/contract/descriptor';
import { useApp } from '../../state/app-store';
import { choiceControl } from '../../state/controls';
import { useExplore } from '../../state/explore-store';
import { showPublished } from './show-dataset';

/**
 * Explore with these rows of the published data. A filter alone: what was filtered before might hide
 * them. It is one step, which Undo takes back.
 */
export function showRows(key: string, ids: readonly Scalar[]): void {
  showPublished();
  const filter = {
    kind: 'one-of' as const,
    columns: [key],
    values: [...ids],
    match: 'any' as const,
  };
  useExplore.getState().setSelections([{ source: choiceControl([key]), filter }]);
  useApp.getState().show('explore');
}
