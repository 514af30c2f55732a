import { z } from 'zod';
import { MOST_CARDS } from './cards';
import { humanCount } from './counts';
import { DEFAULT_GAMES } from './dataset';
import { issueWords } from './issue-words';
import { columnName, sortSchema } from './filters';
import { PERIOD_HINT, periodMs } from './period';

/** Rows that are compared at once. */
export const MOST_COMPARED = 6;

/** Columns that stand in the table at most. */
const MOST_COLUMNS = 2500;
/** A row's id, as answers name it. */
const rowId = z.string().min(1).max(10_000);

/** Pixels. */
const size = z.number().min(1).max(10_000);

/** What the table takes of the explorer; `full` hides the charts. */
export const DOCK_SHARES = ['third', 'half', 'full'] as const;
/** Pixels of a row of the table. */
export const ROW_HEIGHTS = [28, 36, 48] as const;

/**
 * How the explorer was left: table, charts and what is compared, but no filter. `cards` are the
 * screen's own.
 */
export const workspaceSchema = z.strictObject({
  columns: z.array(columnName).min(1).max(MOST_COLUMNS),
  sort: z.array(sortSchema).max(10),
  pinned: z.array(columnName).max(MOST_COLUMNS),
  widths: z.record(z.string(), size),
  cards: z.array(z.unknown()).max(MOST_CARDS),
  compared: z.array(rowId).max(MOST_COMPARED).default([]),
  /** The table under the charts; `height` in pixels or as a share of its screen, null for the usual. */
  dock: z
    .strictObject({
      open: z.boolean(),
      height: z.union([size, z.enum(DOCK_SHARES)]).nullable(),
      /** How tall a row is; null for the usual, which has room for a picture where there is one. */
      rows: z.literal(ROW_HEIGHTS).nullable().default(null),
    })
    .default({ open: true, height: null, rows: null }),
});

export type Workspace = z.infer<typeof workspaceSchema>;

const source = z.string().min(1).max(2000);
/** Requests in flight at most. */
const concurrency = z.int().min(1).max(256);
const games = z.union([z.literal('all'), z.array(z.string().min(1).max(100)).min(1).max(64)]);
const theme = z.enum(['system', 'light', 'dark']);
/** The language whose way of writing numbers and dates is followed, as in BCP 47; words stay English. */
const locale = z
  .string()
  .max(40)
  .refine(isLocale, { error: 'it should name a language, like de-DE' });
/** Whether a refresh from an HTTP source also fetches sprites. */
const sprites = z.boolean();

/** When the data are refreshed without being asked: never, or a period after the last time. */
const schedule = z.string().refine((text) => text === 'off' || periodMs(text) !== null, {
  error: `it should be off, or a period. ${PERIOD_HINT}`,
});

/** What a person can set; kept by the host. */
export const settingsSchema = z.strictObject({
  source: source.default('https://pokeapi.co/api/v2'),
  concurrency: concurrency.default(16),
  games: games.default([...DEFAULT_GAMES]),
  theme: theme.default('system'),
  locale: locale.default('en-US'),
  sprites: sprites.default(true),
  schedule: schedule.default('off'),
  /** What of it is known and sound: absent parts are as at the first launch. */
  workspace: z.custom<Partial<Workspace>>(isObject).exactOptional(),
});

export type Settings = z.infer<typeof settingsSchema>;

/** A workspace, or what is sound of it: one bad value does not stop the rest. */
export const soundWorkspaceSchema = z
  .custom<Partial<Workspace>>(isObject, { error: 'it should be an object' })
  .transform((given) => soundWorkspace(given).workspace);

/** Some of the settings: the others stay as they are, also while another save is under way. */
export const settingsChangesSchema = z.strictObject({
  source: source.exactOptional(),
  concurrency: concurrency.exactOptional(),
  games: games.exactOptional(),
  theme: theme.exactOptional(),
  locale: locale.exactOptional(),
  sprites: sprites.exactOptional(),
  schedule: schedule.exactOptional(),
  workspace: soundWorkspaceSchema.exactOptional(),
});

