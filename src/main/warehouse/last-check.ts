import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { isMissing, replaceFileContent } from '../base/durable-file';

/** The last gather that brought the rows of the current version once more: nothing was published. */
const lastCheckSchema = z.object({
  /** The version that was found unchanged. */
  version: z.int(),
  source: z.string(),
  gathered_at: z.string(),
});

export type LastCheck = z.infer<typeof lastCheckSchema>;

/** Null where there was none, or its record cannot be read: nothing depends on it. */
export async function readLastCheck(path: string): Promise<LastCheck | null> {
  try {
    return lastCheckSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError || error instanceof z.ZodError)
      return null;
    throw error;
  }
}

export async function writeLastCheck(path: string, check: LastCheck): Promise<void> {
  await replaceFileContent(path, `${JSON.stringify(check, null, 2)}\n`);
}
