import { z } from 'zod';
import { DEFAULT_GAMES } from './dataset';
import { columnName, sortSchema } from './filters';

/** Pokémon that are compared at once. */
export const MOST_COMPARED = 6;

/**
 * How the explorer was left: table, charts and who is compared, but no filter. `cards` are the
 * screen's own.
 */
export const workspaceSchema = z.strictObject({
  columns: z.array(columnName).min(1).max(100),
  sort: z.array(sortSchema).max(10),
  pinned: z.array(columnName).max(100),
  /** Pixels. */
  widths: z.record(z.string(), z.number().min(1).max(10_000)),
  cards: z.array(z.unknown()).max(100),
  compared: z.array(z.int().positive()).max(MOST_COMPARED).default([]),
});

export type Workspace = z.infer<typeof workspaceSchema>;

const source = z.string().min(1).max(2000);
/** Requests in flight at most. */
const concurrency = z.int().min(1).max(256);
const games = z.union([z.literal('all'), z.array(z.string().min(1).max(100)).min(1).max(64)]);
const theme = z.enum(['system', 'light', 'dark']);
/** Whether a refresh from an HTTP source also fetches sprites. */
const sprites = z.boolean();

/** What a person can set; kept by the host. */
export const settingsSchema = z.strictObject({
  source: source.default('https://pokeapi.co/api/v2'),
  concurrency: concurrency.default(16),
  games: games.default([...DEFAULT_GAMES]),
  theme: theme.default('system'),
  sprites: sprites.default(true),
  workspace: workspaceSchema.exactOptional(),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Some of the settings: the others stay as they are, also while another save is under way. */
export const settingsChangesSchema = z.strictObject({
  source: source.exactOptional(),
  concurrency: concurrency.exactOptional(),
  games: games.exactOptional(),
  theme: theme.exactOptional(),
  sprites: sprites.exactOptional(),
  workspace: workspaceSchema.exactOptional(),
});

export type SettingsChanges = z.infer<typeof settingsChangesSchema>;
