import { useMemo } from 'react';
import { DEFAULT_GAMES } from '../../../preload/contract/dataset';
import { titleCase } from '../../charts/format';
import { gamesOption } from '../../charts/games-option';
import type { Card } from '../../state/cards';
import { useApp } from '../../state/app-store';
import { useChartTheme } from '../../state/use-chart-theme';
import { CategoryKeys } from './CategoryKeys';
import type { CardProps } from './ChartCard';
import { FramedChart } from './FramedChart';
import { useCard } from './use-card';
import { usePlotClick } from './use-plot-click';

const MOST_GAMES = 6;

/** The games and their overlaps: one bar a combination; a click keeps those in all of them. */
export function GamesCard({ card, ...actions }: CardProps<Extract<Card, { kind: 'games' }>>) {
  const inData = useApp((state) => state.dataset?.games);
  const games = useMemo(
    () => (Array.isArray(inData) ? inData.slice(0, MOST_GAMES) : [...DEFAULT_GAMES]),
    [inData],
  );
  const query = useMemo(() => ({ kind: 'games' as const, games }), [games]);
  const data = useCard(card.id, query);
  const theme = useChartTheme();
  const { whole, selected, own } = data;
  const chosen = useMemo(() => (own?.kind === 'games' ? own.values : []), [own]);
  const drawn = useMemo(
    () =>
      whole === null || selected === null ? null : gamesOption(whole, selected, chosen, theme),
    [whole, selected, chosen, theme],
  );
  const count = whole?.length ?? 0;
  const pick = (index: number) => {
    const values = drawn?.combinationAt(index) ?? [];
    const again = values.join() === [...chosen].join();
    data.select(again || values.length === 0 ? null : { kind: 'games', values, match: 'all' });
  };
  const plot = usePlotClick((_x, y) => pick(y));
  const names = Array.from({ length: count }, (_, index) =>
    (drawn?.combinationAt(count - 1 - index) ?? []).map(titleCase).join(', '),
  );
  return (
    <FramedChart
      card={card}
      data={data}
      option={drawn?.option ?? null}
      label="Pokémon by the combination of games they are in"
      onReady={plot.onReady}
      onRemove={actions.onRemove}
    >
      <CategoryKeys
        label={card.title}
        names={names}
        chosen={(index) =>
          chosen.length > 0 &&
          (drawn?.combinationAt(count - 1 - index) ?? []).join() === [...chosen].join()
        }
        onToggle={(index) => pick(count - 1 - index)}
        onClear={() => data.select(null)}
        onHighlight={(index) =>
          plot.highlight(undefined, index === null ? null : count - 1 - index)
        }
      />
    </FramedChart>
  );
}
