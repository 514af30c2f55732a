import { labelWithin, titleCase } from '../../charts/format';
import { rowsTitle } from '../../state/column-words';
import type { CardKind } from '../card-kind';
import { allColumns } from '../frame/offered-columns';
import { GroupCard } from './GroupCard';
import { groupControl } from './group-control';
import { groupTable } from './group-table';

/** An aggregate for each value or bin of a column, as bars or a line. */
export const groupKind: CardKind<'group'> = {
  control: groupControl,
  isTall: false,
  Chart: GroupCard,
  table: groupTable,
  builder: {
    charts: [
      {
        id: 'bar',
        label: 'Bar',
        thumbnail: 'M5 18h8v11h-8zM16 8h8v21h-8zM27 13h8v16h-8zM38 22h6v7h-6z',
      },
      {
        id: 'line',
        label: 'Line',
        thumbnail: 'M4 24L16 12L28 18L44 4L45 6.5L28.5 21L16.5 15L6 26z',
      },
    ],
    draftOf: ({ shape, x, y, color, aggregate }) => ({
      chart: shape,
      x,
      ...(y === undefined ? {} : { y }),
      color: color ?? null,
      aggregate,
    }),
    cardOf: ({ chart, x, y, color, aggregate }) => ({
      kind: 'group',
      shape: chart,
      x,
      aggregate,
      ...(aggregate === 'count' ? {} : { y }),
      ...(color === null ? {} : { color }),
    }),
    nameOf: ({ x, y, aggregate }) =>
      aggregate === 'count'
        ? `${rowsTitle()} by ${labelWithin(x)}`
        : `${titleCase(aggregate)} ${labelWithin(y)} by ${labelWithin(x)}`,
    xColumns: ({ dataset }) => allColumns(dataset),
    loadFields: async () => (await import('./GroupFields')).Fields,
  },
};
