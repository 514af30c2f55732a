import { useMemo } from 'react';
import { cardQuestion } from '../../../preload/contract/card-questions';
import type { Answers } from '../../../preload/contract/questions';
import type { Filter } from '../../../preload/contract/filters';
import { columnLabel, rowsTitle } from '../../state/column-words';
import { choiceControl } from '../../state/controls';
import { toggled } from '../../state/toggled';
import { useChartTheme } from '../../state/use-chart-theme';
import { CategoryKeys } from '../brush/CategoryKeys';
import type { CardProps } from '../card-kind';
import { FramedChart } from '../frame/FramedChart';
import { useSeenCard } from '../frame/use-card';
import { usePlotClick } from '../frame/use-plot-click';
import { type ComparedSets, setKey, setNames, setsOption } from './sets-option';
import { setsTable } from './sets-table';

const GRIDS = 2;

/** Members and their overlaps; a click keeps the rows with exactly these members, another one adds. */
export function SetsCard({ card, ...actions }: CardProps<'sets'>) {
  const { column, members } = card;
  const question = useMemo(() => cardQuestion<'sets'>(card), [card]);
  const data = useSeenCard(card.id, choiceControl([column]), question);
  const theme = useChartTheme();
  const { whole, selected, own } = data;
  const chosen = useMemo(() => chosenSets(own, members, whole?.sets ?? []), [own, members, whole]);
  const before = useMemo<ComparedSets | null>(
    () => data.before && { version: data.before.version, sets: data.before.answer.sets },
    [data.before],
  );
  const drawn = useMemo(
    () =>
      whole === null || selected === null
        ? null
        : setsOption({ column, members }, whole.sets, selected.sets, chosen, theme, before),
    [column, members, whole, selected, chosen, theme, before],
  );
  const count = drawn?.count ?? 0;
  const pick = (index: number) => {
    const set = drawn?.setAt(index) ?? null;
    if (set === null) return;
    const before = own?.kind === 'sets' ? own.sets : [];
    const sets = toggled(before, [...set], (a, b) => setKey(a) === setKey(b));
    data.select(sets.length === 0 ? null : { kind: 'sets', column, members, sets });
  };
  const plot = usePlotClick((_x, y) => pick(y), GRIDS);
  // The keyboard walks from the top, where the chart counts from the bottom.
  const setAt = (index: number) => drawn?.setAt(count - 1 - index) ?? [];
  return (
    <FramedChart
      card={card}
      data={data}
      table={selected === null || whole === null ? null : setsTable(card, selected)}
      option={drawn?.option ?? null}
      picture={(theme) =>
        setsOption(
          { column, members },
          whole?.sets ?? [],
          selected?.sets ?? [],
          chosen,
          theme,
          before,
        )
      }
      label={`${rowsTitle()} by the combination of ${columnLabel(column).toLowerCase()} they are in`}
      onReady={plot.onReady}
      {...actions}
    >
      <CategoryKeys
        label={card.title}
        names={Array.from({ length: count }, (_, index) => setNames(column, setAt(index)))}
        chosen={(index) => chosen.some((set) => setKey(set) === setKey(setAt(index)))}
        onToggle={(index) => pick(count - 1 - index)}
        onClear={() => data.select(null)}
        onHighlight={(index) =>
          plot.highlight(undefined, index === null ? null : count - 1 - index)
        }
      />
    </FramedChart>
  );
}

/** The combinations that a filter keeps; none where it says nothing of the members shown. */
function chosenSets(
  filter: Filter | null,
  members: readonly string[],
  whole: Answers['sets']['sets'],
): readonly (readonly string[])[] {
  if (filter?.kind === 'sets') return filter.sets;
  if (filter?.kind !== 'one-of') return [];
  const values = filter.values.map(String);
  if (!values.every((member) => members.includes(member))) return [];
  return whole
    .map(({ set }) => set)
    .filter((set) => {
      const isNamed =
        filter.match === 'all'
          ? values.every((member) => set.includes(member))
          : values.some((member) => set.includes(member));
      return isNamed !== (filter.not === true);
    });
}
