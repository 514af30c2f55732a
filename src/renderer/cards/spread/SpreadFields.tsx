import type { FieldsProps } from '../card-kind';
import { ColumnSelect, ONLY_NUMBERS, ValuesSelect } from '../frame/builder-fields';
import { numberColumns } from '../frame/offered-columns';

/** What is chosen for such a card. */
export function Fields({ draft, over, put }: FieldsProps) {
  return (
    <>
      <ColumnSelect
        label="Column"
        description={ONLY_NUMBERS}
        columns={numberColumns(over.dataset)}
        value={draft.x}
        onChange={(x) => put({ x })}
      />
      <ValuesSelect
        label="By"
        over={over}
        value={draft.slots}
        onChange={(slots) => put({ slots })}
      />
    </>
  );
}
