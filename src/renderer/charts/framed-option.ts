import type { ChartTheme } from './chart-theme';
import type { EChartsCoreOption } from './echarts';

/** What a picture says of itself, for whoever gets it without the app around it. */
export interface PictureWords {
  title: string;
  /** Below the title, each on a line of its own, or on several where it is long. */
  lines: readonly string[];
}

export interface Framed {
  option: EChartsCoreOption;
  height: number;
}

const MARGIN = 12;
const LINE = 15;
const TITLE = 34;
/** Pixels of a letter at the size of the words, about. */
const LETTER = 6.2;
/** A legend's mark and the gap after its name. */
const BESIDE_NAME = 50;
const LEGEND_LINE = 24;
/** Below the plot, where the screen has a card's edge. */
const FOOT = 8;

/** A chart that stands for itself in a file: its title, what it shows of what, its whole legend. */
export function framedOption(
  option: EChartsCoreOption,
  words: PictureWords,
  size: { width: number; height: number },
  theme: ChartTheme,
): Framed {
  const room = size.width - 2 * MARGIN;
  const lines = words.lines.flatMap((line) => wrapped(line, Math.floor(room / LETTER)));
  const title = TITLE + lines.length * LINE + 6;
  const legendLines = linesOf(option['legend'], room);
  const more = Math.max(0, legendLines - 1) * LEGEND_LINE;
  return {
    height: size.height + title + more + FOOT,
    option: {
      ...option,
      animation: false,
      backgroundColor: theme.surface,
      title: {
        text: words.title,
        subtext: lines.join('\n'),
        left: MARGIN,
        top: 10,
        itemGap: 6,
        textStyle: {
          color: theme.ink,
          fontSize: 14,
          fontWeight: 600,
          width: room,
          overflow: 'truncate',
        },
        subtextStyle: { color: theme.muted, fontSize: 11, lineHeight: LINE },
      },
      ...lowered(option, 'grid', title + more),
      ...lowered(option, 'visualMap', title),
      ...(legendLines === 0 ? {} : { legend: wholeLegend(option['legend'], title) }),
    },
  };
}

/** A legend that is paged on the screen shows all its names: nobody turns the pages of a picture. */
function wholeLegend(legend: unknown, by: number) {
  const known = legend as Record<string, unknown>;
  return {
    ...known,
    type: 'plain',
    left: MARGIN,
    right: MARGIN,
    top: Number(known['top'] ?? 0) + by,
    itemStyle: { opacity: 1 },
  };
}

function linesOf(legend: unknown, room: number): number {
  const { data: names, formatter } = (legend ?? {}) as {
    data?: readonly unknown[];
    formatter?: (name: string) => string;
  };
  if (names === undefined) return 0;
  let lines = 1;
  let used = 0;
  for (const name of names) {
    const written = formatter?.(String(name)) ?? String(name);
    const width = written.length * LETTER + BESIDE_NAME;
    if (used > 0 && used + width > room) {
      lines += 1;
      used = 0;
    }
    used += width;
  }
  return lines;
}

function wrapped(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > letters) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** A part, or each of several, so much further down, and off the lower edge. */
function lowered(option: EChartsCoreOption, part: 'grid' | 'visualMap', by: number) {
  const place: unknown = option[part];
  const lower = (one: unknown): unknown =>
    typeof one === 'object' && one !== null && 'top' in one
      ? {
          ...one,
          top: Number(one.top) + by,
          ...('bottom' in one ? { bottom: Number(one.bottom) + FOOT } : {}),
        }
      : one;
  if (typeof place !== 'object' || place === null) return {};
  return { [part]: Array.isArray(place) ? place.map(lower) : lower(place) };
}
