import { z } from 'zod';
import { replaceFileContent } from '../base/durable-file';
import { readRecord } from '../base/record-file';

const missingSchema = z.object({
  id: z.int().optional(),
  name: z.string().optional(),
  url: z.string().optional(),
  reason: z.string(),
});

/** The gather that landing's documents belong to: open while it runs or after it was cut short. */
const gatherRunSchema = z.object({
  run: z.string(),
  source: z.string(),
  force: z.boolean(),
  started_at: z.string(),
  /** When the facts were served; null while the run is open. */
  gathered_at: z.string().nullable(),
  listed: z.int().nullable(),
  /** Documents that did not arrive; empty once the run is complete. */
  missing: z.array(missingSchema),
  /** Documents that did not arrive but are allowed to be missing: the run still counts as complete. */
  allowed: z
    .array(missingSchema.extend({ used: z.enum(['earlier copy', 'left out']) }))
    .default([]),
  complete: z.boolean(),
});

export type GatherRun = z.infer<typeof gatherRunSchema>;

/** Null where nothing was ever gathered or the record cannot be read: a gather then starts again. */
export function readGatherRun(path: string): Promise<GatherRun | null> {
  return readRecord(path, gatherRunSchema);
}

export async function writeGatherRun(path: string, run: GatherRun): Promise<void> {
  await replaceFileContent(path, `${JSON.stringify(run, null, 2)}\n`);
}
