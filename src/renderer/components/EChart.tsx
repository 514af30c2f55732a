import { useLayoutEffect, useRef } from 'react';
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

  // Layout effects: a chart is drawn in the frame that shows the rest of its answer.
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    const created = echarts.init(element, undefined, { renderer: 'canvas' });
    chart.current = created;
    ready.current?.(created);
    const observer = new ResizeObserver(() => created.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      created.dispose();
      chart.current = null;
    };
  }, []);

  useLayoutEffect(() => {
    chart.current?.setOption(option, { replaceMerge: ['series'] });
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
