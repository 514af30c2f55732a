import { z } from 'zod';
import { type Card, cardSchema, MOST_CARDS, wrongInCard } from './cards';
import { columnOf, type DatasetDescriptor } from './descriptor';
import { AppError } from './errors';
import { issueWords } from './issue-words';
import { AGGREGATES } from './questions';
import { columnName, filterSchema, filtersSchema, sortSchema, wrongInFilter } from './filters';

/** The view format this app writes. Format 1 is read through `Migrate`. */
export const NEWEST_FORMAT = 2;

const selectionSchema = z.strictObject({
  /** Where the filter was made. */
  source: z.string().min(1).max(2100),
  filter: filterSchema,
});

/** A view of any dataset: what is seen, as data (`.pokeview.json`). */
export const newViewSchema = z.strictObject({
  pokeview: z.literal(NEWEST_FORMAT),
  title: z.string().max(200).optional(),
  /** Which data it was made of; the Pokémon where it does not say. */
  dataset: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('published'), version: z.int().positive().optional() }),
      z.strictObject({ kind: z.literal('changes') }),
      z.strictObject({
        kind: z.literal('file'),
        name: z.string().max(1000),
        columns: z.array(columnName).max(2500),
      }),
    ])
    .default({ kind: 'published' }),
  selections: z
    .array(selectionSchema)
    .max(100)
    .refine((given) => filtersSchema.safeParse(given.map(({ filter }) => filter)).success, {
      error: 'together they have more than 20,000 values or corners',
    })
    .default([]),
  columns: z
    .array(columnName)
    .min(1)
    .max(2500)
    .refine((columns) => new Set(columns).size === columns.length, 'a column is named twice')
    .optional(),
  sort: z.array(sortSchema).max(10).default([]),
  cards: z
    .array(cardSchema)
    .max(MOST_CARDS)
    .refine((cards) => new Set(cards.map(({ id }) => id)).size === cards.length, {
      error: 'two cards have one id',
    })
    .optional(),
  tiles: z
    .array(
      z.strictObject({
        column: columnName,
        as: z.enum(AGGREGATES),
        /** What it is called where the column's own label has no room. */
        label: z.string().min(1).max(40).optional(),
      }),
    )
    .max(12)
    .optional(),
  /** The side bar, from top to bottom: columns and groups. */
  panels: z.array(columnName).max(2500).optional(),
});

export type NewView = z.infer<typeof newViewSchema>;

/** Makes of a view of an older format one of the newest. Throws `bad-view`. */
export type Migrate = (json: unknown) => unknown;

const HINT = 'Save the view again from the app, or write one as the README shows.';

/** Characters of a view file; the largest selection there may be takes a fifth of it. */
export const LONGEST_VIEW = 5_000_000;

export function viewTooLarge(): AppError {
  return new AppError(
    'bad-view',
    `The view file is larger than ${LONGEST_VIEW / 1_000_000} MB, which no view is.`,
    { hint: 'Choose a file whose name ends in .pokeview.json.' },
  );
}

/**
 * Reads a view file's text. Throws `bad-view` with the place that is wrong, never a partial view.
 * Whether it fits a dataset is told by `checkView`.
 */
export function readView(text: string, migrate: Migrate): NewView {
  if (text.length > LONGEST_VIEW) throw viewTooLarge();
  const json = parsed(text);
  const format = formatOf(json);
  if (format > NEWEST_FORMAT) {
    throw new AppError(
      'bad-view',
      `The view file has format ${format}; this version of the app reads up to ${NEWEST_FORMAT}.`,
      { hint: 'Update the app, or save the view in the older format.' },
    );
  }
  const read = newViewSchema.safeParse(format === NEWEST_FORMAT ? json : migrate(json));
  if (!read.success) throw wrongView(read.error);
  return read.data;
}

/** `bad-view`, with the first place that is wrong. */
export function wrongView(error: z.ZodError): AppError {
  const issue = error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
  const words = issue === undefined ? 'it is not a view' : issueWords(issue);
  return new AppError('bad-view', `The view file is wrong${place}: ${words}.`, {
    hint: HINT,
    cause: error,
  });
}

/** Throws `bad-view` where a part of the view does not fit the dataset: filters, columns, cards. */
export function checkView(view: NewView, dataset: DatasetDescriptor): void {
  const wrong = wrongInView(view, dataset);
  if (wrong === null) return;
  throw new AppError('bad-view', `The view file is wrong at ${wrong}.`, { hint: HINT });
}

/** The first place that does not fit and why; null where all fits. */
export function wrongInView(view: NewView, dataset: DatasetDescriptor): string | null {
  const places: [string, string | null][] = [
    ...view.selections.map(({ filter }, index): [string, string | null] => [
      `selections.${index}.filter`,
      wrongInFilter(filter, dataset),
    ]),
    ...named('columns', view.columns ?? [], dataset),
    ...named(
      'sort',
      view.sort.map(({ column }) => column),
      dataset,
    ),
    ...named(
      'tiles',
      (view.tiles ?? []).map(({ column }) => column),
      dataset,
    ),
    ...named(
      'panels',
      view.panels ?? [],
      dataset,
      dataset.groups.map(({ id }) => id),
    ),
    ...(view.cards ?? []).map((card: Card, index): [string, string | null] => [
      `cards.${index}`,
      wrongInCard(card, dataset),
    ]),
  ];
  const wrong = places.find(([, words]) => words !== null);
  return wrong === undefined ? null : `${wrong[0]}: ${wrong[1] ?? ''}`;
}

function named(
  place: string,
  names: readonly string[],
  dataset: DatasetDescriptor,
  others: readonly string[] = [],
): [string, string | null][] {
  return names.map((name, index) => [
    `${place}.${index}`,
    columnOf(dataset, name) !== undefined || others.includes(name)
      ? null
      : `no column is named “${name.slice(0, 60)}”`,
  ]);
}

function parsed(text: string): unknown {
  try {
    // Editors of some systems begin a file with a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new AppError('bad-view', 'The view file is not JSON.', { hint: HINT, cause });
  }
}

function formatOf(json: unknown): number {
  const format = z.looseObject({ pokeview: z.int().positive() }).safeParse(json);
  if (format.success) return format.data.pokeview;
  throw new AppError('bad-view', 'This is not a view file: it has no number “pokeview”.', {
    hint: HINT,
    cause: format.error,
  });
}
