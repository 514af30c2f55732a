import { Switch } from '@mantine/core';
import { columnLabel } from '../../state/column-words';
import { labelWithin } from '../../charts/format';
import { areaControl } from '../../state/controls';
import type { CardKind, FieldsProps } from '../card-kind';
import { ColorSelect, ColumnSelect, onlyOrdered, orderedColumns } from '../frame/builder-fields';
import { DensityCard } from './DensityCard';
import { densityTable } from './density-table';

/** Two columns against each other: a scatter plot, and counted cells where dots are too many. */
export const densityKind: CardKind<'density'> = {
  control: areaControl,
  isTall: true,
  Chart: DensityCard,
  table: densityTable,
  builder: {
    charts: () => [{ id: 'scatter', label: 'Scatter' }],
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
    Fields,
  },
};

function Fields({ draft, over, put }: FieldsProps) {
  const { dataset } = over;
  const measured = orderedColumns(dataset);
  return (
    <>
      <ColumnSelect
        label="Across (x)"
        description={onlyOrdered(dataset)}
        columns={measured}
        value={draft.x}
        onChange={(x) => put({ x })}
      />
      <ColumnSelect
        label="Up (y)"
        description={onlyOrdered(dataset)}
        columns={measured}
        value={draft.y}
        onChange={(y) => put({ y })}
      />
      <ColorSelect dataset={dataset} value={draft.color} onChange={(color) => put({ color })} />
      <Switch
        label="Logarithmic axes"
        checked={draft.log}
        onChange={(event) => put({ log: event.currentTarget.checked })}
      />
    </>
  );
}
