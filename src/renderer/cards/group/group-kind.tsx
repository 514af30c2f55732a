import { NativeSelect } from '@mantine/core';
import { AGGREGATES } from '../../../preload/contract/questions';
import { labelWithin, titleCase } from '../../charts/format';
import { rowsNoun, rowsTitle } from '../../state/column-words';
import type { CardKind, FieldsProps } from '../card-kind';
import {
  allColumns,
  ColorSelect,
  ColumnSelect,
  numberColumns,
  ONLY_NUMBERS,
} from '../frame/builder-fields';
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
    charts: () => [
      { id: 'bar', label: 'Bar' },
      { id: 'line', label: 'Line' },
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
    Fields,
  },
};

function Fields({ draft, over, put }: FieldsProps) {
  const { dataset } = over;
  return (
    <>
      <ColumnSelect
        label="By (x)"
        columns={allColumns(dataset)}
        value={draft.x}
        onChange={(x) => put({ x })}
      />
      <NativeSelect
        label="Aggregate"
        value={draft.aggregate}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          put({ aggregate: AGGREGATES.find((known) => known === chosen) ?? draft.aggregate });
        }}
        data={AGGREGATES.map((known) => ({
          value: known,
          label: known === 'count' ? `Count of ${rowsNoun()}` : titleCase(known),
        }))}
      />
      {draft.aggregate !== 'count' && (
        <ColumnSelect
          label="Of (y)"
          description={ONLY_NUMBERS}
          columns={numberColumns(dataset)}
          value={draft.y}
          onChange={(y) => put({ y })}
        />
      )}
      <ColorSelect dataset={dataset} value={draft.color} onChange={(color) => put({ color })} />
    </>
  );
}
