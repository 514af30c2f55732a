import { z } from 'zod';
import type { CommitInfo } from '../delta/delta-actions';
import { isOwnInfo } from './own-commits';

/** What a dataset version records about itself, in `commitInfo.userMetadata` of both tables. */
const versionMetadataSchema = z.object({
  source: z.string().nullable(),
  gathered_at: z.string().nullable(),
  games: z.union([z.literal('all'), z.array(z.string())]),
  listed: z.int(),
  rows: z.int(),
  inserted: z.int(),
  updated: z.int(),
  deleted: z.int(),
  app_version: z.string(),
  /** What it took up of a folder; absent where nothing. */
  folder: z.object({ batches: z.array(z.string()), files: z.int().nonnegative() }).optional(),
  /** How many subjects were erased with it; absent where none. */
  erased: z.int().optional(),
  /** Documents missing from the version, or in it as an earlier copy; absent where there are none. */
  missing: z
    .array(
      z.object({
        id: z.int().optional(),
        name: z.string().optional(),
        url: z.string().optional(),
        reason: z.string(),
        used: z.enum(['earlier copy', 'left out']),
      }),
    )
    .optional(),
});

export type VersionMetadata = z.infer<typeof versionMetadataSchema>;

/** Null for version 0 (the empty table) and for commits of other engines. */
export function metadataOf(info: CommitInfo): VersionMetadata | null {
  if (info.userMetadata === undefined || !isOwnInfo(info)) return null;
  try {
    return versionMetadataSchema.parse(JSON.parse(info.userMetadata));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
