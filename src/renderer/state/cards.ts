import { z } from 'zod';
import { AGGREGATES } from '../../preload/contract/chart-query';
import { columnName as column, numberColumnName as numbers } from '../../preload/contract/filters';

/** The cards of a dashboard as data: what a view file holds and the screen draws. */
const base = { id: z.string().min(1).max(60), title: z.string().min(1).max(80) };
/** Columns of the 12-column grid. */
const width = z.int().min(3).max(12).default(4);

export const cardSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...base,
    kind: z.literal('scatter'),
    x: numbers,
    y: numbers,
    color: column.default('type_1'),
    log: z.boolean().default(true),
    width,
  }),
  z.strictObject({
    ...base,
    kind: z.literal('histogram'),
    column: numbers,
    bins: z.int().min(2).max(200).default(30),
    width,
  }),
  z.strictObject({ ...base, kind: z.literal('types'), width }),
  z.strictObject({ ...base, kind: z.literal('type-pairs'), width }),
  z.strictObject({ ...base, kind: z.literal('box'), column: numbers, width }),
  z.strictObject({ ...base, kind: z.literal('games'), width }),
  z
    .strictObject({
      ...base,
      kind: z.literal('group'),
      shape: z.enum(['bar', 'line']).default('bar'),
      x: column,
      y: numbers.optional(),
      color: column.optional(),
      aggregate: z.enum(AGGREGATES).default('count'),
      width,
    })
    .refine(({ aggregate, y }) => aggregate === 'count' || y !== undefined, {
      error: 'this aggregate needs a number column',
      path: ['y'],
    }),
]);

export type Card = z.infer<typeof cardSchema>;

/**
 * A kept card as far as this app can draw it: parts it does not know, or that are out of bounds,
 * are as if they were absent. Null where nothing can be drawn.
 */
export function soundCard(kept: unknown): Card | null {
  const parsed = cardSchema.safeParse(kept);
  if (parsed.success) return parsed.data;
  if (typeof kept !== 'object' || kept === null) return null;
  const wrong = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys : issue.path.slice(0, 1),
  );
  const rest = Object.entries(kept).filter(([name]) => !wrong.includes(name));
  return cardSchema.safeParse(Object.fromEntries(rest)).data ?? null;
}
