import { useMemo, useRef } from 'react';
import { titleCase } from '../../charts/format';
import { toTypeCounts, typesGhost, typesMarks, typesOption } from '../../charts/types-option';
import type { CardOf } from '../../../preload/contract/cards';
import { cardQuery } from '../../state/card-query';
import { cardControl } from '../../state/controls';
import { useChartTheme } from '../../state/use-chart-theme';
import { CategoryKeys } from './CategoryKeys';
import type { CardProps } from './card-props';
import { FramedChart } from './FramedChart';
import { useSeenCard } from './use-card';
import { toggled, usePlotClick } from './use-plot-click';

/** Both type slots; a click chooses a type, another one adds. */
export function TypesCard({ card, ...actions }: CardProps<CardOf<'categories'>>) {
  const query = useMemo(() => cardQuery(card), [card]);
  const data = useSeenCard(card.id, cardControl(card), query);
  const theme = useChartTheme();
  const { whole, selected, own } = data;
  const chosen = useMemo(() => (own?.kind === 'one-of' ? own.values.map(String) : []), [own]);
  const order = useMemo(() => toTypeCounts(whole ?? []), [whole]);
  const counts = useMemo(() => toTypeCounts(selected ?? []), [selected]);
  const latest = useRef(counts);
  latest.current = counts;
  const option = useMemo(() => typesGhost(order, () => latest.current, theme), [order, theme]);
  const marks = useMemo(
    () => typesMarks(order, counts, chosen, theme),
    [order, counts, chosen, theme],
  );
  const toggle = (index: number) => {
    const type = order[index]?.type;
    if (type === undefined) return;
    const values = toggled(chosen, type);
    data.select(
      values.length === 0 ? null : { kind: 'one-of', columns: card.columns, values, match: 'any' },
    );
  };
  const plot = usePlotClick((_x, y) => toggle(order.length - 1 - y));
  return (
    <FramedChart
      card={card}
      data={data}
      option={whole === null || selected === null ? null : option}
      marks={marks}
      picture={(theme) => typesOption(order, counts, chosen, theme)}
      label="Pokémon by type, first and second slot"
      onReady={plot.onReady}
      {...actions}
      tools={
        <p className="card-legend" aria-hidden="true">
          <span>first type</span>
          <span data-part="second">second type</span>
        </p>
      }
    >
      <CategoryKeys
        label={card.title}
        names={order.map(({ type }) => titleCase(type))}
        chosen={(index) => chosen.includes(order[index]?.type ?? '')}
        onToggle={toggle}
        onClear={() => data.select(null)}
        onHighlight={(index) =>
          plot.highlight(undefined, index === null ? null : order.length - 1 - index)
        }
      />
    </FramedChart>
  );
}
