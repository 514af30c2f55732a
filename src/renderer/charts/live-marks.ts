import { type EChartsCoreOption, type EChartsType, graphic } from './echarts';

/**
 * What a filter changes in a chart, drawn straight over what it does not change: axes and the
 * ghost of the whole keep ECharts' own layer, and a step of a drag is not an update of the chart
 * (layout, axes, labels and data again), only a few paths painted again.
 */
export interface Mark {
  color: string;
  opacity: number;
  /** An outline of so many pixels; filled where it is not said. */
  line?: number;
  /** Adds the mark's shapes to the path, in pixels of the chart. */
  trace(path: TracePath): void;
}

export interface TracePath {
  moveTo(x: number, y: number): unknown;
  lineTo(x: number, y: number): unknown;
  arc(x: number, y: number, radius: number, from: number, to: number): unknown;
  rect(x: number, y: number, width: number, height: number): unknown;
}

/** The chart that marks are drawn on; sizes in pixels. */
export interface Plot {
  width: number;
  height: number;
  /** How far the plot area is from the chart's edges. */
  inset: Inset;
  /** Where the values lie; on a category axis an index from 0. */
  at(x: number, y: number): readonly [x: number, y: number];
}

export interface Inset {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export type Marks = (plot: Plot) => readonly Mark[];

/** The insets of an option's first plot area. */
export function insetOf({ grid }: EChartsCoreOption): Inset {
  const [first] = (Array.isArray(grid) ? grid : [grid]) as (Partial<Inset> | undefined)[];
  const { left = 0, right = 0, top = 0, bottom = 0 } = first ?? {};
  return { left, right, top, bottom };
}

/** What ECharts leaves out. */
const NO_PAINT = 'none';
/** Over the still series, under tooltips. */
const Z = 5;
/** A pointer is never on a mark: ECharts' own shapes answer it, and nobody measures a mark. */
const NOWHERE = new graphic.BoundingRect(0, 0, 0, 0);

const Traced = graphic.extendShape({
  type: 'traced',
  shape: { trace: () => {} },
  buildPath: (path, shape: Pick<Mark, 'trace'>) => shape.trace(path),
  getBoundingRect: () => NOWHERE,
});
type Traced = InstanceType<typeof Traced>;
/** ECharts' types do not know exactOptionalPropertyTypes. */
type Child = Parameters<InstanceType<typeof graphic.Group>['add']>[0];

/** The marks of one chart. */
export class LiveMarks {
  readonly #paths: Traced[] = [];
  readonly #group = new graphic.Group();
  readonly #chart: EChartsType;

  constructor(chart: EChartsType) {
    this.#chart = chart;
    chart.getZr().add(this.#group as Child);
  }

  /** Draws `marks` at once in place of those before. */
  draw(marks: Marks, inset: Inset): void {
    const drawn = marks({
      inset,
      width: this.#chart.getWidth(),
      height: this.#chart.getHeight(),
      at: (x, y) => this.#chart.convertToPixel({ gridIndex: 0 }, [x, y]) as [number, number],
    });
    for (const [index, { color, opacity, line, trace }] of drawn.entries()) {
      const style =
        line === undefined
          ? { fill: color, stroke: NO_PAINT, lineWidth: 0, opacity }
          : { fill: NO_PAINT, stroke: color, lineWidth: line, opacity };
      const path = this.#paths[index];
      if (path === undefined) {
        const added = new Traced({
          silent: true,
          z: Z,
          shape: { trace },
          style,
        });
        this.#paths.push(added);
        this.#group.add(added as Child);
      } else {
        path.setShape({ trace });
        path.setStyle(style);
      }
    }
    for (const path of this.#paths.splice(drawn.length)) this.#group.remove(path as Child);
    this.#chart.getZr().refreshImmediately();
  }
}
