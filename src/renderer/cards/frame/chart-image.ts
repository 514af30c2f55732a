import { counted } from '../../words/counts';
import { call } from '../../bridge';
import { type EChartsCoreOption, type EChartsType, echarts } from '../../charts/echarts';
import type { ChartTheme } from '../../charts/chart-theme';
import { insetOf, LiveMarks, type Marks } from '../../charts/live-marks';
import { framedOption, type PictureWords } from '../../charts/framed-option';
import { savedSentence } from '../../components/export/saved-sentence';
import { sayDone, sayFailed } from '../../components/help/notices';
import { copyText } from '../../components/table/copy-text';
import { linesToText } from '../../components/table/table-text';
import { takeSavedFile } from '../../components/take-saved-file';
import type { CardTable } from '../card-table';

export interface ChartImage {
  save(kind: 'png' | 'svg'): Promise<void>;
  copyData(): Promise<void>;
}

interface Picture {
  drawn: { option: EChartsCoreOption; marks?: Marks | undefined };
  /** Of the plot on the screen. */
  size: Size;
  words: PictureWords;
  table: CardTable;
  theme: ChartTheme;
}

export interface Size {
  width: number;
  height: number;
}

/** A chart as a file, the same option and marks under its title: PNG at twice its size, or SVG. */
export function chartImage({
  drawn,
  size: plot,
  words,
  table: { columns, rows },
  theme,
}: Picture): ChartImage {
  const { option, height } = framedOption(drawn.option, words, plot, theme);
  const framed = { option, marks: drawn.marks };
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
        await copyText(linesToText(headers, rows));
        sayDone(`Copied ${counted(rows.length, 'row')} with headers.`);
      } catch (error) {
        sayFailed(error);
      }
    },
  };
}

type Framed = Picture['drawn'];

function png(framed: Framed, size: Size): string {
  const place = document.createElement('div');
  const chart = echarts.init(place, undefined, { renderer: 'canvas', ...size });
  draw(chart, framed);
  const url = chart.getDataURL({ type: 'png', pixelRatio: 2 });
  chart.dispose();
  return url.slice(url.indexOf(',') + 1);
}

function svg(framed: Framed, size: Size): string {
  const chart = echarts.init(null, undefined, { renderer: 'svg', ssr: true, ...size });
  draw(chart, framed);
  const text = chart.renderToSVGString();
  chart.dispose();
  return text;
}

function draw(chart: EChartsType, { option, marks }: Framed): void {
  chart.setOption(option);
  if (marks !== undefined) new LiveMarks(chart).draw(marks, insetOf(option));
}
