import type { RowId } from '../../preload/contract/descriptor';
import { useExplore } from './explore-store';

/** Shows the detail of a row by its id. */
export function openRow(id: RowId): void {
  useExplore.getState().open(id);
}
