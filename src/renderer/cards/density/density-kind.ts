import { columnLabel } from '../../state/column-words';
import { labelWithin } from '../../charts/format';
import { areaControl } from '../../state/controls';
import type { CardKind } from '../card-kind';
import { orderedColumns, whyNothingOrdered } from '../frame/offered-columns';
import { DensityCard } from './DensityCard';
import { densityTable } from './density-table';

/** Two columns against each other: a scatter plot, and counted cells where dots are too many. */
export const densityKind: CardKind<'density'> = {
  control: areaControl,
  isTall: true,
  Chart: DensityCard,
  table: densityTable,
  builder: {
    charts: [
      {
        id: 'scatter',
        label: 'Scatter',
        thumbnail:
          'M5 24h3v3h-3zM11 19h3v3h-3zM15 25h3v3h-3zM18 15h3v3h-3zM23 20h3v3h-3zM26 11h3v3h-3zM31 16h3v3h-3zM34 6h3v3h-3zM40 9h3v3h-3z',
      },
    ],
    whyNot: ({ dataset }) => whyNothingOrdered(dataset),
    draftOf: ({ x, y, color, log }) => ({ chart: 'scatter', x, y, color: color ?? null, log }),
    cardOf: ({ x, y, color, log }) => ({
      kind: 'density',
      x,
      y,
      log,
      ...(color === null ? {} : { color }),
    }),
    nameOf: ({ x, y }) => `${columnLabel(y)} against ${labelWithin(x)}`,
    xColumns: ({ dataset }) => orderedColumns(dataset),
    loadFields: async () => (await import('./DensityFields')).Fields,
  },
};
