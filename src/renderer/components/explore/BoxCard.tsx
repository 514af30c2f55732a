import { NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { type ColumnName, datasetColumn, STATS } from '../../../preload/contract/dataset';
import { boxOption } from '../../charts/box-option';
import { columnTitle, titleCase } from '../../charts/format';
import type { CardOf } from '../../../preload/contract/cards';
import { useExplore } from '../../state/explore-store';
import { cardQuery } from '../../state/card-query';
import { cardControl } from '../../state/controls';
import { useChartTheme } from '../../state/use-chart-theme';
import { CategoryKeys } from './CategoryKeys';
import type { CardProps } from './card-props';
import { FramedChart } from './FramedChart';
import { withoutValue } from './left-out';
import { useMissing, useSeenCard } from './use-card';
import { toggled, usePlotClick } from './use-plot-click';

const CHOICES: readonly ColumnName[] = [
  ...STATS,
  'stat_total',
  'bmi',
  'weight_kg',
  'height_m',
  'base_experience',
];

/** A built card may show a column that is not among them. */
function choicesWith(column: string): readonly string[] {
  return CHOICES.some((name) => name === column) ? CHOICES : [column, ...CHOICES];
}

/** A number column's spread within each type; a click chooses a type. */
export function BoxCard({ card, ...actions }: CardProps<CardOf<'spread'>>) {
  const { column } = card;
  const query = useMemo(() => cardQuery(card), [card]);
  const data = useSeenCard(card.id, cardControl(card), query);
  const theme = useChartTheme();
  const cards = useExplore((state) => state.cards);
  const setCards = useExplore((state) => state.setCards);
  const { selected, own } = data;
  const missing = useMissing(cardControl(card), column);
  const chosen = useMemo(() => (own?.kind === 'one-of' ? own.values.map(String) : []), [own]);
  const option = useMemo(
    () => (selected === null ? null : boxOption(column, selected, chosen, theme)),
    [column, selected, chosen, theme],
  );
  const types = useMemo(() => (selected ?? []).map((row) => String(row['type'])), [selected]);
  const toggle = (index: number) => {
    const type = types[index];
    if (type === undefined) return;
    const values = toggled(chosen, type);
    data.select(
      values.length === 0 ? null : { kind: 'one-of', columns: card.by, values, match: 'any' },
    );
  };
  const plot = usePlotClick((_x, y) => toggle(types.length - 1 - y));
  const choose = (next: string) =>
    setCards(
      cards.map((other) =>
        other.id === card.id
          ? { ...card, column: next, title: `${datasetColumn(next)?.label ?? next} by type` }
          : other,
      ),
    );
  return (
    <FramedChart
      card={card}
      data={data}
      option={option}
      picture={(theme) => boxOption(column, selected ?? [], chosen, theme)}
      leftOut={withoutValue(missing)}
      label={`${columnTitle(column)} by type as box plots`}
      onReady={plot.onReady}
      tools={
        <NativeSelect
          size="xs"
          aria-label="Number to compare"
          value={column}
          onChange={(event) => choose(event.currentTarget.value)}
          data={choicesWith(column).map((name) => ({ value: name, label: columnTitle(name) }))}
        />
      }
      {...actions}
    >
      <CategoryKeys
        label={card.title}
        names={types.map(titleCase)}
        chosen={(index) => chosen.includes(types[index] ?? '')}
        onToggle={toggle}
        onClear={() => data.select(null)}
        onHighlight={(index) =>
          plot.highlight(undefined, index === null ? null : types.length - 1 - index)
        }
      />
    </FramedChart>
  );
}
