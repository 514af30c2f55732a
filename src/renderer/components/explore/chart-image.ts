import type { ChartRow } from '../../../preload/contract/chart-query';
import { call } from '../../bridge';
import { type EChartsCoreOption, type EChartsType, echarts } from '../../charts/echarts';
import type { ChartTheme } from '../../charts/chart-theme';
import { framedOption, TITLE_HEIGHT } from '../../charts/framed-option';
import { savedSentence } from '../export/saved-sentence';
import { sayDone, sayFailed } from '../help/notices';
import { copyText } from '../table/copy-text';
import { takeSavedFile } from '../take-saved-file';

export interface ChartImage {
  save(kind: 'png' | 'svg'): Promise<void>;
  copyData(): Promise<void>;
}

interface Picture {
  chart: EChartsType;
  option: EChartsCoreOption;
  words: { title: string; subtitle: string };
  rows: readonly ChartRow[];
  theme: ChartTheme;
}

/** A chart as a file, drawn anew under its title: PNG at twice its size, or SVG. */
export function chartImage({ chart, option, words, rows, theme }: Picture): ChartImage {
  const framed = framedOption(option, words, theme);
  const size = { width: chart.getWidth(), height: chart.getHeight() + TITLE_HEIGHT };
  return {
    async save(kind) {
      const name = `${words.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.${kind}`;
      const content = kind === 'png' ? png(framed, size) : svg(framed, size);
      try {
        const saved = await call('file.save', { name, kind, content });
        takeSavedFile(saved);
        sayDone(savedSentence(saved, kind.toUpperCase()));
      } catch (error) {
        sayFailed(error);
      }
    },
    async copyData() {
      const columns = Object.keys(rows[0] ?? {});
      const lines = [columns, ...rows.map((row) => columns.map((column) => cell(row[column])))];
      try {
        await copyText(lines.map((line) => line.join('\t')).join('\n'));
        sayDone(`Copied ${rows.length === 1 ? '1 row' : `${rows.length} rows`} with headers.`);
      } catch (error) {
        sayFailed(error);
      }
    },
  };
}

interface Size {
  width: number;
  height: number;
}

function png(option: EChartsCoreOption, size: Size): string {
  const place = document.createElement('div');
  const drawn = echarts.init(place, undefined, { renderer: 'canvas', ...size });
  drawn.setOption(option);
  const url = drawn.getDataURL({ type: 'png', pixelRatio: 2 });
  drawn.dispose();
  return url.slice(url.indexOf(',') + 1);
}

function svg(option: EChartsCoreOption, size: Size): string {
  const drawn = echarts.init(null, undefined, { renderer: 'svg', ssr: true, ...size });
  drawn.setOption(option);
  const text = drawn.renderToSVGString();
  drawn.dispose();
  return text;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return (Array.isArray(value) ? value.join('; ') : String(value)).replaceAll(/[\t\r\n]+/g, ' ');
}
