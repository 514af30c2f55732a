import { z } from 'zod';
import {
  columnOf,
  type DatasetDescriptor,
  isNumberColumn,
  isOrderedColumn,
  isTimeColumn,
} from './descriptor';
import { AppError } from './errors';
import { shortText } from './issue-words';

/**
 * A selection as data, of any table. Filters are joined by AND; what a filter says of null, and of
 * the edges, is stated with it and holds in engine, chip, export and SQL. Compiled to SQL in one
 * place (engine/where-sql). Columns are held against a descriptor by `checkFilters`.
 */
export const columnName = z.string().max(2000);

const scalar = z.union([z.string().max(100_000), z.number(), z.boolean(), z.null()]);

/** A number in the column's unit, or for a column of time an ISO 8601 text. */
const end = z.union([z.number(), z.string().max(60)]);

/** Both ends are within, but `below: true` leaves the upper one out. Null, NaN and ±∞ never match. */
const rangeFilter = z.strictObject({
  kind: z.literal('range'),
  column: columnName,
  min: end.optional(),
  max: end.optional(),
  /** The upper end is not within, as of a histogram's bin. */
  below: z.literal(true).optional(),
});

/**
 * Equal to one of the values in any of the columns; `all`: each value in one of them. On a list
 * column an element stands for the row. `null` among the values matches rows with nothing in all of
 * the columns. `not` keeps just the other rows, those with nothing among them.
 */
const oneOfFilter = z.strictObject({
  kind: z.literal('one-of'),
  columns: z.array(columnName).min(1).max(16),
  values: z.array(scalar).min(1).max(10_000),
  match: z.enum(['any', 'all']).default('any'),
  not: z.literal(true).exactOptional(),
});

/** Exactly one of these combinations of the columns' values; null equals null. */
const tuplesFilter = z
  .strictObject({
    kind: z.literal('tuples'),
    columns: z.array(columnName).min(1).max(16),
    tuples: z.array(z.array(scalar)).min(1).max(400),
  })
  .refine(({ columns, tuples }) => tuples.every((tuple) => tuple.length === columns.length), {
    error: 'a combination has not one value for each column',
    path: ['tuples'],
  });

/**
 * A list column that has exactly one of these sets of the named members, whatever else it has; the
 * empty set means none of them.
 */
const setsFilter = z
  .strictObject({
    kind: z.literal('sets'),
    column: columnName,
    members: z.array(z.string()).min(1).max(12),
    sets: z.array(z.array(z.string()).max(12)).min(1).max(400),
  })
  .refine(({ members, sets }) => sets.flat().every((member) => members.includes(member)), {
    error: 'a combination has a member that is not among the members',
    path: ['sets'],
  });

/** A closed outline, corners in data units (milliseconds since 1970 for columns of time). */
const outlineSchema = z
  .array(z.tuple([z.number(), z.number()]))
  .min(3)
  .max(1000);

export type Outline = z.infer<typeof outlineSchema>;

/** Inside one of the outlines in the plane of two columns; null is nowhere. */
const areaFilter = z
  .strictObject({
    kind: z.literal('area'),
    x: columnName,
    y: columnName,
    log: z.boolean().default(false),
    outlines: z.array(outlineSchema).min(1).max(21),
  })
  .refine(({ log, outlines }) => !log || outlines.flat(2).every((value) => value > 0), {
    error: 'a corner on logarithmic axes is at or below 0',
    path: ['outlines'],
  });

/** Words in the columns' texts; the rule stands in search-words. */
const searchFilter = z.strictObject({
  kind: z.literal('search'),
  columns: z.array(columnName).min(1).max(100),
  text: z.string().min(1).max(200),
});

export const filterSchema = z.discriminatedUnion('kind', [
  rangeFilter,
  oneOfFilter,
  tuplesFilter,
  setsFilter,
  areaFilter,
  searchFilter,
]);

export type Filter = z.infer<typeof filterSchema>;
export type FilterOf<Kind extends Filter['kind']> = Extract<Filter, { kind: Kind }>;

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
      return filter.values.length;
    case 'tuples':
      return filter.tuples.length;
    case 'sets':
      return filter.sets.length;
    case 'area':
      return filter.outlines.reduce((sum, each) => sum + each.length, 0);
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

/** The columns a filter looks at. */
export function filterColumns(filter: Filter): readonly string[] {
  switch (filter.kind) {
    case 'range':
    case 'sets':
      return [filter.column];
    case 'one-of':
    case 'tuples':
    case 'search':
      return filter.columns;
    case 'area':
      return [filter.x, filter.y];
    default: {
      const never: never = filter;
      throw new Error(`unknown filter ${JSON.stringify(never)}`);
    }
  }
}

/** Throws `bad-view` where a filter names a column that the dataset has not, or that cannot be asked so. */
export function checkFilters(filters: readonly Filter[], dataset: DatasetDescriptor): void {
  for (const filter of filters) {
    const wrong = wrongInFilter(filter, dataset);
    if (wrong !== null) throw notThere(wrong);
  }
}

/** What is wrong with a filter of this dataset, without a full stop; null for nothing. */
export function wrongInFilter(filter: Filter, dataset: DatasetDescriptor): string | null {
  for (const name of filterColumns(filter)) {
    const wrong = wrongColumn(name, dataset);
    if (wrong !== null) return wrong;
  }
  if (filter.kind === 'range') {
    const column = columnOf(dataset, filter.column);
    if (!isOrderedColumn(column)) return noNumbers(filter.column);
    const given = [filter.min, filter.max].filter((each) => each !== undefined);
    if (isNumberColumn(column) && given.some((each) => typeof each !== 'number'))
      return `the column “${shortText(filter.column)}” needs numbers as its ends`;
    if (isTimeColumn(column) && given.some((each) => Number.isNaN(momentOf(each))))
      return `the column “${shortText(filter.column)}” needs dates as its ends, like 2026-08-08`;
  }
  if (filter.kind === 'area') {
    const other = [filter.x, filter.y].find((name) => !isOrderedColumn(columnOf(dataset, name)));
    if (other !== undefined) return noNumbers(other);
  }
  if (filter.kind === 'sets' && columnOf(dataset, filter.column)?.type !== 'list')
    return `the column “${shortText(filter.column)}” holds no lists`;
  return null;
}

/** What is wrong with a column's name, without a full stop; null where the dataset has it. */
export function wrongColumn(name: string, dataset: DatasetDescriptor): string | null {
  return columnOf(dataset, name) === undefined ? `no column is named “${shortText(name)}”` : null;
}

function noNumbers(name: string): string {
  return `the column “${shortText(name)}” holds no numbers`;
}

function notThere(wrong: string): AppError {
  return new AppError('bad-view', `A filter does not fit these data: ${wrong}.`, {
    hint: 'Choose one of the columns there are.',
  });
}

/** Milliseconds since 1970 of an ISO 8601 text, UTC where it names no zone; NaN for no date. */
export function momentOf(end: number | string): number {
  if (typeof end === 'number') return end;
  const text = end.trim().replace(' ', 'T');
  const zoned = /T/.test(text) && !/(Z|[+-]\d\d(:?\d\d)?)$/i.test(text) ? `${text}Z` : text;
  return Date.parse(zoned);
}
