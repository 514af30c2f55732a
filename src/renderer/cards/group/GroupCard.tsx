import { useMemo } from 'react';
import { cardQuestion } from '../../../preload/contract/card-questions';
import type { CardOf } from '../../../preload/contract/cards';
import type { Answers } from '../../../preload/contract/questions';
import type { Filter } from '../../../preload/contract/filters';
import { columnTitle } from '../../charts/format';
import { isOrdered } from '../../state/column-words';
import { withToggled } from '../../state/choice';
import { useChartTheme } from '../../state/use-chart-theme';
import { binAxis, binRange, middleOf, sameEnds } from '../brush/bin-range';
import { CategoryKeys } from '../brush/CategoryKeys';
import { RangeBrush } from '../brush/RangeBrush';
import type { CardProps } from '../card-kind';
import { FramedChart } from '../frame/FramedChart';
import { withoutValue } from '../frame/left-out';
import { useSeenCard } from '../frame/use-card';
import { usePlotClick } from '../frame/use-plot-click';
import { groupControl } from './group-control';
import {
  type ComparedGroups,
  type GroupKey,
  groupOption,
  type Groups,
  isBin,
  isChosen,
} from './group-option';
import { groupTable } from './group-table';

const NO_GROUPS: Groups = { groups: [], edges: [] };

/** An aggregate by any column. Numbers and moments are brushed, names are clicked. */
export function GroupCard({ card, ...actions }: CardProps<'group'>) {
  const { x, aggregate } = card;
  const question = useMemo(() => cardQuestion<'group'>(card), [card]);
  const data = useSeenCard(card.id, groupControl(card), question);
  const theme = useChartTheme();
  const { whole, selected, own } = data;
  const before = useMemo<ComparedGroups | null>(
    () => data.before && { version: data.before.version, groups: data.before.answer.groups },
    [data.before],
  );
  const drawn = useMemo(
    () =>
      whole === null || selected === null
        ? null
        : groupOption(card, whole, selected, own, theme, before),
    [card, whole, selected, own, theme, before],
  );
  const keys = drawn?.keys ?? [];
  const toggle = (index: number) => {
    const key = keys[index];
    if (key !== undefined) data.select(nextFilter(card, own, key));
  };
  const plot = usePlotClick((index) => toggle(index));
  const bins = useMemo(
    () => (drawn?.keys ?? []).filter(isBin).map((key) => ({ x0: key.x, x1: key.x1 })),
    [drawn],
  );
  const axis = useMemo(() => binAxis(x, bins), [x, bins]);
  const inset = drawn?.inset;
  return (
    <FramedChart
      card={card}
      data={data}
      table={whole === null || selected === null ? null : groupTable(card, selected)}
      option={drawn?.option ?? null}
      marks={drawn?.marks}
      picture={(theme) =>
        groupOption(card, whole ?? NO_GROUPS, selected ?? NO_GROUPS, own, theme, before)
      }
      leftOut={selected === null ? null : leftOutOf(card, selected)}
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
          middle={middleOf(filledBins(selected ?? NO_GROUPS, aggregate))}
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
function leftOutOf(
  { x, y }: CardOf<'group'>,
  { leftOut, unmeasured }: Answers['group'],
): string | null {
  const isSame = y === undefined || y === x;
  const words = [
    isOrdered(x) ? withoutValue(leftOut, isSame ? undefined : x) : null,
    isSame ? null : withoutValue(unmeasured, y),
  ].filter((part) => part !== null);
  return words.length === 0 ? null : words.join(' · ');
}

/** Bins by how many rows they count; of another measure each that has any. */
function filledBins({ groups }: Groups, aggregate: string) {
  const filled = new Map<number, { x0: number; x1: number; n: number }>();
  for (const { x, x1 = Number(x), y } of groups) {
    const n = aggregate === 'count' ? Number(y) : 1;
    const known = filled.get(Number(x))?.n ?? 0;
    filled.set(Number(x), { x0: Number(x), x1, n: known + n });
  }
  return [...filled.values()].sort((a, b) => a.x0 - b.x0);
}

/** A bin sets a range, a name joins or leaves the names chosen. */
function nextFilter(card: CardOf<'group'>, own: Filter | null, key: GroupKey): Filter | null {
  if (isBin(key)) {
    const ends = binRange(card.x, key.x, key.x1);
    const again = own?.kind === 'range' && sameEnds(own, ends);
    return again ? null : { kind: 'range', column: card.x, ...ends };
  }
  return withToggled(own, [card.x], key.x);
}
