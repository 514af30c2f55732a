import { z } from 'zod';
import { replaceFileContent } from '../base/durable-file';
import { readRecord } from '../base/record-file';

/** The last gather that brought the same rows as the current version, so nothing was published. */
const lastCheckSchema = z.object({
  /** The version that was found unchanged. */
  version: z.int(),
  source: z.string(),
  gathered_at: z.string(),
  /** When earlier checks were, the oldest first. */
  earlier: z.array(z.string()).default([]),
});

export type LastCheck = z.infer<typeof lastCheckSchema>;

/** Checks beyond these are forgotten, the oldest first. */
const MOST_CHECKS = 1_000;

/** Null where there was none, or its record cannot be read: nothing depends on it. */
export function readLastCheck(path: string): Promise<LastCheck | null> {
  return readRecord(path, lastCheckSchema);
}

/** Notes a check as the last one; those before stay known. */
export async function writeLastCheck(
  path: string,
  check: Omit<LastCheck, 'earlier'>,
): Promise<void> {
  const before = await readLastCheck(path);
  const known = before === null ? [] : [...before.earlier, before.gathered_at];
  const earlier = known.filter((moment) => moment !== check.gathered_at).slice(-MOST_CHECKS);
  await replaceFileContent(path, `${JSON.stringify({ ...check, earlier })}\n`);
}

/** When checks were, in milliseconds since 1970, the oldest first. */
export function checksOf(check: LastCheck | null): number[] {
  if (check === null) return [];
  return [...check.earlier, check.gathered_at]
    .map((moment) => Date.parse(moment))
    .filter((moment) => !Number.isNaN(moment))
    .sort((a, b) => a - b);
}
