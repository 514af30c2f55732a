import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import { useDescribed } from './described';

const ROWS = { one: 'row', many: 'rows' };

/** What a row of the described data is called. */
export function useNoun(): DatasetDescriptor['noun'] {
  return useDescribed(({ described }) => described?.noun ?? ROWS);
}

export function nounNow(): DatasetDescriptor['noun'] {
  return useDescribed.getState().described?.noun ?? ROWS;
}
