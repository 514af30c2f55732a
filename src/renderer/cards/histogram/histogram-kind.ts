import { columnLabel, holdsMoments } from '../../state/column-words';
import { rangeControl } from '../../state/controls';
import type { CardKind } from '../card-kind';
import { orderedColumns } from '../frame/offered-columns';
import { HistogramCard } from './HistogramCard';
import { histogramTable } from './histogram-table';

/** How the values of a number or time column are spread; a range is dragged over it. */
export const histogramKind: CardKind<'histogram'> = {
  control: ({ column }) => rangeControl(column),
  isTall: false,
  Chart: HistogramCard,
  table: histogramTable,
  builder: {
    charts: () => [{ id: 'histogram', label: 'Histogram' }],
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
