import { z } from 'zod';
import { columnName, filtersSchema, sortSchema } from './format-1-filters';

/**
 * A view of format 1: what is seen, as data (`.pokeview.json`). `columns` and `sort` default to the
 * dataset's own; `cards` and `sources` belong to the screen and are passed through.
 */
export const viewSchema = z.strictObject({
  pokeview: z.literal(1),
  title: z.string().max(200).optional(),
  filters: filtersSchema.default([]),
  /** Where each filter was made, in the order of `filters`. */
  sources: z.array(z.string().min(1).max(60)).max(100).optional(),
  columns: z
    .array(columnName)
    .min(1)
    .refine((columns) => new Set(columns).size === columns.length, 'a column is named twice')
    .optional(),
  sort: z.array(sortSchema).max(10).default([]),
  cards: z.array(z.unknown()).max(100).optional(),
});

export type View = z.infer<typeof viewSchema>;
