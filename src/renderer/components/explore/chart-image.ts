import { counted } from '../../../preload/contract/counts';
import type { ChartRow } from '../../../preload/contract/chart-query';
import { call } from '../../bridge';
import { type EChartsCoreOption, echarts } from '../../charts/echarts';
import type { ChartTheme } from '../../charts/chart-theme';
import { framedOption, type PictureWords } from '../../charts/framed-option';
import { savedSentence } from '../export/saved-sentence';
import { sayDone, sayFailed } from '../help/notices';
import { copyText } from '../table/copy-text';
import { linesToText } from '../table/table-text';
import { takeSavedFile } from '../take-saved-file';
import { type CardColumn, cardValues } from './card-columns';

export interface ChartImage {
  save(kind: 'png' | 'svg'): Promise<void>;
  copyData(): Promise<void>;
}

interface Picture {
  option: EChartsCoreOption;
  /** Of the plot on the screen. */
  size: Size;
  words: PictureWords;
  columns: readonly CardColumn[];
  rows: readonly ChartRow[];
  theme: ChartTheme;
}

export interface Size {
  width: number;
  height: number;
}

/** A chart as a file, drawn anew under its title: PNG at twice its size, or SVG. */
export function chartImage({
  option,
  size: plot,
  words,
  columns,
  rows,
  theme,
}: Picture): ChartImage {
  const { option: framed, height } = framedOption(option, words, plot, theme);
  const size = { width: plot.width, height };
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
      const headers = columns.map(({ title }) => title);
      try {
        await copyText(linesToText(headers, cardValues(columns, rows)));
        sayDone(`Copied ${counted(rows.length, 'row')} with headers.`);
      } catch (error) {
        sayFailed(error);
      }
    },
  };
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
