import { z } from 'zod';
import { AppError } from './errors';
import { columnName, filtersSchema, sortSchema } from './filters';
import { issueWords } from './issue-words';

/** The newest view format this app writes and reads. */
export const VIEW_FORMAT = 1;

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
 * A view: what is seen, as data (`.pokeview.json`). `columns` and `sort` default to the
 * dataset's own; `cards` and `sources` belong to the screen and are passed through.
 */
export const viewSchema = z.strictObject({
  pokeview: z.literal(VIEW_FORMAT),
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

const formatSchema = z.looseObject({ pokeview: z.int().positive() });

/** Reads a view file's text. Throws `bad-view` with the place that is wrong, never a partial view. */
export function parseView(text: string): View {
  const hint = 'Save the view again from the app, or write one as the README shows.';
  if (text.length > LONGEST_VIEW) throw viewTooLarge();
  let json: unknown;
  try {
    // Editors of some systems begin a file with a byte order mark.
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new AppError('bad-view', 'The view file is not JSON.', { hint, cause });
  }
  const format = formatSchema.safeParse(json);
  if (!format.success) {
    throw new AppError('bad-view', 'This is no view file: it has no number “pokeview”.', {
      hint,
      cause: format.error,
    });
  }
  if (format.data.pokeview > VIEW_FORMAT) {
    throw new AppError(
      'bad-view',
      `The view file has format ${format.data.pokeview}; this version of the app reads up to ${VIEW_FORMAT}.`,
      { hint: 'Update the app, or save the view in the older format.' },
    );
  }
  const parsed = viewSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place =
      issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
    const words = issue === undefined ? 'it is no view' : issueWords(issue);
    throw new AppError('bad-view', `The view file is wrong${place}: ${words}.`, {
      hint,
      cause: parsed.error,
    });
  }
  return parsed.data;
}
