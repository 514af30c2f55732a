import { z } from 'zod';
import { filterSchema, filtersSchema, wrongInFilter } from '../../preload/contract/filters';
import { useApp } from '../state/app-store';
import { useDescribed } from '../state/described';
import { useExplore } from '../state/explore-store';
import type { Selection } from '../state/selections';
import { noteElsewhere } from '../undo/history';
import { keepPart, keptPart } from './session-parts';

const selectionsSchema = z
  .array(z.strictObject({ source: z.string().min(1).max(2100), filter: filterSchema }))
  .max(100)
  .refine((given) => filtersSchema.safeParse(given.map(({ filter }) => filter)).success);

const keptSchema = z.strictObject({ selections: selectionsSchema, switchedOff: selectionsSchema });

/** Filters of the published data stay over a reload of the page, where the data still have their columns. */
export function followFilters(): void {
  const stop = useApp.subscribe(({ appVersion }) => {
    if (appVersion === '') return;
    stop();
    const kept = keptPart('filters', keptSchema);
    if (kept !== null) {
      noteElsewhere();
      useExplore.setState({
        selections: fitting(kept.selections),
        switchedOff: fitting(kept.switchedOff),
      });
    }
    useExplore.subscribe(({ selections, switchedOff }, before) => {
      // Those of an opened table are that table's, which a reload shows as it is first seen.
      if (useDescribed.getState().opened !== null) return;
      if (selections !== before.selections || switchedOff !== before.switchedOff)
        keepPart('filters', { selections, switchedOff });
    });
  });
}

function fitting(kept: readonly Selection[]): Selection[] {
  const { described } = useDescribed.getState();
  if (described === null) return [];
  return kept.filter(({ filter }) => wrongInFilter(filter, described) === null);
}
