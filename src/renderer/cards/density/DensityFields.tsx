import { Switch } from '@mantine/core';
import type { FieldsProps } from '../card-kind';
import { ColorSelect, ColumnSelect, onlyOrdered } from '../frame/builder-fields';
import { orderedColumns } from '../frame/offered-columns';

/** What is chosen for such a card. */
export function Fields({ draft, over, put }: FieldsProps) {
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
