import { counted } from '../../../preload/contract/counts';
import { AppError } from '../../../preload/contract/errors';
import { VIEW_FORMAT, type View } from '../../../preload/contract/view';
import { COLUMN_NAMES, type ColumnName } from '../../../preload/contract/dataset';
import { issueWords } from '../../../preload/contract/issue-words';
import type { Sort } from '../../../preload/contract/filters';
import { type Card, cardSchema } from '../../state/cards';
import { DEFAULT_CARDS } from '../../state/default-cards';
import type { Selection } from '../../state/selections';

/** Everything of the screen that a view file keeps. */
export interface Dashboard {
  selections: readonly Selection[];
  columns: readonly ColumnName[];
  sort: readonly Sort[];
  cards: readonly Card[];
}

export const MOST_CARDS = 100;
const HINT = 'Save the view again from the app that made it, or update this one.';

/** What is seen of the data, without the screen around it: what an export needs. */
export function dataViewOf({ selections, columns, sort }: Omit<Dashboard, 'cards'>): View {
  return {
    pokeview: VIEW_FORMAT,
    filters: selections.map((selection) => selection.filter),
    columns: [...columns],
    sort: [...sort],
  };
}

/** The dashboard as a view; `dashboardOf` gives back the same one. */
export function viewOf(dashboard: Dashboard): View {
  return {
    ...dataViewOf(dashboard),
    sources: dashboard.selections.map((selection) => selection.source),
    cards: [...dashboard.cards],
  };
}

export function viewText(view: View): string {
  return `${JSON.stringify(view, null, 2)}\n`;
}

/**
 * The dashboard a view describes. A view without cards has the default ones, one without sources
 * (written by hand) gets names of its own. Throws `bad-view` for cards this app cannot draw.
 */
export function dashboardOf(view: View): Dashboard {
  return {
    selections: selectionsOf(view),
    columns: view.columns ?? COLUMN_NAMES,
    sort: view.sort,
    cards: view.cards === undefined ? DEFAULT_CARDS : cardsOf(view.cards),
  };
}

function selectionsOf(view: View): Selection[] {
  const sources = view.sources ?? view.filters.map((_, index) => `view-${index + 1}`);
  if (sources.length !== view.filters.length) {
    throw broken(
      `The view file has ${counted(view.filters.length, 'filter')} but ${counted(sources.length, 'source')} of them.`,
    );
  }
  const twice = repeated(sources);
  if (twice !== null) throw broken(`The view file has two filters from “${twice}”.`);
  return view.filters.map((filter, index) => ({ source: sources[index] ?? '', filter }));
}

function cardsOf(cards: readonly unknown[]): Card[] {
  const known = cards.map((card, index) => {
    const parsed = cardSchema.safeParse(card);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    const path = issue?.path.join('.') ?? '';
    const place = path === '' ? '' : ` at ${path}`;
    const words = issue === undefined ? 'it is no chart' : issueWords(issue);
    throw broken(
      path === 'kind'
        ? `Card ${index + 1} of the view file is of a kind this app does not know.`
        : `Card ${index + 1} of the view file is wrong${place}: ${words}.`,
    );
  });
  const twice = repeated(known.map((card) => card.id));
  if (twice !== null) throw broken(`The view file has two cards named “${twice}”.`);
  return known;
}

function repeated(names: readonly string[]): string | null {
  return names.find((name, index) => names.indexOf(name) !== index) ?? null;
}

function broken(message: string): AppError {
  return new AppError('bad-view', message, { hint: HINT });
}
