import { columnsLabel } from '../../state/column-words';
import { choiceControl } from '../../state/controls';
import type { CardKind } from '../card-kind';
import { CategoriesCard } from './CategoriesCard';
import { categoriesTable } from './categories-table';

/** How many rows have each value of a column, or of columns that share a vocabulary. */
export const categoriesKind: CardKind<'categories'> = {
  control: ({ columns }) => choiceControl(columns),
  isTall: true,
  Chart: CategoriesCard,
  table: categoriesTable,
  builder: {
    charts: () => [{ id: 'categories', label: 'Categories' }],
    draftOf: ({ columns, most }) => ({ chart: 'categories', slots: columns, most }),
    cardOf: ({ slots, most }) => ({ kind: 'categories', columns: slots, most }),
    nameOf: ({ slots }) => columnsLabel(slots),
    loadFields: async () => (await import('./CategoriesFields')).Fields,
  },
};
