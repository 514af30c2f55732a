import { useLayoutEffect, useRef } from 'react';
import { drawInSight, drawSoon } from '../charts/draw-queue';
import { echarts, type EChartsCoreOption, type EChartsType } from '../charts/echarts';
import { insetOf, LiveMarks, type Marks } from '../charts/live-marks';
import { tipLines } from '../charts/tip-lines';
import { tipPlace } from '../charts/tip-place';
import { roomOf } from './tip-room';
import { usePrinting } from '../state/printing';
import { usePixelRatio } from './use-pixel-ratio';

interface Props {
  option: EChartsCoreOption;
  /** Drawn over the option's picture, and again alone where the option stays the same. */
  marks?: Marks | undefined;
  /** What a screen reader says of the picture; the data stand in the card's table. */
  label: string;
  height?: number;
  onReady?(chart: EChartsType): void;
}

interface Drawn {
  chart: EChartsType;
  /** What it was made for: ECharts does not take another one up. */
  pixelRatio: number;
  live: LiveMarks;
  /** What the chart shows. */
  option: EChartsCoreOption | null;
  marks: Marks | undefined;
}

/** An ECharts instance that fills its place and follows its size. */
export function EChart({ option, marks, label, height, onReady }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn | null>(null);
  const pixelRatio = usePixelRatio();
  const ready = useRef(onReady);
  ready.current = onReady;

  // Layout effects: a chart in sight is drawn in the frame that shows the rest of its answer.
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => fit(element, drawn.current));
    observer.observe(element);
    const unwatch = drawInSight(element);
    return () => {
      observer.disconnect();
      unwatch();
      drawn.current?.chart.dispose();
      drawn.current = null;
    };
  }, []);

  // No observer tells of paper in time.
  const printing = usePrinting();
  useLayoutEffect(() => {
    if (place.current !== null) fit(place.current, drawn.current);
  }, [printing]);

  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    drawSoon(element, () => {
      if (drawn.current !== null && drawn.current.pixelRatio !== pixelRatio) {
        drawn.current.chart.dispose();
        drawn.current = null;
      }
      if (drawn.current === null) {
        const chart = echarts.init(element, undefined, {
          renderer: 'canvas',
          devicePixelRatio: pixelRatio,
        });
        // Ten frames is its wont, at each step of a drag and for every chart.
        chart.getZr().setSleepAfterStill(STILL_FRAMES);
        const live = new LiveMarks(chart);
        drawn.current = { chart, pixelRatio, live, option: null, marks: undefined };
        ready.current?.(chart);
      }
      const { current } = drawn;
      if (current.option !== option) {
        current.chart.setOption(withTipInSight(option, element), { replaceMerge: ['series'] });
        current.option = option;
      }
      if (marks !== undefined || current.marks !== undefined)
        current.live.draw(marks ?? NO_MARKS, insetOf(option));
      current.marks = marks;
    });
  }, [option, marks, pixelRatio]);

  return (
    <div
      ref={place}
      role="img"
      aria-label={label}
      className="echart"
      style={height === undefined ? undefined : { height }}
    />
  );
}

/** As large as its place; one that is drew everything already. */
function fit({ clientWidth: width, clientHeight: height }: HTMLElement, drawn: Drawn | null): void {
  if (drawn === null) return;
  const { chart, live, marks, option } = drawn;
  if (width === chart.getWidth() && height === chart.getHeight()) return;
  chart.resize();
  if (marks !== undefined && option !== null) live.draw(marks, insetOf(option));
}

/** A tooltip is drawn within its chart, of which the table below may hide a part. */
function withTipInSight(option: EChartsCoreOption, element: HTMLElement): EChartsCoreOption {
  const { tooltip } = option;
  if (typeof tooltip !== 'object' || tooltip === null) return option;
  const position = (
    at: [number, number],
    _params: unknown,
    _element: unknown,
    _rect: unknown,
    { contentSize }: { contentSize: [number, number] },
  ) => tipPlace(at, contentSize, roomOf(element));
  const formatter = 'formatter' in tooltip ? tooltip.formatter : undefined;
  if (typeof formatter !== 'function') return { ...option, tooltip: { ...tooltip, position } };
  const inLines = (params: unknown) => tipLines(String(formatter(params)), roomOf(element).width);
  return { ...option, tooltip: { ...tooltip, position, formatter: inLines } };
}

const NO_MARKS: Marks = () => [];
/** Frames in which nothing moved before a chart stops to look for movement. */
const STILL_FRAMES = 2;
