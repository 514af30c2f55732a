import { create } from 'zustand';
import type { Card } from '../../preload/contract/cards';
import type { RowId } from '../../preload/contract/descriptor';
import type { Filter, Sort } from '../../preload/contract/filters';
import type { Control } from './controls';
import { MOST_COMPARED } from '../../preload/contract/settings';
import { type Selection, withSelection } from './selections';

interface ExploreState {
  selections: readonly Selection[];
  /** Filters that do not filter now, kept for when they are switched on again. */
  switchedOff: readonly Selection[];
  /** Who selected last, as long as nothing else has happened since. */
  lastSource: string | null;
  /** Counts the steps that selections made; what goes on with the last one does not add to it. */
  selectionStep: number;
  cards: readonly Card[];
  /** Those in the table, left to right; none before main has said which there are. */
  columns: readonly string[];
  sort: readonly Sort[];
  /** The row whose detail is open. */
  opened: RowId | null;
  compared: readonly RowId[];
  /**
   * Sets or lets go a source's selection. A step of its own, unless `amend` makes it part of the
   * source's last one (a drag is one step, however often it reports).
   */
  select(source: string, filter: Filter | null, amend?: boolean): void;
  clearAll(): void;
  switchOff(source: string): void;
  switchOn(source: string): void;
  /** Forgets a filter that is switched off. */
  dropSwitchedOff(source: string): void;
  setSelections(selections: readonly Selection[]): void;
  setCards(cards: readonly Card[]): void;
  /** Shows these cards, and lets go the selection of a control that none of them is any more. */
  arrange(cards: readonly Card[], left: Control | null): void;
  setColumns(columns: readonly string[]): void;
  setSort(sort: readonly Sort[]): void;
  open(id: RowId | null): void;
  toggleCompared(id: RowId): void;
  clearCompared(): void;
}

/** What is seen: selections, dashboard, table order. Everything else is asked of the engine. */
export const useExplore = create<ExploreState>((set) => ({
  selections: [],
  switchedOff: [],
  lastSource: null,
  selectionStep: 0,
  cards: [],
  columns: [],
  sort: [],
  opened: null,
  compared: [],
  select: (source, filter, amend = false) =>
    set((state) => {
      const selections = withSelection(state.selections, source, filter);
      if (amend && state.lastSource === source) return { selections };
      return { ...step(state, selections, source), ...withoutSwitchedOff(state, source) };
    }),
  clearAll: () =>
    set((state) => ({
      ...step(state, []),
      ...(state.switchedOff.length === 0 ? {} : { switchedOff: [] }),
    })),
  switchOff: (source) =>
    set((state) => {
      const selection = state.selections.find((each) => each.source === source);
      if (selection === undefined) return {};
      return {
        ...step(state, withSelection(state.selections, source, null)),
        switchedOff: [...state.switchedOff, selection],
      };
    }),
  switchOn: (source) =>
    set((state) => {
      const selection = state.switchedOff.find((each) => each.source === source);
      if (selection === undefined) return {};
      return {
        ...step(state, withSelection(state.selections, source, selection.filter)),
        ...withoutSwitchedOff(state, source),
      };
    }),
  dropSwitchedOff: (source) => set((state) => withoutSwitchedOff(state, source)),
  setSelections: (selections) => set((state) => ({ ...step(state, selections), switchedOff: [] })),
  setCards: (cards) => set({ cards }),
  arrange: (cards, left) =>
    set((state) => ({
      ...(left === null ? {} : step(state, withSelection(state.selections, left, null))),
      cards,
    })),
  setColumns: (columns) => set({ columns }),
  setSort: (sort) => set({ sort }),
  open: (opened) => set({ opened }),
  toggleCompared: (id) =>
    set(({ compared }) => {
      if (compared.includes(id)) return { compared: compared.filter((other) => other !== id) };
      return compared.length < MOST_COMPARED ? { compared: [...compared, id] } : { compared };
    }),
  clearCompared: () => set({ compared: [] }),
}));

/** A control that selects again has one filter, not another one that is switched off. */
function withoutSwitchedOff(state: ExploreState, source: string): Partial<ExploreState> {
  if (!state.switchedOff.some((each) => each.source === source)) return {};
  return { switchedOff: state.switchedOff.filter((each) => each.source !== source) };
}

function step(
  state: ExploreState,
  selections: readonly Selection[],
  lastSource: string | null = null,
): Partial<ExploreState> {
  if (JSON.stringify(selections) === JSON.stringify(state.selections)) return {};
  return { selections, lastSource, selectionStep: state.selectionStep + 1 };
}
