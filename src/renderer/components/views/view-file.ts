import type { Card } from '../../../preload/contract/cards';
import type { Sort } from '../../../preload/contract/filters';
import { NEWEST_FORMAT, type NewView } from '../../../preload/contract/view-format';
import { useDescribed } from '../../state/described';
import { firstCards } from '../../state/first-view';
import type { Selection } from '../../state/selections';

/** Everything of the screen that a view file keeps. */
export interface Dashboard {
  selections: readonly Selection[];
  columns: readonly string[];
  sort: readonly Sort[];
  cards: readonly Card[];
}

/** Which data the view is made of: the published ones, a version of them, or a table that a person opened. */
function shownData(): NewView['dataset'] {
  const { opened } = useDescribed.getState();
  if (opened === null) return { kind: 'published' };
  const { title, columns, versions } = opened.described;
  if (versions !== undefined) return { kind: 'published', version: versions.now.version };
  return { kind: 'file', name: title, columns: columns.map(({ name }) => name) };
}

/** What is seen of the data, without the screen around it: what an export needs. */
export function dataViewOf({ selections, columns, sort }: Omit<Dashboard, 'cards'>): NewView {
  return {
    pokeview: NEWEST_FORMAT,
    dataset: shownData(),
    selections: [...selections],
    columns: [...columns],
    sort: [...sort],
  };
}

/** The dashboard as a view; `dashboardOf` gives back the same one. */
export function viewOf({ selections, columns, sort, cards }: Dashboard): NewView {
  return {
    pokeview: NEWEST_FORMAT,
    dataset: shownData(),
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
    columns: columns ?? allColumns(),
    sort,
    cards: cards ?? firstCards(),
  };
}

function allColumns(): string[] {
  return useDescribed.getState().described?.columns.map(({ name }) => name) ?? [];
}
