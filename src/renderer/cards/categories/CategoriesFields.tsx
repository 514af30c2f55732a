import type { FieldsProps } from '../card-kind';
import { ValuesSelect } from '../frame/builder-fields';

/** What is chosen for such a card. */
export function Fields({ draft, over, put }: FieldsProps) {
  return (
    <ValuesSelect
      label="Values of"
      over={over}
      value={draft.slots}
      onChange={(slots) => put({ slots })}
    />
  );
}
