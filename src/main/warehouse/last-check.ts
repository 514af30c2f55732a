import { z } from 'zod';
import { replaceFileContent } from '../base/durable-file';
import { readRecord } from '../base/record-file';

/** The last gather that brought the same rows as the current version, so nothing was published. */
const lastCheckSchema = z.object({
  /** The version that was found unchanged. */
  version: z.int(),
  source: z.string(),
  gathered_at: z.string(),
});

export type LastCheck = z.infer<typeof lastCheckSchema>;

/** Null where there was none, or its record cannot be read: nothing depends on it. */
export function readLastCheck(path: string): Promise<LastCheck | null> {
  return readRecord(path, lastCheckSchema);
}

export async function writeLastCheck(path: string, check: LastCheck): Promise<void> {
  await replaceFileContent(path, `${JSON.stringify(check, null, 2)}\n`);
}
