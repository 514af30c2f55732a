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
    charts: ({ dataset }) =>
      listColumns(dataset).length === 0 ? [] : [{ id: 'sets', label: 'Sets' }],
    draftOf: ({ column, members }) => ({ chart: 'sets', list: column, members }),
    cardOf: ({ list, members }) => ({ kind: 'sets', column: list, members }),
    nameOf: ({ list }) => columnLabel(list),
    loadFields: async () => (await import('./SetsFields')).Fields,
  },
};
