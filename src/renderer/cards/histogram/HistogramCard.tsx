import { useMemo, useRef } from 'react';
import { cardQuestion } from '../../../preload/contract/card-questions';
import { highestOf } from '../../../preload/contract/extent';
import type { CardOf } from '../../../preload/contract/cards';
import type { BinAxisKind } from '../../../preload/contract/questions';
import { columnTitle } from '../../charts/format';
import { holdsMoments } from '../../state/column-words';
import { rangeControl } from '../../state/controls';
import { useChartTheme } from '../../state/use-chart-theme';
import { binAxis, binRange, coverOf, middleOf, sameEnds, shareOf } from '../brush/bin-range';
import { RangeBrush } from '../brush/RangeBrush';
import type { CardProps } from '../card-kind';
import { FramedChart } from '../frame/FramedChart';
import { withoutLog, withoutValue } from '../frame/left-out';
import { showCard } from '../order';
import { useOwnScale } from '../frame/own-scale';
import { isSkewed } from '../frame/skew';
import { useSeenCard } from '../frame/use-card';
import { usePlotClick } from '../frame/use-plot-click';
import { AxisSelect } from './AxisSelect';
import {
  type Bin,
  type ComparedBins,
  histogramGhost,
  histogramMarks,
  toBins,
} from './histogram-option';
import { histogramTable } from './histogram-table';

/** A histogram on which a range is dragged. */
export function HistogramCard({ card, ...actions }: CardProps<'histogram'>) {
  const { column } = card;
  const question = useMemo(() => cardQuestion<'histogram'>(card), [card]);
  const data = useSeenCard(card.id, rangeControl(column), question);
  const theme = useChartTheme();
  const { whole, selected } = data;
  const own = data.own?.kind === 'range' ? data.own : null;
  const edges = useMemo(() => toBins(whole), [whole]);
  const bins = useMemo(() => toBins(selected), [selected]);
  const before = useMemo<ComparedBins | null>(
    () => data.before && { version: data.before.version, bins: toBins(data.before.answer) },
    [data.before],
  );
  const scale = useOwnScale(highest(bins), highest(edges), highest(before?.bins ?? []));
  const latest = useRef(bins);
  latest.current = bins;
  const option = useMemo(
    () => histogramGhost(column, edges, () => latest.current, theme, scale.end, before),
    [column, edges, theme, scale.end, before],
  );
  const axis = useMemo(() => binAxis(column, edges), [column, edges]);
  const covered = useMemo(() => {
    const cover = coverOf(axis, own);
    return cover === null ? null : ([shareOf(axis, cover[0]), shareOf(axis, cover[1])] as const);
  }, [axis, own]);
  const marks = useMemo(
    () => histogramMarks(bins, covered, theme, before),
    [bins, covered, theme, before],
  );
  const axisKind = card.axis ?? 'linear';
  const mayBend =
    !holdsMoments(column) && (axisKind !== 'linear' || isSkewed(edges.map(({ n }) => n)));
  // The same element while it says the same: a drag would draw it at each of its steps.
  const axisSelect = useMemo(
    () =>
      mayBend && <AxisSelect axis={axisKind} onChange={(kind) => showCard(withAxis(card, kind))} />,
    [mayBend, axisKind, card],
  );
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
      table={whole === null || selected === null ? null : histogramTable(card, selected)}
      option={whole === null || selected === null ? null : option}
      marks={marks}
      picture={(theme) => ({
        option: histogramGhost(column, edges, () => bins, theme, scale.end),
        marks: histogramMarks(bins, covered, theme, before),
      })}
      leftOut={
        axisKind === 'log'
          ? withoutLog(selected?.leftOut ?? 0)
          : withoutValue(selected?.leftOut ?? 0)
      }
      label={`Histogram of ${columnTitle(column)}`}
      {...actions}
      onReady={plot.onReady}
      tools={
        <>
          {scale.tool}
          {axisSelect}
        </>
      }
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

function highest(bins: readonly Bin[]): number {
  return highestOf(
    bins.map(({ n }) => n),
    0,
  );
}

/** Nothing is said of an axis that is as usual. */
function withAxis(card: CardOf<'histogram'>, axis: BinAxisKind): CardOf<'histogram'> {
  const bent = { ...card, axis };
  if (axis === 'linear') delete (bent as Partial<typeof bent>).axis;
  return bent;
}
