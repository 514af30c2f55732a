import { z } from 'zod';
import { AGGREGATES } from '../../preload/contract/chart-query';
import { COLUMN_NAMES, type ColumnName } from '../../preload/contract/dataset';

/** The cards of a dashboard as data: what a view file holds and the screen draws. */
const column = z.enum(COLUMN_NAMES as [ColumnName, ...ColumnName[]]);
const base = { id: z.string().min(1).max(60), title: z.string().min(1).max(80) };
/** Columns of the 12-column grid. */
const width = z.int().min(3).max(12).default(4);

export const cardSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...base,
    kind: z.literal('scatter'),
    x: column,
    y: column,
    color: column.default('type_1'),
    log: z.boolean().default(true),
    width,
  }),
  z.strictObject({
    ...base,
    kind: z.literal('histogram'),
    column,
    bins: z.int().min(2).max(200).default(30),
    width,
  }),
  z.strictObject({ ...base, kind: z.literal('types'), width }),
  z.strictObject({ ...base, kind: z.literal('type-pairs'), width }),
  z.strictObject({ ...base, kind: z.literal('box'), column, width }),
  z.strictObject({ ...base, kind: z.literal('games'), width }),
  z.strictObject({
    ...base,
    kind: z.literal('group'),
    shape: z.enum(['bar', 'line']).default('bar'),
    x: column,
    y: column.optional(),
    color: column.optional(),
    aggregate: z.enum(AGGREGATES).default('count'),
    width,
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
