import { useLayoutEffect, useRef } from 'react';
import { drawSoon, watchSight } from '../charts/draw-queue';
import { echarts, type EChartsCoreOption, type EChartsType } from '../charts/echarts';

interface Props {
  option: EChartsCoreOption;
  /** What a screen reader says of the picture; the data stand in the card's table. */
  label: string;
  height?: number;
  onReady?(chart: EChartsType): void;
}

/** An ECharts instance that fills its place and follows its size. */
export function EChart({ option, label, height, onReady }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const ready = useRef(onReady);
  ready.current = onReady;

  // Layout effects: a chart in sight is drawn in the frame that shows the rest of its answer.
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    // An observer also tells the size there is already, which would draw everything twice.
    const observer = new ResizeObserver(() => {
      const { current } = chart;
      if (current === null) return;
      const { clientWidth: width, clientHeight: height } = element;
      if (width !== current.getWidth() || height !== current.getHeight()) current.resize();
    });
    observer.observe(element);
    const unwatch = watchSight(element);
    return () => {
      observer.disconnect();
      unwatch();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    drawSoon(element, () => {
      if (chart.current === null) {
        chart.current = echarts.init(element, undefined, { renderer: 'canvas' });
        ready.current?.(chart.current);
      }
      chart.current.setOption(option, { replaceMerge: ['series'] });
    });
  }, [option]);

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
