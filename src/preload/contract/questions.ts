import { z } from 'zod';
import type { Measured, RowId, Scalar } from './descriptor';
import { columnName, filtersSchema, sortSchema } from './filters';
import type { Cell } from './value-text';

/**
 * What a card asks of the engine: one of eleven kinds of question with the columns it is about,
 * never SQL; and what each answers. Compiled in engine/answers/<kind>. Counts are rows, values are in
 * the columns' own units, moments are milliseconds since 1970.
 */
export const AGGREGATES = ['count', 'mean', 'median', 'min', 'max', 'sum'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** How a number column's bins lie along their axis. */
export const BIN_AXES = ['linear', 'log', 'clipped'] as const;
export type BinAxisKind = (typeof BIN_AXES)[number];

const bins = z.int().min(2).max(200);
const sort = z.array(sortSchema).max(10).default([]);
const rowId = z.string().min(1).max(10_000);

/** Values a colour tells apart; the rarer ones of the whole dataset share `OTHER_COLOR`. */
export const MOST_COLORS = 18;
/** Bins of a measure that is told by colour. */
export const COLOR_BINS = 6;
export const OTHER_COLOR = '(other)';
/** Values that one question counts. */
export const MOST_COUNTED = 1000;
/** Of more rows than these not everything can be asked at each step of a drag. */
export const MANY_ROWS = 100_000;
/** More rows than this are drawn as density. */
export const MOST_POINTS = 20_000;
/** Outliers that are named, for each box; the others are counted. */
export const MOST_OUTLIERS = 60;

export const QUESTION_SCHEMAS = {
  /** How many rows there are, and figures of columns. */
  summary: z.strictObject({
    kind: z.literal('summary'),
    of: z
      .array(
        z.strictObject({
          column: columnName,
          as: z.enum(AGGREGATES),
          /**
           * The least, the greatest and the median as SQL gives them, to the last digit: infinities
           * count, and only NaN is left out. Without it, figures are of the finite values.
           */
          exactly: z.literal(true).exactOptional(),
        }),
      )
      .max(60)
      .default([]),
  }),
  /**
   * Counts of bins. Edges are round and span the whole dataset whatever the filters, so that a
   * filtered shape lies over the unfiltered one; every bin is open to the right. Numbers may be cut
   * by their logarithms, or have all that is far off in one bin at either end.
   */
  histogram: z.strictObject({
    kind: z.literal('histogram'),
    column: columnName,
    /** About how many: the nearest to it that round edges allow. */
    bins,
    axis: z.enum(BIN_AXES).exactOptional(),
  }),
  /** Counts of each value, in one or in several columns that share a vocabulary. */
  counts: z.strictObject({
    kind: z.literal('counts'),
    columns: z.array(columnName).min(1).max(16),
    most: z.int().min(1).max(MOST_COUNTED),
  }),
  /** Counts of each pair of values. */
  pairs: z.strictObject({ kind: z.literal('pairs'), x: columnName, y: columnName }),
  /** Counts of each combination of members that a list column has. */
  sets: z.strictObject({
    kind: z.literal('sets'),
    column: columnName,
    members: z.array(z.string()).min(1).max(12),
  }),
  /** Dots while they are few, counts of cells when they are not. */
  density: z.strictObject({
    kind: z.literal('density'),
    x: columnName,
    y: columnName,
    color: columnName.optional(),
    log: z.boolean(),
    across: z.int().min(8).max(400),
    up: z.int().min(8).max(400),
  }),
  /** How a measure is spread, for each value of one or several columns that share a vocabulary. */
  spread: z.strictObject({
    kind: z.literal('spread'),
    column: columnName,
    by: z.array(columnName).min(1).max(16),
  }),
  /** An aggregate for each group; ordered columns are binned. */
  group: z
    .strictObject({
      kind: z.literal('group'),
      x: columnName,
      y: columnName.optional(),
      color: columnName.optional(),
      aggregate: z.enum(AGGREGATES),
      bins,
    })
    .refine(({ aggregate, y }) => aggregate === 'count' || y !== undefined, {
      error: 'this aggregate needs a number column',
      path: ['y'],
    }),
  /** One page of the table, in `sort` order and then by position. */
  rows: z.strictObject({
    kind: z.literal('rows'),
    columns: z.array(columnName).max(2500),
    sort,
    from: z.int().min(0).max(1_000_000_000),
    count: z.int().min(1).max(1000),
  }),
  /** All columns of named rows, whether selected or not. */
  byId: z.strictObject({ kind: z.literal('byId'), ids: z.array(rowId).min(1).max(100) }),
  /** A row's place in the table's order; null where the filters leave it out. */
  neighbours: z.strictObject({ kind: z.literal('neighbours'), id: rowId, sort }),
} as const;

export type QuestionKind = keyof typeof QUESTION_SCHEMAS;
export type Question = {
  [K in QuestionKind]: z.output<(typeof QUESTION_SCHEMAS)[K]>;
}[QuestionKind];
export type QuestionOf<K extends QuestionKind> = Extract<Question, { kind: K }>;

export interface Answers {
  summary: { n: number; total: number; values: (Measured | null)[] };
  /**
   * `counts[i]` is of `edges[i]` up to `edges[i + 1]`. One bin from a value to itself where all are
   * equal; no edges where there are no values. `leftOut`: rows with null, NaN or an infinity.
   */
  histogram: { edges: number[]; counts: number[]; leftOut: number };
  /** Most frequent first. `n` by column, `rows` that have it in any; `others`: values cut off. */
  counts: { values: { value: Scalar; n: number[]; rows: number }[]; others: number };
  pairs: { pairs: { x: Scalar; y: Scalar; n: number }[] };
  sets: { sets: { set: string[]; n: number }[] };
  density: Density;
  /** By descending median. `low` and `high` are Tukey's whiskers, `least` and `most` the extremes. */
  spread: { groups: Spread[]; leftOut: number };
  /**
   * In the order of x, then color, null last. `x1` and `color1` are upper edges of bins. `edges` are
   * those of all of x's bins, also of empty ones; none where x is not binned.
   */
  group: {
    groups: { x: Scalar; x1?: number; color: Scalar; color1?: number; y: number | null }[];
    edges: number[];
    /** Rows without a place on x. */
    leftOut: number;
    /** Rows that have no finite y: they add nothing to an aggregate of it. */
    unmeasured: number;
  };
  /** `cells` in the order of `columns`. */
  rows: { columns: string[]; rows: { id: RowId; cells: Cell[] }[] };
  byId: { columns: string[]; rows: { id: RowId; cells: Cell[] }[] };
  neighbours: { position: number; previous: RowId | null; next: RowId | null } | null;
}

/** Of the rows left out, those whose values no logarithm has a place for. */
export interface NotPositive {
  n: number;
  /** Whether any of them is 0 or less in that column. */
  x: boolean;
  y: boolean;
  /** Whether any of these values is less than 0. */
  negative: boolean;
}

/** What is drawn is always all of it; `leftOut` rows have no place (null, or zero and below on log axes). */
export type Density = { notPositive?: NotPositive } & (
  | {
      drawn: 'points';
      points: { id: RowId; title: string; x: number; y: number; color: Scalar }[];
      leftOut: number;
    }
  | {
      drawn: 'cells';
      /** Of the whole dataset, linear in the logarithm where `log`. */
      x: readonly [number, number];
      y: readonly [number, number];
      across: number;
      up: number;
      /** The fullest cell's count. */
      most: number;
      /** By rows of cells from the bottom, each from the left. */
      counts: number[];
      leftOut: number;
    }
);

export interface Spread {
  value: Scalar;
  n: number;
  least: number;
  low: number;
  q1: number;
  median: number;
  q3: number;
  high: number;
  most: number;
  outliers: { id: RowId; title: string; value: number }[];
  /** Outliers, named or not. */
  outlying: number;
}

export type AnswerTo<Q extends { kind: QuestionKind }> = Answers[Q['kind']];

const questionSchema = z.discriminatedUnion('kind', [
  QUESTION_SCHEMAS.summary,
  QUESTION_SCHEMAS.histogram,
  QUESTION_SCHEMAS.counts,
  QUESTION_SCHEMAS.pairs,
  QUESTION_SCHEMAS.sets,
  QUESTION_SCHEMAS.density,
  QUESTION_SCHEMAS.spread,
  QUESTION_SCHEMAS.group,
  QUESTION_SCHEMAS.rows,
  QUESTION_SCHEMAS.byId,
  QUESTION_SCHEMAS.neighbours,
]);

/** Of a table that holds two versions: the one that is looked at, or the one it is compared with. */
export type Side = 'now' | 'before';

/** What stands before the id of a row of the earlier one; without it the id is the row's now. */
export const BEFORE_ID = 'before/';

export const askedSchema = z.strictObject({
  question: questionSchema,
  filters: filtersSchema,
  /** Of which of two versions, in a table that holds two; of the one that is looked at where it is not said. */
  side: z.literal('before').exactOptional(),
});

/** A question and the selection it is asked of. */
export type Asked = z.output<typeof askedSchema>;
