import { z } from 'zod';
import { columnOf, type DatasetDescriptor, isNumberColumn, isOrderedColumn } from './descriptor';
import { shortText } from './issue-words';
import { AGGREGATES, BIN_AXES } from './questions';
import { columnName, wrongColumn } from './filters';

/** Columns of the 12-column grid that a card takes. */
export const NARROWEST_CARD = 3;
export const WIDEST_CARD = 12;
/** Cards that a dashboard has at most. */
export const MOST_CARDS = 100;

/** The cards of a dashboard as data: what a view holds and the screen draws. */
const base = {
  id: z.string().min(1).max(60),
  title: z.string().min(1).max(80),
  width: z.int().min(NARROWEST_CARD).max(WIDEST_CARD).default(4),
};

export const cardSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...base,
    kind: z.literal('density'),
    x: columnName,
    y: columnName,
    color: columnName.optional(),
    log: z.boolean().default(false),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('histogram'),
    column: columnName,
    bins: z.int().min(2).max(200).default(30),
    /** Linear where it is not said. */
    axis: z.enum(BIN_AXES).exactOptional(),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('categories'),
    columns: z.array(columnName).min(1).max(16),
    most: z.int().min(1).max(1000).default(20),
  }),
  z.strictObject({ ...base, kind: z.literal('pairs'), x: columnName, y: columnName }),
  z.strictObject({
    ...base,
    kind: z.literal('spread'),
    column: columnName,
    by: z.array(columnName).min(1).max(16),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('sets'),
    column: columnName,
    members: z.array(z.string()).min(1).max(12),
  }),
  z
    .strictObject({
      ...base,
      kind: z.literal('group'),
      shape: z.enum(['bar', 'line']).default('bar'),
      x: columnName,
      y: columnName.optional(),
      color: columnName.optional(),
      aggregate: z.enum(AGGREGATES).default('count'),
    })
    .refine(({ aggregate, y }) => aggregate === 'count' || y !== undefined, {
      error: 'this aggregate needs a number column',
      path: ['y'],
    }),
]);

export type Card = z.infer<typeof cardSchema>;
export type CardOf<Kind extends Card['kind']> = Extract<Card, { kind: Kind }>;

/** The columns a card shows. */
export function cardColumnNames(card: Card): readonly string[] {
  switch (card.kind) {
    case 'density':
      return [card.x, card.y, ...(card.color === undefined ? [] : [card.color])];
    case 'histogram':
    case 'sets':
      return [card.column];
    case 'categories':
      return card.columns;
    case 'pairs':
      return [card.x, card.y];
    case 'spread':
      return [card.column, ...card.by];
    case 'group':
      return [card.x, card.y, card.color].filter((name) => name !== undefined);
    default: {
      const never: never = card;
      throw new Error(`unknown card ${JSON.stringify(never)}`);
    }
  }
}

/** What is wrong with a card of this dataset, without a full stop; null for nothing. */
export function wrongInCard(card: Card, dataset: DatasetDescriptor): string | null {
  for (const name of cardColumnNames(card)) {
    const wrong = wrongColumn(name, dataset);
    if (wrong !== null) return wrong;
  }
  const [measured, fits] = measuredColumns(card);
  const other = measured.find((name) => !fits(columnOf(dataset, name)));
  if (other !== undefined) return `the column “${shortText(other)}” holds no numbers`;
  if (card.kind === 'sets' && columnOf(dataset, card.column)?.type !== 'list')
    return `the column “${shortText(card.column)}” holds no lists`;
  return null;
}

function measuredColumns(card: Card): [readonly string[], typeof isOrderedColumn] {
  switch (card.kind) {
    case 'density':
      return [[card.x, card.y], isOrderedColumn];
    case 'histogram':
      return [[card.column], isOrderedColumn];
    case 'spread':
      return [[card.column], isNumberColumn];
    case 'group':
      return [card.y === undefined ? [] : [card.y], isNumberColumn];
    case 'categories':
    case 'pairs':
    case 'sets':
      return [[], isNumberColumn];
    default: {
      const never: never = card;
      throw new Error(`unknown card ${JSON.stringify(never)}`);
    }
  }
}
