import { NativeSelect } from '@mantine/core';
import { AGGREGATES } from '../../../preload/contract/questions';
import { titleCase } from '../../charts/format';
import { rowsNoun } from '../../state/column-words';
import type { FieldsProps } from '../card-kind';
import { ColorSelect, ColumnSelect, ONLY_NUMBERS } from '../frame/builder-fields';
import { allColumns, numberColumns } from '../frame/offered-columns';

/** What is chosen for such a card. */
export function Fields({ draft, over, put }: FieldsProps) {
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
