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
    charts: [
      {
        id: 'box',
        label: 'Box',
        thumbnail:
          'M4 8h8v2h-8zM12 4h10v10h-10zM24 4h8v10h-8zM32 8h10v2h-10zM8 22h10v2h-10zM18 18h6v10h-6zM26 18h12v10h-12zM38 22h6v2h-6z',
      },
    ],
    whyNot: ({ dataset }) =>
      numberColumns(dataset).length === 0 ? 'no column holds numbers' : null,
    draftOf: ({ column, by }) => ({ chart: 'box', x: column, slots: by }),
    cardOf: ({ x, slots }) => ({ kind: 'spread', column: x, by: slots }),
    nameOf: ({ x, slots }) => spreadTitle(x, slots),
    xColumns: ({ dataset }) => numberColumns(dataset),
    loadFields: async () => (await import('./SpreadFields')).Fields,
  },
};
