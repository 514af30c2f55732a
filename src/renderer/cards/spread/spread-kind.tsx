import { choiceControl } from '../../state/controls';
import type { CardKind, FieldsProps } from '../card-kind';
import { ColumnSelect, numberColumns, ONLY_NUMBERS, ValuesSelect } from '../frame/builder-fields';
import { SpreadCard } from './SpreadCard';
import { spreadTable, spreadTitle } from './spread-table';

/** How a number column is spread within each value of others, as box plots. */
export const spreadKind: CardKind<'spread'> = {
  control: ({ by }) => choiceControl(by),
  isTall: true,
  Chart: SpreadCard,
  table: spreadTable,
  builder: {
    charts: () => [{ id: 'box', label: 'Box' }],
    draftOf: ({ column, by }) => ({ chart: 'box', x: column, slots: by }),
    cardOf: ({ x, slots }) => ({ kind: 'spread', column: x, by: slots }),
    nameOf: ({ x, slots }) => spreadTitle(x, slots),
    xColumns: ({ dataset }) => numberColumns(dataset),
    Fields,
  },
};

function Fields({ draft, over, put }: FieldsProps) {
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
