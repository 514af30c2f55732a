import { columnLabel, groupOf, singular } from '../../state/column-words';
import { labelWithin } from '../../charts/format';
import { tuplesControl } from '../../state/controls';
import type { CardKind } from '../card-kind';
import { valuedColumns } from '../frame/offered-columns';
import { PairsCard } from './PairsCard';
import { pairsTable } from './pairs-table';

/** How many rows have each pair of values, as squares. */
export const pairsKind: CardKind<'pairs'> = {
  control: ({ x, y }) => tuplesControl([x, y]),
  isTall: true,
  Chart: PairsCard,
  table: pairsTable,
  builder: {
    charts: [
      {
        id: 'pairs',
        label: 'Pairs',
        thumbnail:
          'M6 3h8v8h-8zM16 3h8v8h-8zM36 3h8v8h-8zM6 12h8v8h-8zM26 12h8v8h-8zM16 21h8v8h-8zM26 21h8v8h-8zM36 21h8v8h-8z',
      },
    ],
    whyNot: ({ dataset }) =>
      valuedColumns(dataset).length < 2 ? 'it takes two columns of values to tell apart' : null,
    draftOf: ({ x, y }) => ({ chart: 'pairs', pair: [x, y] }),
    cardOf: ({ pair: [x, y] }) => ({ kind: 'pairs', x, y }),
    nameOf: ({ pair: [x, y] }) => {
      const group = groupOf([x, y]);
      return group === undefined
        ? `${columnLabel(x)} and ${labelWithin(y)}`
        : `${singular(group.label)} pairs`;
    },
    loadFields: async () => (await import('./PairsFields')).Fields,
  },
};
