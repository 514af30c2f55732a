import type { FieldsProps } from '../card-kind';
import { ColumnSelect, onlyOrdered } from '../frame/builder-fields';
import { orderedColumns } from '../frame/offered-columns';
import { holdsMoments } from '../../state/column-words';
import { AxisSelect } from './AxisSelect';
import { BinsField } from './BinsField';

/** What is chosen for such a card. */
export function Fields({ draft, over, put }: FieldsProps) {
  return (
    <>
      <ColumnSelect
        label="Column"
        description={onlyOrdered(over.dataset)}
        columns={orderedColumns(over.dataset)}
        value={draft.x}
        onChange={(x) => put({ x })}
      />
      {!holdsMoments(draft.x) && (
        <AxisSelect label="Axis" axis={draft.axis} onChange={(axis) => put({ axis })} />
      )}
      <BinsField
        column={draft.x}
        bins={draft.bins}
        axis={draft.axis}
        onChange={(bins) => put({ bins })}
      />
    </>
  );
}
