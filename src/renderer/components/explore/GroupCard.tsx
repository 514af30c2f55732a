import { useMemo } from 'react';
import type { ChartRow } from '../../../preload/contract/chart-query';
import { datasetColumn, isNumberColumn } from '../../../preload/contract/dataset';
import type { Filter } from '../../../preload/contract/filters';
import { columnTitle } from '../../charts/format';
import { type GroupKey, groupOption, isBin, isChosen } from '../../charts/group-option';
import type { CardOf } from '../../../preload/contract/cards';
import { cardQuery } from '../../state/card-query';
import { cardControl } from '../../state/controls';
import { useChartTheme } from '../../state/use-chart-theme';
import { binAxis, binRange, middleOf, sameEnds } from './bin-range';
import { CategoryKeys } from './CategoryKeys';
import type { CardProps } from './card-props';
import { FramedChart } from './FramedChart';
import { withoutValue } from './left-out';
import { RangeBrush } from './RangeBrush';
import { useMissing, useSeenCard } from './use-card';
import { toggled, usePlotClick } from './use-plot-click';

type GroupOfCards = CardOf<'group'>;

/** A chart a person built: an aggregate by any column. Numbers are brushed, names are clicked. */
export function GroupCard({ card, ...actions }: CardProps<GroupOfCards>) {
  const { x, aggregate } = card;
  const query = useMemo(() => cardQuery(card), [card]);
  const data = useSeenCard(card.id, cardControl(card), query);
  const theme = useChartTheme();
  const { whole, selected, own } = data;
  const leftOut = useLeftOut(card);
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
  const bins = useMemo(
    () => (drawn?.keys ?? []).filter(isBin).map(({ x, x1 }) => ({ x0: x, x1 })),
    [drawn],
  );
  const axis = useMemo(() => binAxis(x, bins), [x, bins]);
  const inset = drawn?.inset;
  return (
    <FramedChart
      card={card}
      data={data}
      option={drawn?.option ?? null}
      picture={(theme) => groupOption(card, whole ?? [], selected ?? [], own, theme).option}
      leftOut={leftOut}
      label={`${aggregate} by ${columnTitle(x)}`}
      {...actions}
      onReady={plot.onReady}
    >
      {bins.length === 0 ? (
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
          axis={axis}
          filter={own?.kind === 'range' ? own : null}
          middle={middleOf(filledBins(selected ?? [], aggregate))}
          inset={inset && `${inset.top}px ${inset.right}px ${inset.bottom}px ${inset.left}px`}
          onChange={data.select}
        />
      )}
    </FramedChart>
  );
}

/**
 * A number that is not known has no bin, one that is measured adds nothing; a name that is not known
 * has a bar of its own.
 */
function useLeftOut(card: GroupOfCards): string | null {
  const { x, y, aggregate } = card;
  const control = cardControl(card);
  const measured = aggregate === 'count' ? x : (y ?? x);
  const placed = useMissing(control, x);
  const added = useMissing(control, measured);
  const words = [
    isNumberColumn(x) ? withoutValue(placed, measured === x ? undefined : x) : null,
    measured === x ? null : withoutValue(added, measured),
  ].filter((part) => part !== null);
  return words.length === 0 ? null : words.join(' · ');
}

/** Bins by how many Pokémon they count; of another measure each that has any. */
function filledBins(rows: readonly ChartRow[], aggregate: string) {
  const filled = new Map<number, { x0: number; x1: number; n: number }>();
  for (const { x, x1, y } of rows) {
    const n = aggregate === 'count' ? Number(y) : 1;
    const known = filled.get(Number(x))?.n ?? 0;
    filled.set(Number(x), { x0: Number(x), x1: Number(x1), n: known + n });
  }
  return [...filled.values()].sort((a, b) => a.x0 - b.x0);
}

/** A bin sets a range, a name joins or leaves the names chosen. */
function nextFilter(card: GroupOfCards, own: Filter | null, key: GroupKey): Filter | null {
  if (isBin(key)) {
    const ends = binRange(card.x, key.x, key.x1);
    const again = own?.kind === 'range' && sameEnds(own, ends);
    return again ? null : { kind: 'range', column: card.x, ...ends };
  }
  const text = key.x === null ? null : String(key.x);
  const isTruth = datasetColumn(card.x)?.type === 'BOOLEAN';
  const value = isTruth && text !== null ? text === 'true' : text;
  const values = toggled(own?.kind === 'one-of' ? own.values : [], value);
  return values.length === 0 ? null : { kind: 'one-of', columns: [card.x], values, match: 'any' };
}
