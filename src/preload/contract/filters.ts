import { z } from 'zod';
import { COLUMN_NAMES, type ColumnName } from './dataset';

/**
 * A selection as data. Filters are joined by AND; what a filter says of a null value is
 * stated with it. Compiled to SQL in one place (engine/filter-sql).
 */
export const columnName = z.enum(COLUMN_NAMES as [ColumnName, ...ColumnName[]], {
  error: ({ input }) =>
    typeof input === 'string' ? `no column is named “${input}”` : 'a column is missing',
});

/** Inclusive at both ends; null values never match. */
const rangeFilter = z.strictObject({
  kind: z.literal('range'),
  column: columnName,
  min: z.number().optional(),
  max: z.number().optional(),
});

/** Equal to one of the values; `null` in the list matches null. On a list column: any element. */
const oneOfFilter = z.strictObject({
  kind: z.literal('one-of'),
  column: columnName,
  values: z
    .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .min(1)
    .max(10_000),
});

/** Types in either slot: `any` of them, or `all` of them. */
const typesFilter = z.strictObject({
  kind: z.literal('types'),
  values: z.array(z.string()).min(1).max(64),
  match: z.enum(['any', 'all']).default('any'),
});

/** Versions in `games`: `any` of them, or `all` of them. */
const gamesFilter = z.strictObject({
  kind: z.literal('games'),
  values: z.array(z.string()).min(1).max(64),
  match: z.enum(['any', 'all']).default('any'),
});

/** Exactly this pair of slots; `type_2` null means one type only. */
const typePairsFilter = z.strictObject({
  kind: z.literal('type-pairs'),
  pairs: z
    .array(z.strictObject({ type_1: z.string(), type_2: z.string().nullable() }))
    .min(1)
    .max(400),
});

/** Inside a closed polygon in the plane of two number columns, vertices in data units. */
const lassoFilter = z.strictObject({
  kind: z.literal('lasso'),
  x: columnName,
  y: columnName,
  log: z.boolean().default(false),
  points: z
    .array(z.tuple([z.number(), z.number()]))
    .min(3)
    .max(1000),
});

/** Every word occurs in the name, a type or an ability, whatever the case. */
const searchFilter = z.strictObject({
  kind: z.literal('search'),
  text: z.string().min(1).max(200),
});

export const filterSchema = z.discriminatedUnion('kind', [
  rangeFilter,
  oneOfFilter,
  typesFilter,
  gamesFilter,
  typePairsFilter,
  lassoFilter,
  searchFilter,
]);

export type Filter = z.infer<typeof filterSchema>;

export const sortSchema = z.strictObject({
  column: columnName,
  direction: z.enum(['asc', 'desc']).default('asc'),
});

export type Sort = z.infer<typeof sortSchema>;
