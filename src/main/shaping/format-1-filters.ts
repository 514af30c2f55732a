import { z } from 'zod';
import { shortText } from '../../preload/contract/issue-words';
import { COLUMN_NAMES, type ColumnName, isNumberColumn } from '../../preload/contract/dataset';

/**
 * A selection as data. Filters are joined by AND; what a filter says of a null value is
 * stated with it. Views of format 1 hold them; shaping/view-format-1 turns each into one of the contract’s filters.
 */
export const columnName = z.enum(COLUMN_NAMES as [ColumnName, ...ColumnName[]], {
  error: ({ input }) =>
    typeof input === 'string' ? `no column is named “${shortText(input)}”` : 'a column is missing',
});

/** A column that can be measured along. */
export const numberColumnName = columnName.refine(isNumberColumn, {
  error: ({ input }) => `the column “${String(input)}” holds no numbers`,
});

/** Both ends are within, but `below: true` leaves the upper one out; null values never match. */
const rangeFilter = z.strictObject({
  kind: z.literal('range'),
  column: numberColumnName,
  min: z.number().optional(),
  max: z.number().optional(),
  below: z.literal(true).optional(),
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

/**
 * In exactly one of these combinations of the named `games`, whatever other games it is in; the
 * empty combination means in none of them.
 */
const gameSetsFilter = z
  .strictObject({
    kind: z.literal('game-sets'),
    games: z.array(z.string()).min(1).max(12),
    sets: z.array(z.array(z.string()).max(12)).min(1).max(400),
  })
  .refine(({ games, sets }) => sets.flat().every((game) => games.includes(game)), {
    error: 'a combination has a game that is not among the games',
    path: ['sets'],
  });

/** Exactly this pair of slots; `type_2` null means one type only. */
const typePairsFilter = z.strictObject({
  kind: z.literal('type-pairs'),
  pairs: z
    .array(z.strictObject({ type_1: z.string(), type_2: z.string().nullable() }))
    .min(1)
    .max(400),
});

/** A closed outline, vertices in data units. */
const outline = z
  .array(z.tuple([z.number(), z.number()]))
  .min(3)
  .max(1000);

/** Inside a closed polygon in the plane of two number columns, or inside one of `more`. */
const lassoFilter = z
  .strictObject({
    kind: z.literal('lasso'),
    x: numberColumnName,
    y: numberColumnName,
    log: z.boolean().default(false),
    points: outline,
    more: z.array(outline).min(1).max(20).optional(),
  })
  .refine(({ log, points, more = [] }) => !log || [points, ...more].flat(2).every((v) => v > 0), {
    error: 'a corner on logarithmic axes is at or below 0',
    path: ['points'],
  });

/** Words in number, name, type or ability; the rule stands in search-words. */
const searchFilter = z.strictObject({
  kind: z.literal('search'),
  text: z.string().min(1).max(200),
});

export const filterSchema = z.discriminatedUnion('kind', [
  rangeFilter,
  oneOfFilter,
  typesFilter,
  gamesFilter,
  gameSetsFilter,
  typePairsFilter,
  lassoFilter,
  searchFilter,
]);

export type Filter = z.infer<typeof filterSchema>;

/** Each is held against every row: as many take about a second for a thousand rows. */
const MOST_VALUES = 20_000;

/** A selection of any sources together. */
export const filtersSchema = z
  .array(filterSchema)
  .max(100)
  .refine((filters) => filters.reduce((sum, each) => sum + valuesOf(each), 0) <= MOST_VALUES, {
    error: 'together they have more than 20,000 values or corners',
  });

function valuesOf(filter: Filter): number {
  switch (filter.kind) {
    case 'one-of':
    case 'types':
    case 'games':
      return filter.values.length;
    case 'game-sets':
      return filter.sets.length;
    case 'type-pairs':
      return filter.pairs.length;
    case 'lasso':
      return [filter.points, ...(filter.more ?? [])].reduce((sum, each) => sum + each.length, 0);
    case 'range':
    case 'search':
      return 1;
    default: {
      const never: never = filter;
      throw new Error(`unknown filter ${JSON.stringify(never)}`);
    }
  }
}

export const sortSchema = z.strictObject({
  column: columnName,
  direction: z.enum(['asc', 'desc']).default('asc'),
});

export type Sort = z.infer<typeof sortSchema>;
