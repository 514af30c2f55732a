import { z } from 'zod';
import { COLUMN_NAMES, type ColumnName } from './dataset';
import { filtersSchema } from './filters';

/**
 * What a card asks of the engine: a kind of question and its columns, never SQL. Compiled in
 * engine/chart-sql. Counts are Pokémon; values are in the columns' own units.
 */
const column = z.enum(COLUMN_NAMES as [ColumnName, ...ColumnName[]]);
const sortSchema = z.strictObject({ column, direction: z.enum(['asc', 'desc']).default('asc') });

export const AGGREGATES = ['count', 'mean', 'median', 'min', 'max', 'sum'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** One row a Pokémon: `id`, `name`, `x`, `y`, `color`; rows where x or y is null are left out. */
const points = z.strictObject({
  kind: z.literal('points'),
  x: column,
  y: column,
  color: column.optional(),
});

/** One row: `ids` (int[]) of the selection, ascending. */
const ids = z.strictObject({ kind: z.literal('ids') });

/**
 * One row a bin: `x0`, `x1`, `n`. Edges are round numbers that span the whole dataset whatever the
 * filters, so that a filtered shape lies over the unfiltered one; every bin is open to the right. Where all
 * values are equal there is one bin, from that value to itself.
 */
const histogram = z.strictObject({
  kind: z.literal('histogram'),
  column,
  /** About how many: the nearest to it that round edges allow. */
  bins: z.int().min(2).max(200),
});

/** One row: `n`, the Pokémon that have no value in a column, which a chart of it cannot show. */
const missing = z.strictObject({ kind: z.literal('missing'), column });

/** One row a type: `type`, `first`, `second` (Pokémon that have it in that slot). */
const types = z.strictObject({ kind: z.literal('types') });

/** One row a pair: `type_1`, `type_2` (null for one type only), `n`. */
const typePairs = z.strictObject({ kind: z.literal('type-pairs') });

/**
 * One row a type (either slot): `type`, `n`, `low`, `q1`, `median`, `q3`, `high` of a number
 * column. Whiskers are the extremes.
 */
const box = z.strictObject({ kind: z.literal('box'), column });

/** One row a combination of the named games: `combination` (text[]), `n`. */
const games = z.strictObject({
  kind: z.literal('games'),
  games: z.array(z.string()).min(1).max(12),
});

/** One row: `n`, `total` and the medians `height_m`, `weight_kg`, `bmi`, `base_experience`, `stat_total`. */
const summary = z.strictObject({ kind: z.literal('summary') });

/** Values a colour tells apart; the rarer ones of the whole dataset share `OTHER_COLOR`. */
export const MOST_COLORS = 18;
/** Bins of a number column that is told by colour. */
export const COLOR_BINS = 6;
export const OTHER_COLOR = '(other)';

/**
 * One row a group: `x`, `color`, `y`. Number columns are binned: `x` is the bin's lower edge, `x1`
 * its upper one, and so `color` and `color1`. `y` null for `count`.
 */
const group = z.strictObject({
  kind: z.literal('group'),
  x: column,
  y: column.optional(),
  color: column.optional(),
  aggregate: z.enum(AGGREGATES),
  bins: z.int().min(2).max(200).default(20),
});

/** One row: medians of the six base stats, `hp` … `speed`. */
const statMedians = z.strictObject({ kind: z.literal('stat-medians') });

/**
 * One page of the table: the named columns (all where none are named), in `sort` order then by
 * id. `total` is asked by `summary`.
 */
const rows = z.strictObject({
  kind: z.literal('rows'),
  columns: z.array(column).min(1).max(60).optional(),
  sort: z.array(sortSchema).max(10).default([]),
  offset: z.int().min(0).max(100_000_000),
  limit: z.int().min(1).max(1000),
});

/** All columns of named Pokémon, by id. */
const byId = z.strictObject({
  kind: z.literal('by-id'),
  ids: z.array(z.int().positive()).min(1).max(100),
});

/**
 * One row: a Pokémon's `position` (from 1) in the table's order, and the ids `previous` and `next`
 * to it (null at the ends). No row where the filters leave it out.
 */
const neighbours = z.strictObject({
  kind: z.literal('neighbours'),
  id: z.int().positive(),
  sort: z.array(sortSchema).max(10).default([]),
});

/** One row a distinct value of a text column (either slot for types): `value`, `n`. */
const values = z.strictObject({ kind: z.literal('values'), column });

export const chartQuerySchema = z.discriminatedUnion('kind', [
  points,
  ids,
  histogram,
  missing,
  types,
  typePairs,
  box,
  games,
  summary,
  group,
  statMedians,
  rows,
  byId,
  neighbours,
  values,
]);

export type ChartQuery = z.infer<typeof chartQuerySchema>;

export const chartRequestSchema = z.strictObject({
  query: chartQuerySchema,
  filters: filtersSchema,
});

export type ChartRequest = z.infer<typeof chartRequestSchema>;

export type ChartRow = Record<string, unknown>;
