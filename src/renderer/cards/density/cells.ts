import type { Density } from '../../../preload/contract/questions';
import type { Mark } from '../../charts/live-marks';
import type { PlotScale } from './plot-scale';

type Cells = Extract<Density, { drawn: 'cells' }>;

/** A cell that holds rows: its middle, its ends along both axes, and how many. */
export interface PlacedCell {
  x: number;
  y: number;
  xs: readonly [number, number];
  ys: readonly [number, number];
  n: number;
  /** In shares of the plot, from its upper left corner. */
  box: { left: number; top: number; right: number; bottom: number };
}

/** The plot area in pixels of the chart. */
export interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

const placed = new WeakMap<Cells, PlacedCell[]>();

/** The cells that are not empty. */
export function cellsOf(cells: Cells, scale: PlotScale, log: boolean): PlacedCell[] {
  const known = placed.get(cells);
  if (known !== undefined) return known;
  const xs = edgesOf(cells.x, cells.across, log);
  const ys = edgesOf(cells.y, cells.up, log);
  const made = cells.counts.flatMap((n, index): PlacedCell[] => {
    if (n === 0) return [];
    const across = index % cells.across;
    const [x0 = 0, x1 = x0] = xs.slice(across);
    const [y0 = 0, y1 = y0] = ys.slice(Math.floor(index / cells.across));
    const [left, bottom] = scale.toShare([x0, y0]);
    const [right, top] = scale.toShare([x1, y1]);
    const middle = (from: number, to: number) => (log ? Math.sqrt(from * to) : (from + to) / 2);
    return [
      {
        x: middle(x0, x1),
        y: middle(y0, y1),
        xs: [x0, x1],
        ys: [y0, y1],
        n,
        box: { left, top, right, bottom },
      },
    ];
  });
  placed.set(cells, made);
  return made;
}

function edgesOf([low, high]: readonly [number, number], count: number, log: boolean): number[] {
  return Array.from({ length: count + 1 }, (_, at) =>
    log ? low * (high / low) ** (at / count) : low + ((high - low) * at) / count,
  );
}

/** No cell is smaller than can be seen. */
const LEAST = 2;

/** One path per colour. */
export function cellLayer(
  cells: readonly PlacedCell[],
  { colorOf, opacity }: { colorOf(n: number): string; opacity: number },
): (place: Place) => Mark[] {
  const byColor = new Map<string, PlacedCell[]>();
  for (const cell of cells) {
    const color = colorOf(cell.n);
    const same = byColor.get(color);
    if (same === undefined) byColor.set(color, [cell]);
    else same.push(cell);
  }
  return ({ left, top, width, height }) =>
    [...byColor].map(([color, same]) => ({
      color,
      opacity,
      trace(path) {
        for (const { box } of same) {
          const wide = Math.max(LEAST, (box.right - box.left) * width);
          const high = Math.max(LEAST, (box.bottom - box.top) * height);
          path.rect(left + box.left * width, top + box.bottom * height - high, wide, high);
        }
      },
    }));
}
