import { useApp } from './app-store';
import { askedKey, useDescribed } from './described';

/** Names the state of the data that are shown: an opened table, or a published version. */
export function shownData(): string {
  return askedKey() ?? `published@${useApp.getState().dataset?.version ?? 'none'}`;
}

/** The same, for what has to be asked again once other data are shown. */
export function useShownData(): string {
  useDescribed((state) => state.opened?.described.key);
  useApp((state) => state.dataset?.version);
  return shownData();
}
