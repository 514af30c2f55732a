import type { ChartRow } from '../../../preload/contract/chart-query';
import { call } from '../../bridge';
import { type EChartsCoreOption, type EChartsType, echarts } from '../../charts/echarts';
import { takeSavedFile } from '../take-saved-file';

export interface ChartImage {
  save(kind: 'png' | 'svg'): Promise<void>;
  copyData(): Promise<void>;
}

/** A chart as a file: PNG at twice its size, or SVG drawn anew from its option. */
export function chartImage(
  chart: EChartsType,
  title: string,
  option: EChartsCoreOption,
  rows: readonly ChartRow[],
  background: string,
): ChartImage {
  return {
    async save(kind) {
      const name = `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.${kind}`;
      const content = kind === 'png' ? png(chart, background) : svg(chart, option, background);
      takeSavedFile(await call('file.save', { name, kind, content }));
    },
    async copyData() {
      const columns = Object.keys(rows[0] ?? {});
      const lines = [columns, ...rows.map((row) => columns.map((column) => cell(row[column])))];
      await navigator.clipboard.writeText(lines.map((line) => line.join('\t')).join('\n'));
    },
  };
}

function png(chart: EChartsType, backgroundColor: string): string {
  const url = chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor });
  return url.slice(url.indexOf(',') + 1);
}

function svg(chart: EChartsType, option: EChartsCoreOption, backgroundColor: string): string {
  const drawn = echarts.init(null, undefined, {
    renderer: 'svg',
    ssr: true,
    width: chart.getWidth(),
    height: chart.getHeight(),
  });
  drawn.setOption({ ...option, backgroundColor, animation: false });
  const text = drawn.renderToSVGString();
  drawn.dispose();
  return text;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return (Array.isArray(value) ? value.join('; ') : String(value)).replaceAll(/[\t\r\n]+/g, ' ');
}
