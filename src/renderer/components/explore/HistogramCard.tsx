import { useMemo, useRef } from 'react';
import { columnTitle } from '../../charts/format';
import {
  histogramGhost,
  histogramMarks,
  histogramOption,
  toBins,
} from '../../charts/histogram-option';
import type { Card } from '../../state/cards';
import { cardQuery } from '../../state/card-query';
import { useChartTheme } from '../../state/use-chart-theme';
import type { CardProps } from './card-props';
import { FramedChart } from './FramedChart';
import { RangeBrush } from './RangeBrush';
import { binRange } from './bin-range';
import { useSeenCard } from './use-card';
import { usePlotClick } from './use-plot-click';

/** A histogram on which a range is dragged. */
export function HistogramCard({
  card,
  ...actions
}: CardProps<Extract<Card, { kind: 'histogram' }>>) {
  const { column } = card;
  const query = useMemo(() => cardQuery(card), [card]);
  const data = useSeenCard(card.id, query);
  const theme = useChartTheme();
  const { whole, selected, own } = data;
  const low = own?.kind === 'range' ? own.min : undefined;
  const high = own?.kind === 'range' ? own.max : undefined;
  const range = low === undefined || high === undefined ? null : ([low, high] as const);
  const edges = useMemo(() => toBins(whole ?? []), [whole]);
  const bins = useMemo(() => toBins(selected ?? []), [selected]);
  const latest = useRef(bins);
  latest.current = bins;
  const option = useMemo(
    () => histogramGhost(column, edges, () => latest.current, theme),
    [column, edges, theme],
  );
  // The brush pales what is outside: its own drag need not draw the bars anew.
  const marks = useMemo(() => histogramMarks(bins, theme), [bins, theme]);
  const plot = usePlotClick((index) => {
    const bin = edges[index];
    if (bin === undefined) return;
    const [min, max] = binRange(column, bin.x0, bin.x1);
    const again = low === min && high === max;
    data.select(again ? null : { kind: 'range', column, min, max });
  });
  const domain = [edges[0]?.x0 ?? 0, edges.at(-1)?.x1 ?? 1] as const;
  return (
    <FramedChart
      card={card}
      data={data}
      option={whole === null || selected === null ? null : option}
      marks={marks}
      picture={() => histogramOption(column, edges, bins, range, theme)}
      label={`Histogram of ${columnTitle(column)}`}
      {...actions}
      onReady={plot.onReady}
    >
      <RangeBrush
        label={card.title}
        domain={domain}
        range={range}
        paleOutside
        onChange={(range, amend) =>
          data.select(
            range === null ? null : { kind: 'range', column, min: range[0], max: range[1] },
            amend,
          )
        }
      />
    </FramedChart>
  );
}
