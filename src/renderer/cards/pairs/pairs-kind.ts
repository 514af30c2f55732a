import { columnLabel, groupOf, singular } from '../../state/column-words';
import { labelWithin } from '../../charts/format';
import { tuplesControl } from '../../state/controls';
import type { CardKind } from '../card-kind';
import { PairsCard } from './PairsCard';
import { pairsTable } from './pairs-table';

/** How many rows have each pair of values, as squares. */
export const pairsKind: CardKind<'pairs'> = {
  control: ({ x, y }) => tuplesControl([x, y]),
  isTall: true,
  Chart: PairsCard,
  table: pairsTable,
  builder: {
    charts: () => [{ id: 'pairs', label: 'Pairs' }],
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
