import { columnLabel } from '../../state/column-words';
import { rangeControl } from '../../state/controls';
import type { CardKind, FieldsProps } from '../card-kind';
import { ColumnSelect, onlyOrdered, orderedColumns } from '../frame/builder-fields';
import { BinsField } from './BinsField';
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
    draftOf: ({ column, bins }) => ({ chart: 'histogram', x: column, bins }),
    cardOf: ({ x, bins }) => ({ kind: 'histogram', column: x, bins }),
    nameOf: ({ x }) => columnLabel(x),
    xColumns: ({ dataset }) => orderedColumns(dataset),
    Fields,
  },
};

function Fields({ draft, over, put }: FieldsProps) {
  return (
    <>
      <ColumnSelect
        label="Column"
        description={onlyOrdered(over.dataset)}
        columns={orderedColumns(over.dataset)}
        value={draft.x}
        onChange={(x) => put({ x })}
      />
      <BinsField column={draft.x} bins={draft.bins} onChange={(bins) => put({ bins })} />
    </>
  );
}
