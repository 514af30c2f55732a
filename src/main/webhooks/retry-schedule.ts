const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The waits after each failed try, as Standard Webhooks 1.0.0 suggests them: 75 hours in all. */
const WAITS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

/** Up to so much longer, so that messages that failed together do not come back together. */
const JITTER = 0.1;
/** A longer Retry-After is not believed. */
const LONGEST_RETRY_AFTER = 7 * 24 * HOUR;
export const LONGEST_WAIT = LONGEST_RETRY_AFTER;

/**
 * How long to wait after the `failures`th failed try; null where it is given up.
 *
 * @param random uniform in [0, 1)
 */
export function waitAfter(
  failures: number,
  retryAfterMs: number | null,
  random: () => number,
): number | null {
  const wait = WAITS[failures - 1];
  if (wait === undefined) return null;
  const asked = Math.min(retryAfterMs ?? 0, LONGEST_RETRY_AFTER);
  return Math.round(Math.max(wait, asked) * (1 + JITTER * random()));
}
