import type { Filter } from '../../preload/contract/filters';
import { useDescribed } from './described';

/** The filter that a search for words is, in the columns that the described data are searched in. */
export function searchFilter(text: string): Filter {
  const columns = useDescribed.getState().described?.searched ?? [];
  return { kind: 'search', columns: [...columns], text };
}
