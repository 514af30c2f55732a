import { choiceControl } from '../../state/controls';
import type { CardKind } from '../card-kind';
import { numberColumns } from '../frame/offered-columns';
import { SpreadCard } from './SpreadCard';
import { spreadTable, spreadTitle } from './spread-table';

/** How a number column is spread within each value of others, as box plots. */
export const spreadKind: CardKind<'spread'> = {
  control: ({ by }) => choiceControl(by),
  isTall: true,
  Chart: SpreadCard,
  table: spreadTable,
  builder: {
    charts: () => [{ id: 'box', label: 'Box' }],
    draftOf: ({ column, by }) => ({ chart: 'box', x: column, slots: by }),
    cardOf: ({ x, slots }) => ({ kind: 'spread', column: x, by: slots }),
    nameOf: ({ x, slots }) => spreadTitle(x, slots),
    xColumns: ({ dataset }) => numberColumns(dataset),
    loadFields: async () => (await import('./SpreadFields')).Fields,
  },
};
