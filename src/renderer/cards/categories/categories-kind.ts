import { columnsLabel } from '../../state/column-words';
import { choiceControl } from '../../state/controls';
import type { CardKind } from '../card-kind';
import { valuedColumns } from '../frame/offered-columns';
import { CategoriesCard } from './CategoriesCard';
import { categoriesTable } from './categories-table';

/** How many rows have each value of a column, or of columns that share a vocabulary. */
export const categoriesKind: CardKind<'categories'> = {
  control: ({ columns }) => choiceControl(columns),
  isTall: true,
  Chart: CategoriesCard,
  table: categoriesTable,
  builder: {
    charts: [
      {
        id: 'categories',
        label: 'Categories',
        thumbnail: 'M4 4h38v4h-38zM4 11h28v4h-28zM4 18h17v4h-17zM4 25h9v4h-9z',
      },
    ],
    whyNot: ({ dataset }) =>
      valuedColumns(dataset).length === 0 ? 'no column holds values to tell apart' : null,
    draftOf: ({ columns, most }) => ({ chart: 'categories', slots: columns, most }),
    cardOf: ({ slots, most }) => ({ kind: 'categories', columns: slots, most }),
    nameOf: ({ slots }) => columnsLabel(slots),
    loadFields: async () => (await import('./CategoriesFields')).Fields,
  },
};
