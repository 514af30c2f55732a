import { humanCount } from '../../words/counts';
import type { Scalar } from '../../../preload/contract/descriptor';
import { OTHER_COLOR } from '../../../preload/contract/questions';
import type { ChartTheme } from '../../charts/chart-theme';
import { colorLabel, colorsOf, hasPalette, paletteColor } from '../../charts/color-scale';

/** Kinds with a colour of their own; the rarer ones share one. */
const MOST_KINDS = 8;

export interface Kind {
  label: string;
  color: string;
  has(value: Scalar): boolean;
}

/** What dots are told apart by, over the whole data, so that a filter changes no colour. */
export function kindsOf(
  column: string | undefined,
  dots: readonly { color: Scalar }[],
  theme: ChartTheme,
): Kind[] {
  if (column === undefined) return [{ label: 'all', color: theme.accent, has: () => true }];
  return hasPalette(column) ? ownKinds(column, dots, theme) : frequentKinds(column, dots, theme);
}

/** Every value in its own colour. */
function ownKinds(column: string, dots: readonly { color: Scalar }[], theme: ChartTheme): Kind[] {
  return [...new Set(dots.map(({ color }) => color))].map((value) => ({
    label: colorLabel(column, value),
    color: value === null ? theme.muted : (paletteColor(column, value, theme) ?? theme.accent),
    has: (other) => other === value,
  }));
}

/** The most frequent values, and one kind for all the others. */
function frequentKinds(
  column: string,
  dots: readonly { color: Scalar }[],
  theme: ChartTheme,
): Kind[] {
  const counts = new Map<Scalar, number>();
  for (const { color } of dots) counts.set(color, (counts.get(color) ?? 0) + 1);
  const order = [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value);
  const own = order.slice(0, MOST_KINDS);
  const colors = colorsOf('', own, theme);
  const others = order.length - own.length;
  return [
    ...own.map((value, index) => ({
      label: colorLabel(column, value),
      color: colors[index] ?? theme.accent,
      has: (other: Scalar) => other === value,
    })),
    ...(others > 0
      ? [
          {
            label: `${colorLabel(column, OTHER_COLOR)} (${humanCount(others)})`,
            color: theme.muted,
            has: (other: Scalar) => !own.includes(other),
          },
        ]
      : []),
  ];
}
