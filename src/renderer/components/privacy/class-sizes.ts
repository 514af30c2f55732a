import type { RiskFigures } from '../../../preload/contract/risk';
import { highestOf } from '../../../preload/contract/extent';
import { humanCount } from '../../words/counts';

type Sizes = RiskFigures['sizes'];

/** Groups of some sizes, `from` to below `to`. */
export interface SizeBin {
  from: number;
  /** Null where there is no upper end. */
  to: number | null;
  groups: number;
  rows: number;
}

const EDGES = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000];

/** Where bins begin, up to the largest group of any of the lists; one begins at the wanted size. */
export function sizeEdges(wanted: number, ...lists: Sizes[]): number[] {
  const largest = highestOf(
    lists.map((sizes) => sizes.at(-1)?.size ?? 0),
    1,
  );
  const all = [...new Set([...EDGES, wanted])].sort((one, other) => one - other);
  const edges = all.filter((edge) => edge <= Math.max(largest, wanted));
  return withoutGaps(edges, wanted, lists);
}

/** Bins side by side that hold no group become one, but for those on either side of the wanted size. */
function withoutGaps(edges: readonly number[], wanted: number, lists: Sizes[]): number[] {
  const isEmpty = (at: number) =>
    lists.every((sizes) => (sizeBins(sizes, edges)[at]?.groups ?? 0) === 0);
  return edges.filter((edge, at) => {
    // Whoever stands alone has a bar of its own, also where nobody does.
    if (at < 2 || edge === wanted) return true;
    return !(isEmpty(at) && isEmpty(at - 1));
  });
}

/** Groups by size, with the rows that are in them. */
export function sizeBins(sizes: Sizes, edges: readonly number[]): SizeBin[] {
  return edges.map((from, at) => {
    const to = edges[at + 1] ?? null;
    const those = sizes.filter(({ size }) => size >= from && (to === null || size < to));
    return {
      from,
      to,
      groups: those.reduce((sum, { classes }) => sum + classes, 0),
      rows: those.reduce((sum, { size, classes }) => sum + size * classes, 0),
    };
  });
}

/** `alone`, `2`, `5 – 9`, `50 or more`. */
export function sizeWords({ from, to }: Pick<SizeBin, 'from' | 'to'>): string {
  if (to === null) return `${humanCount(from)} or more`;
  if (to - from > 1) return `${humanCount(from)} – ${humanCount(to - 1)}`;
  return from === 1 ? 'alone' : humanCount(from);
}
