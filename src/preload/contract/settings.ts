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

/** What a person can set; kept by the host. */
export const settingsSchema = z.strictObject({
  source: z.string().min(1).max(2000).default('https://pokeapi.co/api/v2'),
  /** Requests in flight at most. */
  concurrency: z.int().min(1).max(256).default(16),
  games: z
    .union([z.literal('all'), z.array(z.string().min(1).max(100)).min(1).max(64)])
    .default([...DEFAULT_GAMES]),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Whether a refresh from an HTTP source also fetches sprites. */
  sprites: z.boolean().default(true),
  workspace: workspaceSchema.optional(),
});

export type Settings = z.infer<typeof settingsSchema>;
