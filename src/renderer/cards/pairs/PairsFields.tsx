import type { FieldsProps } from '../card-kind';
import { ColumnSelect } from '../frame/builder-fields';
import { valuedColumns } from '../frame/offered-columns';

/** What is chosen for such a card. */
export function Fields({ draft, over, put }: FieldsProps) {
  const columns = valuedColumns(over.dataset);
  const [x, y] = draft.pair;
  return (
    <>
      <ColumnSelect
        label="Down"
        columns={columns}
        value={x}
        onChange={(down) => put({ pair: [down, y] })}
      />
      <ColumnSelect
        label="Across"
        columns={columns}
        value={y}
        onChange={(across) => put({ pair: [x, across] })}
      />
    </>
  );
}
