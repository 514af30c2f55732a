import { type MouseEvent, type ReactNode, useMemo, useRef } from 'react';
import type { ChartRow } from '../../../preload/contract/chart-query';
import type { Card } from '../../../preload/contract/cards';
import { type ChartTheme, LIGHT } from '../../charts/chart-theme';
import type { EChartsCoreOption, EChartsType } from '../../charts/echarts';
import { formatNumber } from '../../charts/format';
import type { Marks } from '../../charts/live-marks';
import { answerNow } from '../../state/answers';
import { useApp } from '../../state/app-store';
import { useExplore } from '../../state/explore-store';
import { useSight } from '../../state/sight';
import { sourceWords } from '../dataset-words';
import { EChart } from '../EChart';
import { cardColumns } from './card-columns';
import { CardFrame } from './CardFrame';
import { isTall } from './CardPlaceholder';
import { chartImage } from './chart-image';
import { describeFilter } from '../../state/filter-words';
import type { CardData } from './use-card';

interface Props {
  card: Card;
  data: CardData;
  option: EChartsCoreOption | null;
  /** The part of the picture that filters change, where it is drawn for itself. */
  marks?: Marks | undefined;
  /** What a saved picture shows: all in one, what marks or a layer over the chart show here too. */
  picture(theme: ChartTheme): EChartsCoreOption | null;
  label: string;
  /** What the chart cannot show of what it counts, in words. */
  leftOut?: string | null;
  onRemove(): void;
  onEdit?(): void;
  tools?: ReactNode;
  /** Shown in full screen, where the rest of the screen does not tell it. */
  legend?: ReactNode;
  onReady?(chart: EChartsType): void;
  /** A pointer came over the plot. */
  onPointed?(): void;
  /** Laid over the plot: brushes and key handlers. */
  children?: ReactNode;
}

/** What a picture is of: how many, kept by what, what it leaves out, from where and when. */
function pictureLines(leftOut: string | null): string[] {
  const { selections } = useExplore.getState();
  const { dataset } = useApp.getState();
  const { n, total } = answerNow(SUMMARY, 'all')?.[0] ?? {};
  const filters = selections.map(({ filter }) => describeFilter(filter));
  return [
    `${formatNumber(n)} of ${formatNumber(total)} Pokémon${filters.length === 0 ? '' : `: ${filters.join(' · ')}`}`,
    ...(leftOut === null ? [] : [leftOut]),
    ...(dataset === null ? [] : [`Source: ${sourceWords(dataset)}`]),
  ];
}

const SUMMARY = { kind: 'summary' } as const;

/** A card's frame around its chart. */
export function FramedChart({ card, data, option, label, children, ...rest }: Props) {
  const chart = useRef<EChartsType | null>(null);
  const rows: readonly ChartRow[] = data.selected ?? [];
  const held = useRef(false);
  const plot = useSight(card.id);
  const columns = useMemo(() => cardColumns(card), [card]);
  const pass = (event: MouseEvent) => {
    if (chart.current === null) return;
    const wasHeld = held.current;
    held.current = event.type === 'mousemove' && event.buttons !== 0;
    if (!held.current) passPointer(chart.current, event);
    // While a button is held the pointer is the brush's alone.
    else if (!wasHeld) chart.current.dispatchAction({ type: 'hideTip' });
  };
  return (
    <CardFrame
      title={card.title}
      note={rest.leftOut ?? null}
      width={card.width}
      tall={isTall(card)}
      rows={data.whole === null ? null : data.selected}
      columns={columns}
      error={data.error}
      onRetry={data.retry}
      selected={data.own !== null}
      onClear={() => data.select(null)}
      onRemove={rest.onRemove}
      {...(rest.onEdit === undefined ? {} : { onEdit: rest.onEdit })}
      tools={rest.tools}
      legend={rest.legend}
      image={(size) => {
        // On white, whatever the screen is: it goes into somebody's report.
        const drawn = rest.picture(LIGHT);
        if (option === null || drawn === null) return null;
        return chartImage({
          option: drawn,
          size,
          columns,
          rows,
          theme: LIGHT,
          words: { title: card.title, lines: pictureLines(rest.leftOut ?? null) },
        });
      }}
    >
      {option !== null && (
        <div
          ref={plot}
          className="plot"
          onPointerEnter={rest.onPointed}
          onMouseDown={pass}
          onMouseMove={pass}
          onMouseUp={pass}
          onClick={pass}
          onMouseLeave={(event) => {
            if (chart.current !== null) passPointer(chart.current, event, 'mouseout');
          }}
        >
          <EChart
            option={option}
            marks={rest.marks}
            label={label}
            onReady={(created) => {
              chart.current = created;
              rest.onReady?.(created);
            }}
          />
          {children}
        </div>
      )}
    </CardFrame>
  );
}

/** A brush lies over the chart and takes the pointer; hovers and clicks are the chart's as well. */
function passPointer(chart: EChartsType, event: MouseEvent, type: string = event.type): void {
  const canvas = chart.getDom().querySelector('canvas, svg');
  const { target, clientX, clientY, button } = event;
  if (canvas === null || !(target instanceof Node) || chart.getDom().contains(target)) return;
  canvas.dispatchEvent(new window.MouseEvent(type, { clientX, clientY, button, bubbles: true }));
}
