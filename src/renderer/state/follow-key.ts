import { useDescribed } from './described';
import { useExplore } from './explore-store';

/** Rows that are told apart by another column have other names: none of the old ones is open any more. */
export function followKey(): void {
  useDescribed.subscribe(({ described, answering }, before) => {
    if (answering === before.answering || described?.row.key === before.described?.row.key) return;
    useExplore.setState({ opened: null, compared: [] });
  });
}
