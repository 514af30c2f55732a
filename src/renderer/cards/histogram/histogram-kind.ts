import { columnLabel, holdsMoments } from '../../state/column-words';
import { rangeControl } from '../../state/controls';
import type { CardKind } from '../card-kind';
import { orderedColumns, whyNothingOrdered } from '../frame/offered-columns';
import { HistogramCard } from './HistogramCard';
import { histogramTable } from './histogram-table';

/** How the values of a number or time column are spread; a range is dragged over it. */
export const histogramKind: CardKind<'histogram'> = {
  control: ({ column }) => rangeControl(column),
  isTall: false,
  Chart: HistogramCard,
  table: histogramTable,
  builder: {
    charts: [
      {
        id: 'histogram',
        label: 'Histogram',
        thumbnail:
          'M4 24h6v5h-6zM11 16h6v13h-6zM18 5h6v24h-6zM25 10h6v19h-6zM32 19h6v10h-6zM39 25h6v4h-6z',
      },
    ],
    whyNot: ({ dataset }) => whyNothingOrdered(dataset),
    draftOf: ({ column, bins, axis = 'linear' }) => ({ chart: 'histogram', x: column, bins, axis }),
    cardOf: ({ x, bins, axis }) => ({
      kind: 'histogram',
      column: x,
      bins,
      ...(axis === 'linear' || holdsMoments(x) ? {} : { axis }),
    }),
    nameOf: ({ x }) => columnLabel(x),
    xColumns: ({ dataset }) => orderedColumns(dataset),
    loadFields: async () => (await import('./HistogramFields')).Fields,
  },
};
