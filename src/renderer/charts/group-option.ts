import type { ChartRow } from '../../preload/contract/chart-query';
import { axis, GRID, tooltip } from './base-option';
import type { ChartTheme } from './chart-theme';
import type { EChartsCoreOption } from './echarts';
import { columnTitle, formatNumber, titleCase } from './format';
import { typeColor } from './type-colors';

const SERIES_COLORS = ['#2f6fde', '#e07b39', '#3d9970', '#b657c9', '#c9a227', '#4aa3c7', '#d14b6f'];

/** Bars or lines of one aggregate by a column, one series a colour. */
export function groupOption(
  card: { shape: 'bar' | 'line'; x: string; y?: string | undefined; aggregate: string },
  rows: readonly ChartRow[],
  theme: ChartTheme,
): { option: EChartsCoreOption; keyAt(index: number): ChartRow | null } {
  const keys = [...new Map(rows.map((row) => [String(row['x']), row])).values()];
  const colors = [...new Set(rows.map((row) => row['color']))];
  const measure =
    card.aggregate === 'count' ? 'Pokémon' : `${card.aggregate} ${columnTitle(card.y ?? '')}`;
  const isType = card.x === 'type_1' || card.x === 'type_2';
  const label = (row: ChartRow) =>
    typeof row['x'] === 'number' ? formatNumber(row['x']) : titleCase(String(row['x'] ?? 'none'));
  const option: EChartsCoreOption = {
    animation: false,
    grid: { ...GRID, left: 56, bottom: 56, top: colors.length > 1 ? 36 : 12 },
    tooltip: { ...tooltip(theme), trigger: 'item' },
    ...(colors.length > 1
      ? { legend: { type: 'scroll' as const, top: 0, textStyle: { color: theme.muted } } }
      : {}),
    xAxis: {
      ...axis(theme, columnTitle(card.x)),
      type: 'category',
      data: keys.map(label),
      splitLine: { show: false },
      nameGap: 36,
    },
    yAxis: { ...axis(theme, measure), type: 'value', nameGap: 42 },
    series: colors.map((color, index) => {
      const values = new Map(
        rows.filter((row) => row['color'] === color).map((row) => [String(row['x']), row['y']]),
      );
      const own = color === null ? theme.accent : typeColor(String(color), theme.dark);
      const fallback = SERIES_COLORS[index % SERIES_COLORS.length];
      return {
        type: card.shape,
        id: `${card.shape} ${String(color)}`,
        name: color === null ? measure : titleCase(String(color)),
        ...(card.shape === 'bar' && colors.length > 1 ? { stack: 'all' } : {}),
        itemStyle: { color: own === '#8a8f98' ? fallback : own },
        data: keys.map((key) => ({
          value: values.get(String(key['x'])) ?? null,
          ...(isType && color === null
            ? { itemStyle: { color: typeColor(String(key['x']), theme.dark) } }
            : {}),
        })),
      };
    }),
  };
  return { option, keyAt: (index) => keys[index] ?? null };
}
