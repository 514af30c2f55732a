import { z } from 'zod';
import type { Card } from '../../preload/contract/cards';
import { counted } from '../../preload/contract/counts';
import { AppError } from '../../preload/contract/errors';
import type { Filter as OldFilter } from './format-1-filters';
import { AGGREGATES } from '../../preload/contract/questions';
import type { Filter } from '../../preload/contract/filters';
import { viewSchema } from './format-1-view';
import { type NewView, wrongView } from '../../preload/contract/view-format';

/**
 * Views of format 1 knew one dataset: their filters and cards name its columns by themselves. This is
 * the one place that reads them; what comes out is a view of format 2.
 */
const TYPES = ['type_1', 'type_2'];
const SEARCHED = ['name', 'id', 'type_1', 'type_2', 'abilities'];

const base = {
  id: z.string().min(1).max(60),
  title: z.string().min(1).max(80),
  width: z.int().min(3).max(12).default(4),
};
const column = z.string().max(100);

const oldCardSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...base,
    kind: z.literal('scatter'),
    x: column,
    y: column,
    color: column.default('type_1'),
    log: z.boolean().default(true),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('histogram'),
    column,
    bins: z.int().min(2).max(200).default(30),
  }),
  z.strictObject({ ...base, kind: z.literal('types') }),
  z.strictObject({ ...base, kind: z.literal('type-pairs') }),
  z.strictObject({ ...base, kind: z.literal('box'), column }),
  z.strictObject({ ...base, kind: z.literal('games') }),
  z.strictObject({
    ...base,
    kind: z.literal('group'),
    shape: z.enum(['bar', 'line']).default('bar'),
    x: column,
    y: column.optional(),
    color: column.optional(),
    aggregate: z.enum(AGGREGATES).default('count'),
  }),
]);

/**
 * A view of format 2 that shows what this one of format 1 showed.
 * @param games those whose overlaps a card of games shows
 * Throws `bad-view` with the place that is wrong.
 */
export function fromFormat1(json: unknown, games: readonly string[]): NewView {
  const read = viewSchema.safeParse(json);
  if (!read.success) throw wrongView(read.error);
  const { title, filters, sources, columns, sort, cards } = read.data;
  if (sources !== undefined) checkSources(sources, filters.length);
  return {
    pokeview: 2,
    ...(title === undefined ? {} : { title }),
    dataset: { kind: 'published' },
    selections: filters.map((filter, index) => ({
      source: sources?.[index] ?? `${index + 1}`,
      filter: filterFrom1(filter),
    })),
    ...(columns === undefined ? {} : { columns }),
    sort,
    ...(cards === undefined
      ? {}
      : { cards: cards.map((card, at) => checkedCard(card, at, games)) }),
  };
}

function checkSources(sources: readonly string[], filters: number): void {
  const hint = 'Give each filter a source of its own, or leave “sources” out.';
  if (sources.length !== filters) {
    throw new AppError(
      'bad-view',
      `The view file has ${counted(filters, 'filter')} but ${counted(sources.length, 'source')} of them.`,
      { hint },
    );
  }
  const twice = sources.find((source, at) => sources.indexOf(source) !== at);
  if (twice === undefined) return;
  throw new AppError('bad-view', `The view file has two filters from “${twice}”.`, { hint });
}

export function filterFrom1(filter: OldFilter): Filter {
  switch (filter.kind) {
    case 'range':
      return filter;
    case 'one-of':
      return { kind: 'one-of', columns: [filter.column], values: filter.values, match: 'any' };
    case 'types':
      return { kind: 'one-of', columns: TYPES, values: filter.values, match: filter.match };
    case 'games':
      return { kind: 'one-of', columns: ['games'], values: filter.values, match: filter.match };
    case 'game-sets':
      return { kind: 'sets', column: 'games', members: filter.games, sets: filter.sets };
    case 'type-pairs':
      return {
        kind: 'tuples',
        columns: TYPES,
        tuples: filter.pairs.map(({ type_1, type_2 }) => [type_1, type_2]),
      };
    case 'lasso': {
      const { x, y, log, points, more = [] } = filter;
      return { kind: 'area', x, y, log, outlines: [points, ...more] };
    }
    case 'search':
      return { kind: 'search', columns: SEARCHED, text: filter.text };
    default: {
      const never: never = filter;
      throw new Error(`unknown filter ${JSON.stringify(never)}`);
    }
  }
}

/**
 * A kept card of format 1: parts that are not known, or out of bounds, are as if they were absent.
 * Null where nothing can be drawn of it.
 */
export function cardFrom1(json: unknown, games: readonly string[]): Card | null {
  const read = oldCardSchema.safeParse(json);
  if (read.success) return newCard(read.data, games);
  if (typeof json !== 'object' || json === null) return null;
  const wrong = read.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys : issue.path.slice(0, 1),
  );
  const rest = Object.entries(json).filter(([name]) => !wrong.includes(name));
  const again = oldCardSchema.safeParse(Object.fromEntries(rest));
  return again.success ? newCard(again.data, games) : null;
}

function checkedCard(json: unknown, at: number, games: readonly string[]): Card {
  const read = oldCardSchema.safeParse(json);
  if (read.success) return newCard(read.data, games);
  const [issue] = read.error.issues;
  throw wrongView(
    new z.ZodError(issue === undefined ? [] : [{ ...issue, path: ['cards', at, ...issue.path] }]),
  );
}

function newCard(card: z.infer<typeof oldCardSchema>, games: readonly string[]): Card {
  const { id, title, width } = card;
  const own = { id, title, width };
  switch (card.kind) {
    case 'scatter':
      return { ...own, kind: 'density', x: card.x, y: card.y, color: card.color, log: card.log };
    case 'histogram':
      return { ...own, kind: 'histogram', column: card.column, bins: card.bins };
    case 'types':
      return { ...own, kind: 'categories', columns: TYPES, most: 20 };
    case 'type-pairs':
      return { ...own, kind: 'pairs', x: 'type_1', y: 'type_2' };
    case 'box':
      return { ...own, kind: 'spread', column: card.column, by: TYPES };
    case 'games':
      return { ...own, kind: 'sets', column: 'games', members: games.slice(0, 12) };
    case 'group': {
      const { shape, x, y, color, aggregate } = card;
      return {
        ...own,
        kind: 'group',
        shape,
        x,
        aggregate,
        ...(y === undefined ? {} : { y }),
        ...(color === undefined ? {} : { color }),
      };
    }
    default: {
      const never: never = card;
      throw new Error(`unknown card ${JSON.stringify(never)}`);
    }
  }
}
