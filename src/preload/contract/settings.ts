import { z } from 'zod';
import { DEFAULT_GAMES } from './dataset';

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
});

export type Settings = z.infer<typeof settingsSchema>;
