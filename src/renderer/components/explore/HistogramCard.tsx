import { useMemo, useRef } from 'react';
import { columnTitle } from '../../charts/format';
import {
  histogramGhost,
  histogramMarks,
  histogramOption,
  toBins,
} from '../../charts/histogram-option';
import type { CardOf } from '../../../preload/contract/cards';
import { cardQuery } from '../../state/card-query';
import { cardControl } from '../../state/controls';
import { useChartTheme } from '../../state/use-chart-theme';
import type { CardProps } from './card-props';
import { FramedChart } from './FramedChart';
import { RangeBrush } from './RangeBrush';
import { binAxis, binRange, coverOf, middleOf, sameEnds } from './bin-range';
import { withoutValue } from './left-out';
import { useMissing, useSeenCard } from './use-card';
import { usePlotClick } from './use-plot-click';

/** A histogram on which a range is dragged. */
export function HistogramCard({ card, ...actions }: CardProps<CardOf<'histogram'>>) {
  const { column } = card;
  const query = useMemo(() => cardQuery(card), [card]);
  const data = useSeenCard(card.id, cardControl(card), query);
  const theme = useChartTheme();
  const { whole, selected } = data;
  const own = data.own?.kind === 'range' ? data.own : null;
  const missing = useMissing(cardControl(card), column);
  const edges = useMemo(() => toBins(whole ?? []), [whole]);
  const bins = useMemo(() => toBins(selected ?? []), [selected]);
  const latest = useRef(bins);
  latest.current = bins;
  const option = useMemo(
    () => histogramGhost(column, edges, () => latest.current, theme),
    [column, edges, theme],
  );
  const axis = useMemo(() => binAxis(column, edges), [column, edges]);
  const marks = useMemo(() => {
    const cover = coverOf(axis, own);
    const [low, high] = axis.domain;
    const shares = cover?.map((end) => (end - low) / (high - low)) as [number, number] | undefined;
    return histogramMarks(bins, shares ?? null, theme);
  }, [bins, axis, own, theme]);
  const plot = usePlotClick((index) => {
    const bin = edges[index];
    if (bin === undefined) return;
    const ends = binRange(column, bin.x0, bin.x1);
    const again = own !== null && sameEnds(own, ends);
    data.select(again ? null : { kind: 'range', column, ...ends });
  });
  return (
    <FramedChart
      card={card}
      data={data}
      option={whole === null || selected === null ? null : option}
      marks={marks}
      picture={(theme) => histogramOption(column, edges, bins, coverOf(axis, own), theme)}
      leftOut={withoutValue(missing)}
      label={`Histogram of ${columnTitle(column)}`}
      {...actions}
      onReady={plot.onReady}
    >
      <RangeBrush
        label={card.title}
        axis={axis}
        filter={own}
        middle={middleOf(bins)}
        paleOutside
        onChange={data.select}
      />
    </FramedChart>
  );
}
