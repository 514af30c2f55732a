import { useMemo } from 'react';
import { datasetColumn } from '../../../preload/contract/dataset';
import type { Filter } from '../../../preload/contract/filters';
import { columnTitle } from '../../charts/format';
import { type GroupKey, groupOption, isBin, isChosen } from '../../charts/group-option';
import type { Card } from '../../state/cards';
import { cardQuery } from '../../state/card-query';
import { useChartTheme } from '../../state/use-chart-theme';
import { binRange } from './bin-range';
import { CategoryKeys } from './CategoryKeys';
import type { CardProps } from './card-props';
import { FramedChart } from './FramedChart';
import { RangeBrush } from './RangeBrush';
import { useSeenCard } from './use-card';
import { toggled, usePlotClick } from './use-plot-click';

type GroupOfCards = Extract<Card, { kind: 'group' }>;

/** A chart a person built: an aggregate by any column. Numbers are brushed, names are clicked. */
export function GroupCard({ card, ...actions }: CardProps<GroupOfCards>) {
  const { x, aggregate } = card;
  const query = useMemo(() => cardQuery(card), [card]);
  const data = useSeenCard(card.id, query);
  const theme = useChartTheme();
  const { whole, selected, own } = data;
  const drawn = useMemo(
    () =>
      whole === null || selected === null ? null : groupOption(card, whole, selected, own, theme),
    [card, whole, selected, own, theme],
  );
  const keys = drawn?.keys ?? [];
  const toggle = (index: number) => {
    const key = keys[index];
    if (key !== undefined) data.select(nextFilter(card, own, key));
  };
  const plot = usePlotClick((index) => toggle(index));
  const bins = keys.filter(isBin);
  const [first, last] = [bins[0], bins.at(-1)];
  const inset = drawn?.inset;
  return (
    <FramedChart
      card={card}
      data={data}
      option={drawn?.option ?? null}
      label={`${aggregate} by ${columnTitle(x)}`}
      {...actions}
      onReady={plot.onReady}
    >
      {first === undefined || last === undefined ? (
        <CategoryKeys
          label={card.title}
          names={keys.map(({ label }) => label)}
          chosen={(index) => isChosen(keys[index], own) ?? false}
          onToggle={toggle}
          onClear={() => data.select(null)}
          onHighlight={(index) => plot.highlight(undefined, index)}
        />
      ) : (
        <RangeBrush
          label={card.title}
          domain={[first.x, last.x1]}
          range={
            own?.kind === 'range' && own.min !== undefined && own.max !== undefined
              ? [own.min, own.max]
              : null
          }
          inset={inset && `${inset.top}px ${inset.right}px ${inset.bottom}px ${inset.left}px`}
          onChange={(range, amend) =>
            data.select(
              range === null ? null : { kind: 'range', column: x, min: range[0], max: range[1] },
              amend,
            )
          }
        />
      )}
    </FramedChart>
  );
}

/** A bin sets a range, a name joins or leaves the names chosen. */
function nextFilter(card: GroupOfCards, own: Filter | null, key: GroupKey): Filter | null {
  if (isBin(key)) {
    const [min, max] = binRange(card.x, key.x, key.x1);
    const again = own?.kind === 'range' && own.min === min && own.max === max;
    return again ? null : { kind: 'range', column: card.x, min, max };
  }
  const text = key.x === null ? null : String(key.x);
  const isTruth = datasetColumn(card.x)?.type === 'BOOLEAN';
  const value = isTruth && text !== null ? text === 'true' : text;
  const values = toggled(own?.kind === 'one-of' ? own.values : [], value);
  return values.length === 0 ? null : { kind: 'one-of', column: card.x, values };
}
