import type { Answers } from '../../../preload/contract/questions';
import { axis, tooltip } from '../../charts/base-option';
import type { ChartTheme } from '../../charts/chart-theme';
import type { EChartsCoreOption } from '../../charts/echarts';
import { formatNumber, nameIn } from '../../charts/format';
import { rowsNoun } from '../../state/column-words';

const COLUMN = 24;
const TOP = 92;

type Sets = Answers['sets']['sets'];

/** The combinations of the version that is compared with. */
export interface ComparedSets {
  version: number;
  sets: Sets;
}

function countIn(sets: Sets, wanted: readonly string[]): number {
  return sets.find(({ set }) => setKey(set) === setKey(wanted))?.n ?? 0;
}

interface SetsColumns {
  column: string;
  members: readonly string[];
}

/**
 * Overlaps of members as an UpSet plot: one column per member with how many have it, one row per
 * combination whose dots say which members those are, and a bar of how many have exactly those.
 * Source: Lex et al., “UpSet: Visualization of Intersecting Sets”, 2014.
 */
export function setsOption(
  { column, members }: SetsColumns,
  whole: Sets,
  selected: Sets,
  chosen: readonly (readonly string[])[],
  theme: ChartTheme,
  before: ComparedSets | null = null,
): {
  option: EChartsCoreOption;
  /** How many combinations it shows, which `setAt` counts from the lowest. */
  count: number;
  setAt(index: number): readonly string[] | null;
} {
  const order = withOthers(whole, before?.sets ?? []).reverse();
  const counts = new Map(selected.map(({ set, n }) => [setKey(set), n]));
  const picked = new Set(chosen.map(setKey));
  const opacity = (set: readonly string[]) =>
    picked.size === 0 || picked.has(setKey(set)) ? 1 : 0.25;
  const having = (member: string) =>
    selected.filter(({ set }) => set.includes(member)).reduce((sum, { n }) => sum + n, 0);
  const countOf = (set: readonly string[] = []) => counts.get(setKey(set)) ?? 0;
  const longer = ({ set, n }: Sets[number]) => countIn(before?.sets ?? [], set) > n;
  /** Beside the longer of both versions' bars. */
  const label = {
    position: 'right' as const,
    color: theme.muted,
    fontSize: 11,
    formatter: ({ dataIndex }: { dataIndex: number }) =>
      formatNumber(countOf(order[dataIndex]?.set)),
  };
  const matrix = members.length * COLUMN;
  const none = { show: false };
  const ranks = {
    type: 'category' as const,
    data: order.map(({ set }) => setNames(column, set)),
  };
  const option: EChartsCoreOption = {
    animation: false,
    grid: [
      { left: 12, width: matrix, top: TOP, bottom: 12 },
      { left: 20 + matrix, right: 44, top: TOP, bottom: 12 },
    ],
    tooltip: {
      ...tooltip(theme),
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const all = order[dataIndex];
        if (all === undefined) return '';
        return `In exactly ${setNames(column, all.set)}\n${formatNumber(countOf(all.set))} of ${formatNumber(all.n)} ${rowsNoun()}${
          before === null
            ? ''
            : `\n${formatNumber(countIn(before.sets, all.set))} in version ${before.version}`
        }`;
      },
    },
    xAxis: [
      {
        ...axis(theme),
        gridIndex: 0,
        type: 'category',
        position: 'top',
        data: members.map((member) => `${nameIn(column, member)} ${formatNumber(having(member))}`),
        axisLine: none,
        splitLine: none,
        axisLabel: { color: theme.ink, fontSize: 11, interval: 0, rotate: -90 },
      },
      { ...axis(theme), gridIndex: 1, type: 'value', axisLabel: none, splitLine: none },
    ],
    yAxis: [
      { ...ranks, gridIndex: 0, show: false },
      { ...ranks, gridIndex: 1, show: false },
    ],
    series: [
      {
        type: 'bar',
        id: 'all',
        name: 'all',
        xAxisIndex: 1,
        yAxisIndex: 1,
        barGap: '-100%',
        barCategoryGap: '35%',
        barMaxWidth: 44,
        itemStyle: { color: theme.ghost },
        data: order.map((each) => ({ value: each.n, label: { ...label, show: !longer(each) } })),
      },
      {
        type: 'bar',
        id: 'selected',
        name: 'selected',
        xAxisIndex: 1,
        yAxisIndex: 1,
        barCategoryGap: '35%',
        barMaxWidth: 44,
        data: order.map(({ set }) => ({
          value: countOf(set),
          itemStyle: { color: theme.accent, opacity: opacity(set) },
        })),
      },
      ...(before === null
        ? []
        : [
            {
              type: 'bar',
              id: 'before',
              name: 'before',
              silent: true,
              xAxisIndex: 1,
              yAxisIndex: 1,
              z: 5,
              barGap: '-100%',
              barCategoryGap: '35%',
              barMaxWidth: 44,
              itemStyle: { color: 'transparent', borderColor: theme.ink, borderWidth: 1.5 },
              data: order.map((each) => ({
                value: countIn(before.sets, each.set),
                label: { ...label, show: longer(each) },
              })),
            },
          ]),
      ...order.map(({ set }, index) => ({
        type: 'line',
        id: `line ${index}`,
        silent: true,
        symbol: 'none',
        lineStyle: { color: theme.ink, width: 2, opacity: opacity(set) },
        data: set.map((member) => [members.indexOf(member), index]),
      })),
      {
        type: 'scatter',
        id: 'members',
        name: 'member',
        silent: true,
        symbolSize: 11,
        z: 3,
        data: order.flatMap(({ set }, index) =>
          members.map((member, place) => {
            const isIn = set.includes(member);
            return {
              value: [place, index],
              itemStyle: {
                color: isIn ? theme.ink : theme.ghost,
                opacity: isIn ? opacity(set) : 1,
              },
            };
          }),
        ),
      },
    ],
  };
  return { option, count: order.length, setAt: (index) => order[index]?.set ?? null };
}

/** What only the other version has comes last, with none of the whole. */
function withOthers(whole: Sets, others: Sets): Sets[number][] {
  const known = new Set(whole.map(({ set }) => setKey(set)));
  const added = others.filter(({ set }) => !known.has(setKey(set)));
  return [...whole, ...added.map(({ set }) => ({ set, n: 0 }))];
}

export function setKey(set: readonly string[]): string {
  return set.join('\n');
}

export function setNames(column: string, set: readonly string[]): string {
  return set.length === 0 ? 'none of them' : set.map((member) => nameIn(column, member)).join(', ');
}
