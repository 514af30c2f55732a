import { type MouseEvent, type ReactNode, useRef } from 'react';
import type { Card } from '../../../preload/contract/cards';
import { type ChartTheme, LIGHT } from '../../charts/chart-theme';
import type { EChartsCoreOption, EChartsType } from '../../charts/echarts';
import { formatNumber } from '../../charts/format';
import type { Marks } from '../../charts/live-marks';
import { askedNow } from '../../state/answers';
import { useApp } from '../../state/app-store';
import { rowsNoun } from '../../state/column-words';
import { useExplore } from '../../state/explore-store';
import { useSight } from '../../state/sight';
import { summaryQuestion } from '../../state/summary';
import { sourceWords } from '../../components/dataset-words';
import { EChart } from '../../components/EChart';
import { describeFilter } from '../../state/filter-words';
import type { CardTable } from '../card-table';
import { CardFrame } from './CardFrame';
import { chartImage } from './chart-image';
import type { CardState } from './use-card';

/** A chart as it is drawn: ECharts' part, and what is drawn over it. */
export interface Drawn {
  option: EChartsCoreOption;
  marks?: Marks | undefined;
}

interface Props {
  card: Card;
  tall: boolean;
  data: CardState;
  /** The card's answer as a table; null while loading. */
  table: CardTable | null;
  option: EChartsCoreOption | null;
  /** The part of the picture that filters change, where it is drawn for itself. */
  marks?: Marks | undefined;
  /** The same in the colours of paper, and with the legend that stands elsewhere on the screen. */
  picture(theme: ChartTheme): Drawn | null;
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
  const { n, total } = askedNow(summaryQuestion(), 'all') ?? {};
  const filters = selections.map(({ filter }) => describeFilter(filter));
  return [
    `${formatNumber(n)} of ${formatNumber(total)} ${rowsNoun()}${filters.length === 0 ? '' : `: ${filters.join(' · ')}`}`,
    ...(leftOut === null ? [] : [leftOut]),
    ...(dataset === null ? [] : [`Source: ${sourceWords(dataset)}`]),
  ];
}

/** A card's frame around its chart. */
export function FramedChart({ card, data, table, option, label, children, ...rest }: Props) {
  const chart = useRef<EChartsType | null>(null);
  const held = useRef(false);
  const plot = useSight(card.id);
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
      id={card.id}
      title={card.title}
      note={rest.leftOut ?? null}
      width={card.width}
      tall={rest.tall}
      table={table}
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
        if (option === null || drawn === null || table === null) return null;
        return chartImage({
          drawn,
          size,
          table,
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
