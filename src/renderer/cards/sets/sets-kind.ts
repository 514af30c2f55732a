import { columnLabel } from '../../state/column-words';
import { choiceControl } from '../../state/controls';
import type { CardKind } from '../card-kind';
import { listColumns } from '../frame/offered-columns';
import { SetsCard } from './SetsCard';
import { setsTable } from './sets-table';

/** How the members of a list column overlap, as an UpSet plot. */
export const setsKind: CardKind<'sets'> = {
  control: ({ column }) => choiceControl([column]),
  isTall: true,
  Chart: SetsCard,
  table: setsTable,
  builder: {
    charts: [
      {
        id: 'sets',
        label: 'Sets',
        thumbnail:
          'M5 5h5v5h-5zM12 5h5v5h-5zM22 5h22v5h-22zM5 13h5v5h-5zM22 13h14v5h-14zM12 21h5v5h-5zM22 21h8v5h-8z',
      },
    ],
    whyNot: ({ dataset }) => (listColumns(dataset).length === 0 ? 'no column holds lists' : null),
    draftOf: ({ column, members }) => ({ chart: 'sets', list: column, members }),
    cardOf: ({ list, members }) => ({ kind: 'sets', column: list, members }),
    nameOf: ({ list }) => columnLabel(list),
    loadFields: async () => (await import('./SetsFields')).Fields,
  },
};
