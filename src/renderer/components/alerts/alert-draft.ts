import { create } from 'zustand';
import type { AlertRule } from '../../../preload/contract/alerts';
import type { Filter } from '../../../preload/contract/filters';
import { describeFilter } from '../../state/filter-words';
import { useDescribed } from '../../state/described';
import { useExplore } from '../../state/explore-store';

/** What a rule begins with where it is made from what is looked at. */
export interface AlertDraft {
  title: string;
  on: AlertRule['on'];
}

/** The rule that is being made; null where none is. */
export const useAlertDraft = create<{ draft: AlertDraft | null }>(() => ({ draft: null }));

export function draftAlert(draft: AlertDraft): void {
  useAlertDraft.setState({ draft });
}

/** Takes over what is selected: the filters, or else the row that is open. */
export function draftOfSelection(): void {
  const { selections, opened } = useExplore.getState();
  const isPublished = useDescribed.getState().opened === null;
  if (!isPublished) return draftAlert({ title: '', on: {} });
  if (opened !== null && /^\d+$/.test(opened)) return draftOfRow(opened, `#${opened}`);
  const filters: Filter[] = selections.map(({ filter }) => filter);
  draftAlert({
    title: filters.map(describeFilter).join(', ').slice(0, 200),
    on: filters.length === 0 ? {} : { filters },
  });
}

export function draftOfRow(id: string, name: string): void {
  draftAlert({ title: `${name} changed`, on: { pokemon: [Number(id)] } });
}

export function closeDraft(): void {
  useAlertDraft.setState({ draft: null });
}
