import { type CSSProperties, useMemo, useRef } from 'react';
import { highestOf } from '../../../preload/contract/extent';
import { cardQuestion } from '../../../preload/contract/card-questions';
import { formatNumber, labelWithin, valueLabel } from '../../charts/format';
import { columnsLabel, rowsTitle, singular } from '../../state/column-words';
import { keptIn, withToggled } from '../../state/choice';
import { choiceControl } from '../../state/controls';
import { useChartTheme } from '../../state/use-chart-theme';
import { CategoryKeys } from '../brush/CategoryKeys';
import type { CardProps } from '../card-kind';
import { FramedChart } from '../frame/FramedChart';
import { useOwnScale } from '../frame/own-scale';
import { useSeenCard } from '../frame/use-card';
import { usePlotClick } from '../frame/use-plot-click';
import {
  categoriesGhost,
  categoriesMarks,
  slotOpacity,
  sum,
  toValueCounts,
  type ValueCount,
  type ComparedCounts,
  withSlotsLegend,
} from './categories-option';
import { categoriesTable } from './categories-table';

/** A bar per value, in all the card's columns; a click chooses a value, another one adds. */
export function CategoriesCard({ card, ...actions }: CardProps<'categories'>) {
  const { columns, most } = card;
  const question = useMemo(() => cardQuestion<'categories'>(card), [card]);
  const data = useSeenCard(card.id, choiceControl(columns), question);
  const theme = useChartTheme();
  const { whole, selected, own } = data;
  const order = useMemo(() => toValueCounts(whole, most), [whole, most]);
  const chosen = useMemo(
    () =>
      keptIn(
        own,
        order.map(({ value }) => value),
      ),
    [own, order],
  );
  const counts = useMemo(() => toValueCounts(selected), [selected]);
  const before = useMemo<ComparedCounts | null>(
    () =>
      data.before && { version: data.before.version, counts: toValueCounts(data.before.answer) },
    [data.before],
  );
  const outlined = useMemo(() => shownOf(before?.counts ?? [], order), [before, order]);
  const scale = useOwnScale(highest(shownOf(counts, order)), highest(order), highest(outlined));
  const latest = useRef(counts);
  latest.current = counts;
  const option = useMemo(
    () => categoriesGhost(columns, order, () => latest.current, theme, scale.end, before),
    [columns, order, theme, scale.end, before],
  );
  const marks = useMemo(
    () => categoriesMarks(columns, order, counts, chosen, theme, before),
    [columns, order, counts, chosen, theme, before],
  );
  const toggle = (index: number) => {
    const value = order[index]?.value;
    if (value === undefined) return;
    data.select(withToggled(own, columns, value));
  };
  const plot = usePlotClick((_x, y) => toggle(order.length - 1 - y));
  const isReady = whole !== null && selected !== null;
  const hidden = (whole?.values.length ?? 0) - order.length + (whole?.others ?? 0);
  return (
    <FramedChart
      card={card}
      data={data}
      table={isReady ? categoriesTable(card, selected) : null}
      option={isReady ? option : null}
      marks={marks}
      picture={(theme) => ({
        option: withSlotsLegend(
          categoriesGhost(columns, order, () => counts, theme, scale.end),
          columns,
          theme,
        ),
        marks: categoriesMarks(columns, order, counts, chosen, theme, before),
      })}
      leftOut={leftOutWords(hidden, before, outlined.length)}
      label={`${rowsTitle()} by ${singular(columnsLabel(columns)).toLowerCase()}`}
      onReady={plot.onReady}
      {...actions}
      tools={
        <>
          {scale.tool}
          {columns.length > 1 && (
            <p className="card-legend" aria-hidden="true">
              {columns.map((column, slot) => (
                <span key={column} style={{ '--part': slotOpacity(slot) } as CSSProperties}>
                  {labelWithin(column)}
                </span>
              ))}
            </p>
          )}
        </>
      }
    >
      <CategoryKeys
        label={card.title}
        names={order.map(({ value }) => valueLabel(columns[0] ?? '', value))}
        chosen={(index) => chosen.includes(order[index]?.value ?? null)}
        onToggle={toggle}
        onClear={() => data.select(null)}
        onHighlight={(index) =>
          plot.highlight(undefined, index === null ? null : order.length - 1 - index)
        }
      />
    </FramedChart>
  );
}

/** Values that have no bar, and of the version that is compared with those that have none here. */
function leftOutWords(
  hidden: number,
  before: ComparedCounts | null,
  outlined: number,
): string | null {
  const gone = (before?.counts.length ?? 0) - outlined;
  const words = [
    ...(hidden > 0 ? [`${formatNumber(hidden)} rarer values not shown`] : []),
    ...(before !== null && gone > hidden
      ? [`${formatNumber(gone)} values of version ${before.version} not shown`]
      : []),
  ];
  return words.length === 0 ? null : words.join(' · ');
}

/** The counts of the values that have a bar. */
function shownOf(counts: readonly ValueCount[], order: readonly ValueCount[]): ValueCount[] {
  const shown = new Set(order.map(({ value }) => value));
  return counts.filter(({ value }) => shown.has(value));
}

function highest(counts: readonly ValueCount[]): number {
  return highestOf(
    counts.map(({ n }) => sum(n)),
    0,
  );
}
