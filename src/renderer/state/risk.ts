import { create } from 'zustand';
import type { Generalisation, Risk } from '../../preload/contract/risk';
import { call } from '../bridge';
import { askedKey, useDescribed } from './described';
import { useExplore } from './explore-store';
import { filtersFor } from './selections';
import { useShownData } from './shown-data';
import { type Latest, useLatest } from './use-latest';

interface RiskChoice {
  /** The table that the columns were chosen for. */
  table: string | null;
  /** What somebody is taken to know of a subject; null for what the app proposes. */
  columns: readonly string[] | null;
  /** How many rows shall be alike in these at least. */
  k: number;
}

/** What the meter is set to; it stays while other screens are shown. */
export const useRiskChoice = create<RiskChoice>(() => ({ table: null, columns: null, k: 5 }));

/** Null goes back to what the app proposes. */
export function chooseQuasi(columns: readonly string[] | null): void {
  useRiskChoice.setState({ table: tableNow(), columns });
}

export function wantK(k: number): void {
  useRiskChoice.setState({ k });
}

/** Another version of the published data has the same columns. */
function tableNow(): string {
  return askedKey() ?? 'published';
}

/** The columns that were chosen for the table that is shown; null where the app proposes them. */
export function useChosenQuasi(): readonly string[] | null {
  useDescribed((state) => state.opened?.described.key);
  const { table, columns } = useRiskChoice();
  return table === tableNow() ? columns : null;
}

/** How exposed the rows that are seen are, or `everything`, by these columns or the proposed ones. */
export function useRisk(columns: readonly string[] | null, everything = false): Latest<Risk> {
  const { key, view } = useView(everything);
  // Without any column there is still a list to choose from.
  const asked = columns === null || columns.length === 0 ? null : [...columns];
  return useLatest<Risk>(JSON.stringify([key, asked]), () =>
    call('privacy.risk', { ...view, columns: asked }),
  );
}

/** What has to be given away so that `k` rows are alike; null columns ask nothing. */
export function useGeneralisation(
  columns: readonly string[] | null,
  k: number,
  everything = false,
): Latest<Generalisation> {
  const { key, view } = useView(everything);
  const isNone = columns === null || columns.length === 0;
  return useLatest<Generalisation>(isNone ? null : JSON.stringify([key, columns, k]), () =>
    call('privacy.generalise', { ...view, columns: [...(columns ?? [])], k }),
  );
}

function useView(everything: boolean) {
  const shown = useShownData();
  const answering = useDescribed((state) => state.answering);
  const selections = useExplore((state) => state.selections);
  const filters = everything ? [] : filtersFor(selections, null);
  const dataset = askedKey();
  return {
    key: [shown, answering, filters],
    view: { filters, ...(dataset === undefined ? {} : { dataset }) },
  };
}
