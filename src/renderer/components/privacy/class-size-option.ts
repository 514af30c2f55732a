import { axis, GRID, tooltip } from '../../charts/base-option';
import type { ChartTheme } from '../../charts/chart-theme';
import { countedNoun } from '../../words/noun';
import { counted } from '../../words/counts';
import { formatNumber, formatShare } from '../../words/numbers';
import { type SizeBin, sizeWords } from './class-sizes';

type Noun = { readonly one: string; readonly many: string };

/** Warm against the accent, in both themes; never the only sign: the axis says the size. */
const EXPOSED = { light: '#c2410c', dark: '#ff9d66' };

/** Pixels of a digit at the axes' size, and how far an axis goes beyond what it shows. */
const LETTER = 7;
const HEADROOM = 1.2;

export function exposedColor(theme: ChartTheme): string {
  return theme.dark ? EXPOSED.dark : EXPOSED.light;
}

/** Rows by the size of the group they are in: as the data are, and as they would be given away. */
export function classSizeOption(
  before: readonly SizeBin[],
  after: readonly SizeBin[] | null,
  wanted: number,
  noun: Noun,
  theme: ChartTheme,
) {
  const total = before.reduce((sum, { rows }) => sum + rows, 0);
  const told = (bin: SizeBin | undefined) =>
    bin === undefined
      ? ''
      : `${countedNoun(noun, bin.rows)} (${formatShare(bin.rows, Math.max(total, 1))}) in ${counted(bin.groups, 'group')}`;
  return {
    animation: false,
    grid: { ...GRID, left: 20 + LETTER * formatNumber(total * HEADROOM, 0).length },
    tooltip: {
      ...tooltip(theme),
      trigger: 'axis' as const,
      axisPointer: { type: 'none' as const },
      formatter: (params: { dataIndex: number }[]) => {
        const at = params[0]?.dataIndex ?? 0;
        const bin = before[at];
        if (bin === undefined) return '';
        return [
          bin.from === 1 && bin.to === 2 ? 'Alone in its group' : `Groups of ${sizeWords(bin)}`,
          `Now: ${told(bin)}`,
          ...(after === null ? [] : [`Generalised: ${told(after[at])}`]),
        ].join('\n');
      },
    },
    xAxis: {
      ...axis(theme, `${noun.many} in the same group`),
      type: 'category' as const,
      data: before.map(sizeWords),
    },
    yAxis: { ...axis(theme), type: 'value' as const, minInterval: 1, splitNumber: 3 },
    series: [
      {
        type: 'bar' as const,
        name: 'Now',
        barGap: '8%',
        barCategoryGap: '24%',
        data: before.map(({ rows, from }) => ({
          value: rows,
          itemStyle: { color: from < wanted ? exposedColor(theme) : theme.ghost },
        })),
      },
      ...(after === null
        ? []
        : [
            {
              type: 'bar' as const,
              name: 'Generalised',
              data: after.map(({ rows }) => rows),
              itemStyle: { color: theme.accent },
            },
          ]),
    ],
  };
}
