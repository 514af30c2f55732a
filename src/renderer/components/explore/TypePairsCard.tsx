import { useMemo, useRef } from 'react';
import { titleCase } from '../../charts/format';
import { toPairCounts, type TypePair, TypePairsChart } from '../../charts/type-pairs-option';
import type { CardOf } from '../../../preload/contract/cards';
import type { FilterOf } from '../../../preload/contract/filters';
import { cardQuery } from '../../state/card-query';
import { cardControl } from '../../state/controls';
import { useChartTheme } from '../../state/use-chart-theme';
import { CategoryKeys } from './CategoryKeys';
import type { CardProps } from './card-props';
import { FramedChart } from './FramedChart';
import { useSeenCard } from './use-card';
import { toggled, usePlotClick } from './use-plot-click';

/** Which types go together; a click chooses a pair, another one adds. */
export function TypePairsCard({ card, ...actions }: CardProps<CardOf<'pairs'>>) {
  const query = useMemo(() => cardQuery(card), [card]);
  const data = useSeenCard(card.id, cardControl(card), query);
  const theme = useChartTheme();
  const { whole, selected, own } = data;
  const chosen = useMemo(() => (own?.kind === 'tuples' ? own.tuples.map(pairOf) : []), [own]);
  const chart = useMemo(() => new TypePairsChart(whole ?? [], theme), [whole, theme]);
  const counts = useMemo(() => toPairCounts(selected ?? []), [selected]);
  const latest = useRef(counts);
  latest.current = counts;
  const option = useMemo(() => chart.ghost(() => latest.current), [chart]);
  const marks = useMemo(() => chart.marks(counts, chosen), [chart, counts, chosen]);
  const isReady = whole !== null && selected !== null;
  const toggle = (pair: TypePair | null) => {
    if (pair === null) return;
    const pairs = toggled(chosen, pair, samePair);
    const tuples = pairs.map(({ type_1, type_2 }) => [type_1, type_2]);
    data.select(tuples.length === 0 ? null : { kind: 'tuples', columns: [card.x, card.y], tuples });
  };
  const plot = usePlotClick((x, y) => {
    const pair = chart.pairAt(x, y);
    if (pair !== null && pairs.some((known) => samePair(known, pair))) toggle(pair);
  });
  const pairs = useMemo<TypePair[]>(
    () =>
      (whole ?? []).map((row) => ({
        type_1: String(row['type_1']),
        type_2: row['type_2'] === null ? null : String(row['type_2']),
      })),
    [whole],
  );
  return (
    <FramedChart
      card={card}
      data={data}
      option={isReady ? option : null}
      marks={marks}
      picture={(theme) => new TypePairsChart(whole ?? [], theme).picture(counts, chosen)}
      label="Heatmap of first type against second type"
      onReady={plot.onReady}
      {...actions}
      tools={
        isReady && (
          <p className="card-legend" aria-hidden="true">
            1
            <i style={{ background: `linear-gradient(90deg, ${chart.scale.colors.join(', ')})` }} />
            {chart.scale.most} or more Pokémon
          </p>
        )
      }
    >
      <CategoryKeys
        label={card.title}
        names={pairs.map(({ type_1, type_2 }) =>
          type_2 === null
            ? `${titleCase(type_1)} alone`
            : `${titleCase(type_1)} and ${titleCase(type_2)}`,
        )}
        chosen={(index) => chosen.some((pair) => samePair(pair, pairs[index] ?? NO_PAIR))}
        onToggle={(index) => toggle(pairs[index] ?? null)}
        onClear={() => data.select(null)}
        onHighlight={(index) => plot.highlight(undefined, index)}
      />
    </FramedChart>
  );
}

function pairOf([one, other = null]: FilterOf<'tuples'>['tuples'][number]): TypePair {
  return { type_1: String(one), type_2: other === null ? null : String(other) };
}

const NO_PAIR: TypePair = { type_1: '', type_2: null };

function samePair(a: TypePair, b: TypePair): boolean {
  return a.type_1 === b.type_1 && a.type_2 === b.type_2;
}
