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

/** The dashboard a first launch shows. */
export const DEFAULT_CARDS: readonly Card[] = [
  {
    id: 'size',
    kind: 'scatter',
    title: 'Height and weight',
    x: 'height_m',
    y: 'weight_kg',
    color: 'type_1',
    log: true,
    width: 7,
  },
  { id: 'types', kind: 'types', title: 'Types', width: 5 },
  { id: 'bmi', kind: 'histogram', title: 'BMI', column: 'bmi', bins: 30, width: 4 },
  {
    id: 'experience',
    kind: 'histogram',
    title: 'Base experience',
    column: 'base_experience',
    bins: 30,
    width: 4,
  },
  {
    id: 'total',
    kind: 'histogram',
    title: 'Stat total',
    column: 'stat_total',
    bins: 30,
    width: 4,
  },
  { id: 'pairs', kind: 'type-pairs', title: 'Type pairs', width: 5 },
  { id: 'box', kind: 'box', title: 'Speed by type', column: 'speed', width: 4 },
  { id: 'games', kind: 'games', title: 'Games', width: 3 },
];
