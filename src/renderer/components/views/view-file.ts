import type { Card } from '../../../preload/contract/cards';
import { COLUMN_NAMES, type ColumnName } from '../../../preload/contract/dataset';
import type { Sort } from '../../../preload/contract/filters';
import { NEWEST_FORMAT, type NewView } from '../../../preload/contract/view-format';
import { firstCards } from '../../state/first-view';
import type { Selection } from '../../state/selections';

/** Everything of the screen that a view file keeps. */
export interface Dashboard {
  selections: readonly Selection[];
  columns: readonly ColumnName[];
  sort: readonly Sort[];
  cards: readonly Card[];
}

export const MOST_CARDS = 100;

/** What is seen of the data, without the screen around it: what an export needs. */
export function dataViewOf({ selections, columns, sort }: Omit<Dashboard, 'cards'>): NewView {
  return {
    pokeview: NEWEST_FORMAT,
    dataset: { kind: 'published' },
    selections: [...selections],
    columns: [...columns],
    sort: [...sort],
  };
}

/** The dashboard as a view; `dashboardOf` gives back the same one. */
export function viewOf({ selections, columns, sort, cards }: Dashboard): NewView {
  return {
    pokeview: NEWEST_FORMAT,
    dataset: { kind: 'published' },
    selections: [...selections],
    columns: [...columns],
    sort: [...sort],
    cards: [...cards],
  };
}

export function viewText(view: NewView): string {
  return `${JSON.stringify(view, null, 2)}\n`;
}

/** The dashboard a view describes. A view without cards has those of the first view. */
export function dashboardOf({ selections, columns, sort, cards }: NewView): Dashboard {
  return {
    selections,
    // Main has held the view against the data: it names their columns only.
    columns: (columns as ColumnName[] | undefined) ?? COLUMN_NAMES,
    sort: sort as Sort[],
    cards: cards ?? firstCards(),
  };
}
