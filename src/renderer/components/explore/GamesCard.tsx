import { useMemo } from 'react';
import type { ChartRow } from '../../../preload/contract/chart-query';
import type { Filter } from '../../../preload/contract/filters';
import { gamesOption, setKey, setNames } from '../../charts/games-option';
import type { CardOf } from '../../../preload/contract/cards';
import { cardQuery } from '../../state/card-query';
import { cardControl } from '../../state/controls';
import { useChartTheme } from '../../state/use-chart-theme';
import { CategoryKeys } from './CategoryKeys';
import type { CardProps } from './card-props';
import { FramedChart } from './FramedChart';
import { useSeenCard } from './use-card';
import { toggled, usePlotClick } from './use-plot-click';

const GRIDS = 2;

/** The games and their overlaps; a click keeps those in exactly these games, another one adds. */
export function GamesCard({ card, ...actions }: CardProps<CardOf<'sets'>>) {
  const { members: games } = card;
  const query = useMemo(() => cardQuery(card), [card]);
  const data = useSeenCard(card.id, cardControl(card), query);
  const theme = useChartTheme();
  const { whole, selected, own } = data;
  const chosen = useMemo(() => chosenSets(own, games, whole ?? []), [own, games, whole]);
  const drawn = useMemo(
    () =>
      whole === null || selected === null
        ? null
        : gamesOption(games, whole, selected, chosen, theme),
    [games, whole, selected, chosen, theme],
  );
  const count = whole?.length ?? 0;
  const pick = (index: number) => {
    const set = drawn?.combinationAt(index) ?? null;
    if (set === null) return;
    const before = own?.kind === 'sets' ? own.sets : [];
    const sets = toggled(before, set, (a, b) => setKey(a) === setKey(b));
    data.select(
      sets.length === 0 ? null : { kind: 'sets', column: card.column, members: games, sets },
    );
  };
  const plot = usePlotClick((_x, y) => pick(y), GRIDS);
  // The keyboard walks from the top, where the chart counts from the bottom.
  const setAt = (index: number) => drawn?.combinationAt(count - 1 - index) ?? [];
  return (
    <FramedChart
      card={card}
      data={data}
      option={drawn?.option ?? null}
      picture={(theme) => gamesOption(games, whole ?? [], selected ?? [], chosen, theme).option}
      label="Pokémon by the combination of games they are in"
      onReady={plot.onReady}
      {...actions}
    >
      <CategoryKeys
        label={card.title}
        names={Array.from({ length: count }, (_, index) => setNames(setAt(index)))}
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

/** The combinations that a filter keeps; none where it says nothing of the games shown. */
function chosenSets(
  filter: Filter | null,
  games: readonly string[],
  whole: readonly ChartRow[],
): readonly (readonly string[])[] {
  if (filter?.kind === 'sets') return filter.sets;
  if (filter?.kind !== 'one-of') return [];
  const values = filter.values.map(String);
  if (!values.every((game) => games.includes(game))) return [];
  const sets = whole.map((row) => row['combination'] as readonly string[]);
  return sets.filter((set) =>
    filter.match === 'all'
      ? values.every((game) => set.includes(game))
      : values.some((game) => set.includes(game)),
  );
}
