/** How the last run of a schedule ended, as the ledger tells it. Times in milliseconds since 1970. */
export interface Past {
  /** Null where there was none. */
  ended: number | null;
  /** Runs that failed since the last one that did not. */
  failures: number;
}

export interface NextRun {
  /** At or before the time that is now where it is due. */
  at: number;
  /** Runs that were due and not made, as while the computer slept: one makes up for them all. */
  missed: number;
}

const FIRST_RETRY_MS = 60_000;
/** A run that begins within so long of its time was not missed. */
const ON_TIME_MS = 60_000;

/**
 * A run is due one period after the last one ended, so that what a source calls fresh for one
 * period is stale by then; after a failure sooner, then at twice the time with each one more, and never
 * later than it would be without. Periods are elapsed time: a change to daylight saving time moves
 * none. Where the last run lies ahead, the clock was set back: how far is not known, so one is due now.
 */
export function nextRun(everyMs: number, { ended, failures }: Past, now: number): NextRun {
  if (ended === null) return { at: now, missed: 0 };
  const onTime = Math.min(ON_TIME_MS, everyMs);
  if (ended - now > onTime) return { at: now, missed: 0 };
  const last = Math.min(ended, now);
  const wait = failures === 0 ? everyMs : Math.min(everyMs, FIRST_RETRY_MS * 2 ** (failures - 1));
  const at = last + wait;
  const isLate = now - (last + everyMs) > onTime;
  return { at, missed: isLate ? Math.floor((now - last) / everyMs) : 0 };
}
