import { useRef } from 'react';
import type { EChartsType } from '../../charts/echarts';

/**
 * Reports clicks anywhere in a category chart's plot as category indices, not only those that
 * hit a thin bar, and highlights a category for the keyboard.
 */
export function usePlotClick(onPick: (x: number, y: number) => void, grids = 1) {
  const pick = useRef(onPick);
  pick.current = onPick;
  const chart = useRef<EChartsType | null>(null);
  return {
    onReady(created: EChartsType) {
      chart.current = created;
      created.getZr().on('click', ({ offsetX, offsetY }: { offsetX: number; offsetY: number }) => {
        for (let gridIndex = 0; gridIndex < grids; gridIndex += 1) {
          if (!created.containPixel({ gridIndex }, [offsetX, offsetY])) continue;
          const at = created.convertFromPixel({ gridIndex }, [offsetX, offsetY]);
          if (Array.isArray(at)) pick.current(Math.round(Number(at[0])), Math.round(Number(at[1])));
        }
      });
    },
    highlight(seriesName: string | undefined, dataIndex: number | null) {
      chart.current?.dispatchAction({ type: 'downplay' });
      if (dataIndex === null) return chart.current?.dispatchAction({ type: 'hideTip' });
      const at = { ...(seriesName === undefined ? { seriesIndex: 0 } : { seriesName }), dataIndex };
      chart.current?.dispatchAction({ type: 'highlight', ...at });
      chart.current?.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex });
    },
  };
}