export type SettingsChanges = z.infer<typeof settingsChangesSchema>;

/** Settings as they were read or saved; the higher revision is the newer one. */
export interface KeptSettings {
  settings: Settings;
  revision: number;
}

/** Something of a file was not usable; in words for the person. */
export interface Trouble {
  message: string;
  hint: string;
}

/**
 * What of settings.json can be used, value by value, and in words what cannot. Names that no
 * setting has are passed over: they may be a newer version's.
 */
export function soundSettings(json: Readonly<Record<string, unknown>>): {
  settings: Settings;
  problems: string[];
} {
  const problems: string[] = [];
  const sound: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    if (!Object.hasOwn(json, name)) continue;
    const given = json[name];
    if (name === 'workspace' && isObject(given)) {
      const read = soundWorkspace(given);
      sound[name] = read.workspace;
      for (const problem of read.problems) problems.push(`workspace.${problem}`);
    } else takeSound(sound, name, schema, given, problems);
  }
  return { settings: settingsSchema.parse(sound), problems };
}

const LISTS: Readonly<Record<string, { entry: z.ZodType; most: number }>> = {
  columns: { entry: columnName, most: MOST_COLUMNS },
  sort: { entry: sortSchema, most: 10 },
  pinned: { entry: columnName, most: MOST_COLUMNS },
  compared: { entry: rowId, most: MOST_COMPARED },
  cards: { entry: z.unknown(), most: MOST_CARDS },
  games: { entry: z.string().min(1).max(100), most: 64 },
};

/** Of lists and sizes every sound entry; what is not is told. */
function soundWorkspace(json: object): { workspace: Partial<Workspace>; problems: string[] } {
  const problems: string[] = [];
  const workspace: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(workspaceSchema.shape)) {
    const given = (json as Record<string, unknown>)[name];
    if (given !== undefined) takeSound(workspace, name, schema, given, problems);
  }
  return { workspace, problems };
}

function takeSound(
  into: Record<string, unknown>,
  name: string,
  schema: z.ZodType,
  given: unknown,
  problems: string[],
): void {
  const told = problems.length;
  const parsed = schema.safeParse(soundEntries(name, given, problems));
  if (parsed.success) into[name] = parsed.data;
  // A list that lost all its entries is empty for reasons that have been told.
  else if (problems.length === told) problems.push(`${name}: ${words(parsed.error)}`);
}

function soundEntries(name: string, given: unknown, problems: string[]): unknown {
  const list = Object.hasOwn(LISTS, name) ? LISTS[name] : undefined;
  if (list !== undefined && Array.isArray(given)) return soundList(name, list, given, problems);
  if (name === 'widths' && isObject(given)) {
    const sound = Object.entries(given).filter(([column, width]) => {
      const parsed = size.safeParse(width);
      if (!parsed.success) problems.push(`widths.${column}: ${words(parsed.error)}`);
      return parsed.success;
    });
    return Object.fromEntries(sound);
  }
  return given;
}

/** Each entry once, but cards, which have names of their own. */
function soundList(
  name: string,
  { entry: schema, most }: { entry: z.ZodType; most: number },
  given: readonly unknown[],
  problems: string[],
): unknown[] {
  const seen = new Set<string>();
  const sound = given.filter((entry, index) => {
    const parsed = schema.safeParse(entry);
    if (!parsed.success) problems.push(`${name}.${index + 1}: ${words(parsed.error)}`);
    const text = JSON.stringify(entry);
    if (!parsed.success || (name !== 'cards' && seen.has(text))) return false;
    seen.add(text);
    return true;
  });
  if (sound.length > most)
    problems.push(`${name}: there are more than ${humanCount(most)} entries`);
  return sound.slice(0, most);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function words(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'it is not usable' : issueWords(issue);
}

function isLocale(name: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(name).length > 0;
  } catch {
    // Not the shape of a language's name.
    return false;
  }
}
